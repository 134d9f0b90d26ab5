using System.CommandLine.Parsing;

namespace Squelch.Tool;

/// <summary>Options whose values have names.</summary>
internal static class NamedValue
{
    /// <summary>The value of that name; an unknown name is an error of the result, with the nearest known one.</summary>
    public static T Parse<T>(ArgumentResult result, string option, Dictionary<string, T> names)
        where T : struct
    {
        string text = result.Tokens[0].Value;
        if (names.TryGetValue(text, out T value))
        {
            return value;
        }

        string remedy = NearestName.Find(text, names.Keys) is { } nearest ? $"did you mean '{nearest}'?" : $"it can be {string.Join(", ", names.Keys)}";
        result.AddError($"{option} '{text}' is not known; {remedy}");
        return default;
    }
}
