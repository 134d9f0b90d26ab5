using System.Reflection;
using System.Xml.Linq;

namespace Squelch.Documentation.Tests;

/// <summary>What a library's XML documentation says of its members, as Markdown.</summary>
internal static class XmlDocs
{
    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> s_read = [];

    public static string Summary(Type type) => Summary(type.Assembly, $"T:{type.FullName}");

    public static string Summary(PropertyInfo property) => Summary(property.DeclaringType!.Assembly, $"P:{property.DeclaringType!.FullName}.{property.Name}");

    /// <summary>Of a member of an enum.</summary>
    public static string Summary(Enum member) => Summary(member.GetType().Assembly, $"F:{member.GetType().FullName}.{member}");

    private static string Summary(Assembly assembly, string member)
    {
        if (!s_read.TryGetValue(assembly, out Dictionary<string, XElement>? members))
        {
            members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").ToDictionary(element => element.Attribute("name")!.Value);
            s_read.Add(assembly, members);
        }

        Assert.True(members.TryGetValue(member, out XElement? documented), $"{member} has no XML documentation; it is what the reference says of it");
        return string.Join(' ', string.Concat(documented!.Element("summary")!.Nodes().Select(Markdown)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{ShortName(see.Attribute("cref")!.Value)}`",
        _ => throw new NotSupportedException($"{node} in a summary is not written as Markdown yet"),
    };

    /// <summary>T:Squelch.OnEvictAttribute as [OnEvict], F:Squelch.Checkpoints.Interval as Checkpoints.Interval.</summary>
    private static string ShortName(string cref)
    {
        string[] parts = cref[2..].Split('(')[0].Split('.');
        return cref[0] == 'T' ? (parts[^1].EndsWith(nameof(Attribute), StringComparison.Ordinal) ? $"[{parts[^1][..^nameof(Attribute).Length]}]" : parts[^1].Split('`')[0])
            : parts[^2].EndsWith(nameof(Attribute), StringComparison.Ordinal) ? parts[^1] : $"{parts[^2]}.{parts[^1]}";
    }
}
