using System.CommandLine;
using System.CommandLine.Parsing;

namespace Squelch.Tool;

/// <summary>An option whose values have names, which the help and completion show as they are written.</summary>
internal sealed class NamedOption<T> : Option<string>
    where T : struct
{
    private readonly Dictionary<string, T> _values;

    /// <param name="name">With its dashes.</param>
    /// <param name="values">By name, the default first.</param>
    public NamedOption(string name, params (string Name, T Value)[] values)
        : base(name)
    {
        _values = values.ToDictionary(value => value.Name, value => value.Value, StringComparer.OrdinalIgnoreCase);
        HelpName = string.Join('|', _values.Keys);
        DefaultValueFactory = _ => values[0].Name;
        CompletionSources.Add([.. _values.Keys]);
        Validators.Add(Check);
    }

    /// <summary>The value of the name that was given.</summary>
    public T Of(ParseResult parsed) => _values[parsed.GetValue(this)!];

    private void Check(OptionResult result)
    {
        if (result.Tokens is [{ Value: var text }] && !_values.ContainsKey(text))
        {
            string remedy = NearestName.Find(text, _values.Keys) is { } nearest ? $"did you mean '{nearest}'?" : $"it can be {string.Join(", ", _values.Keys)}";
            result.AddError($"{Name} '{text}' is not known; {remedy}");
        }
    }
}
