using System.Globalization;

namespace Squelch.Tool;

/// <summary>One row per request of a replay.</summary>
internal sealed class RequestCsv
{
    private const int LongestRow = 128;

    private readonly ResultFile _file;
    private int _request;

    /// <summary>Writes the header line.</summary>
    public RequestCsv(ResultFile file)
    {
        _file = file;
        file.Write("request,hit,inputTokens,hitTokens,checkpoints,kvTokens\n");
    }

    /// <summary>Adds the next request.</summary>
    public void Add(RequestRecord record)
    {
        Span<char> row = stackalloc char[LongestRow];
        row.TryWrite(
            CultureInfo.InvariantCulture,
            $"{_request++},{(record.Hit ? 1 : 0)},{record.InputTokens},{record.HitTokens},{record.Checkpoints},{record.KvTokens}\n",
            out int length);
        _file.Write(row[..length]);
    }
}
