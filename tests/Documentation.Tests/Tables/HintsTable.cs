using System.Globalization;
using System.Reflection;

namespace Squelch.Documentation.Tests;

/// <summary>What an engine may say with a request.</summary>
internal static class HintsTable
{
    public static IEnumerable<string> Of()
        => PageTables.Lines(
            ["property", "where it is not given", "meaning"],
            from property in typeof(RequestHints).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            let none = Convert.ToDouble(property.GetValue(default(RequestHints)), CultureInfo.InvariantCulture)
            select (string[])[$"`{property.Name}`", double.IsNaN(none) ? "not known" : double.IsInfinity(none) ? "infinity" : none.ToString(CultureInfo.InvariantCulture), XmlDocs.Summary(property)]);
}
