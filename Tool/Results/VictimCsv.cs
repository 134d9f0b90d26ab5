using System.Globalization;

namespace Squelch.Tool;

/// <summary>One row per victim of a replay, in order.</summary>
internal sealed class VictimCsv
{
    private const int LongestRow = 128;

    private readonly ResultFile _file;

    /// <summary>Writes the header line.</summary>
    public VictimCsv(ResultFile file)
    {
        _file = file;
        file.Write("request,action,clock,pathTokens,edgeTokens\n");
    }

    /// <summary>Adds the next victim.</summary>
    public void Add(VictimRecord record)
    {
        Span<char> row = stackalloc char[LongestRow];
        row.TryWrite(
            CultureInfo.InvariantCulture,
            $"{record.Request},{VictimActions.Name(record.Action)},{record.Clock},{record.PathTokens},{record.EdgeTokens}\n",
            out int length);
        _file.Write(row[..length]);
    }
}
