using System.CommandLine;
using System.CommandLine.Parsing;

namespace Squelch.Tool;

/// <summary>The options that say how a key trace is read.</summary>
internal sealed class KeyTraceOptions
{
    /// <summary>Which column is what.</summary>
    public Option<KeyColumns?> Columns { get; } = new("--columns")
    {
        Description = $"Key traces: which column is what, by numbers from 0 or names of the header, as time=0,key=1,size=2; or a layout: {string.Join(", ", KeyColumns.Layouts)}. Without it, the header and the values tell.",
        HelpName = "key=n,..|layout",
        CustomParser = Parse,
    };

    /// <summary>Sizes do not count.</summary>
    public Option<bool> UnitSizes { get; } = new("--unit-sizes") { Description = "Key traces: count every key as 1, so that --capacity 10000 is 10,000 keys." };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [Columns, UnitSizes];

    private static KeyColumns? Parse(ArgumentResult result)
    {
        try
        {
            return KeyColumns.Parse(result.Tokens[0].Value);
        }
        catch (SquelchException wrong)
        {
            result.AddError(wrong.Message);
            return null;
        }
    }
}
