using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Squelch.Lab;

/// <summary>Writes traces as JSON lines, packed where the file's name ends in .gz or .zst.</summary>
public static class TraceWriter
{
    private const int BufferChars = 1 << 16;

    /// <summary>Writes token ids, in Marconi's format.</summary>
    /// <param name="stream">Stays open.</param>
    /// <param name="path">Its name says how it is packed.</param>
    /// <param name="requests">A token per page, in order of arrival.</param>
    public static void WriteTokens(Stream stream, string path, IEnumerable<Request> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        using Stream? packed = Packing.Pack(path, stream);
        using StreamWriter writer = Open(packed ?? stream);
        var turns = new Dictionary<long, int>();
        foreach (Request request in requests)
        {
            ref int turn = ref CollectionsMarshal.GetValueRefOrAddDefault(turns, request.Session, out _);
            ReadOnlySpan<int> pages = request.Pages.Span;
            string session = request.Session < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\"session_id\":{request.Session},\"turn_id\":{turn++},");
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{{{session}\"ts\":{request.Time:R},\"num_input_tokens\":{request.InputTokens},\"num_output_tokens\":{request.OutputTokens},\"input_tokens\":["));
            WriteNumbers(writer, pages[..request.InputPages]);
            writer.Write("],\"output_tokens\":[");
            WriteNumbers(writer, pages[request.InputPages..]);
            writer.Write("]}\n");
        }
    }

    /// <summary>Writes block hashes, in Mooncake's format: equal ids are equal prefixes. Outputs are not identified there.</summary>
    /// <param name="stream">Stays open.</param>
    /// <param name="path">Its name says how it is packed.</param>
    /// <param name="requests">In order of arrival.</param>
    /// <param name="pageTokens">Tokens per page of the requests.</param>
    /// <param name="blockTokens">Tokens per block: a multiple of those of a page.</param>
    /// <exception cref="SquelchException">Blocks do not consist of whole pages, or are larger than readers take.</exception>
    public static void WriteBlocks(Stream stream, string path, IEnumerable<Request> requests, int pageTokens, int blockTokens)
    {
        ArgumentNullException.ThrowIfNull(requests);
        if (blockTokens < pageTokens || blockTokens % pageTokens != 0)
        {
            throw new SquelchException($"Blocks of {blockTokens} tokens cannot be made of pages of {pageTokens}; give a multiple of {pageTokens}.");
        }

        if (blockTokens > BlockHashLines.LargestBlock)
        {
            throw new SquelchException($"Blocks of {blockTokens} tokens are too large; give at most {BlockHashLines.LargestBlock}.");
        }

        using Stream? packed = Packing.Pack(path, stream);
        using StreamWriter writer = Open(packed ?? stream);
        int pages = blockTokens / pageTokens;
        var numbers = new Dictionary<ulong, int>();
        List<int> blocks = [];
        foreach (Request request in requests)
        {
            ReadOnlySpan<int> input = request.Pages.Span[..request.InputPages];
            blocks.Clear();
            ulong key = 0;
            for (int from = 0; from < input.Length; from += pages)
            {
                key = PathKey.Of((long)key, input.Slice(from, Math.Min(pages, input.Length - from)));
                ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, key, out bool known);
                number = known ? number : numbers.Count;
                blocks.Add(number);
            }

            string session = request.Session < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\"session_id\":{request.Session},");
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{{{session}\"timestamp\":{Math.Round(request.Time * 1000):R},\"input_length\":{request.InputTokens},\"output_length\":{request.OutputTokens},\"block_size\":{blockTokens},\"hash_ids\":["));
            WriteNumbers(writer, CollectionsMarshal.AsSpan(blocks));
            writer.Write("]}\n");
        }
    }

    private static StreamWriter Open(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferChars, leaveOpen: true);

    private static void WriteNumbers(StreamWriter writer, ReadOnlySpan<int> numbers)
    {
        Span<char> text = stackalloc char[12];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (i > 0)
            {
                writer.Write(',');
            }

            numbers[i].TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
            writer.Write(text[..length]);
        }
    }
}
