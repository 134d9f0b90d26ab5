using System.CommandLine;
using System.CommandLine.Parsing;

namespace Squelch.Tool;

/// <summary>The options that say how traces are read.</summary>
internal sealed class TraceOptions
{
    private readonly Option<KeyColumns?> _columns = new("--columns")
    {
        Description = $"Key traces: which column is what, by numbers from 0 or names of the header, as time=0,key=1,size=2; or a layout: {string.Join(", ", KeyColumns.Layouts)}. Without it, the header and the values tell.",
        HelpName = "key=n,..|layout",
        CustomParser = Parse,
    };

    private readonly Option<bool> _unitSizes = new("--unit-sizes") { Description = "Key traces: count every key as 1, so that --capacity 10000 is 10,000 keys." };

    private readonly Option<string?> _rank = new("--rank") { Description = "KV events: read the cache of this data-parallel rank or worker alone, as trace info names it.", HelpName = "name" };

    private readonly NamedOption<PartialBlocks> _partialBlocks = new("--partial-blocks", ("auto", PartialBlocks.Auto), ("keep", PartialBlocks.Keep), ("drop", PartialBlocks.Drop))
    {
        Description = "Block traces: keep the partial last block of a prompt as a page, drop it, so that reuse and checkpoints end at the last full block, or auto: keep where at least half of them come again.",
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [.. OfFiles, _partialBlocks];

    /// <summary>Those that say what is in a file, for commands that replay nothing.</summary>
    public IReadOnlyList<Option> OfFiles => [_columns, _unitSizes, _rank];

    /// <summary>What they say.</summary>
    public TraceReading Read(ParseResult parsed)
        => new()
        {
            Columns = parsed.GetValue(_columns),
            UnitSizes = parsed.GetValue(_unitSizes),
            Rank = parsed.GetValue(_rank),
            PartialBlocks = parsed.GetResult(_partialBlocks) is null ? PartialBlocks.Auto : _partialBlocks.Of(parsed),
        };

    private static KeyColumns? Parse(ArgumentResult result)
    {
        try
        {
            return KeyColumns.Parse(result.Tokens[0].Value);
        }
        catch (SquelchException wrong)
        {
            result.AddError($"--columns: {wrong.Message}");
            return null;
        }
    }
}
