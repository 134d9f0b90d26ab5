using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Squelch.Tool;

/// <summary>
/// Reads logs of KV events as vLLM and SGLang publish them, a batch per JSON line: an object with <c>ts</c> and <c>events</c>, or the array
/// [ts, [events]]; an event is an object with a <c>type</c>, or an array that begins with it. A stored chain of blocks, with all that it hangs from, is
/// a request. The events tell what was stored, not what was only read, so hits that stored nothing are missing; removals are the engine's own and are
/// left out. Of hybrid models the first group of caches is read.
/// </summary>
internal static class KvEventReader
{
    private const int HeadBytes = 1 << 16;

    // Places in an event that is an array: type, hashes, parent, tokens, size.
    private static readonly string[] s_places = ["type", "block_hashes", "parent_block_hash", "token_ids", "block_size"];

    /// <summary>True where the beginning of a file looks like KV events.</summary>
    public static bool Recognises(TraceInput input)
    {
        ReadOnlySpan<byte> head = input.Peek(HeadBytes);
        return head.IndexOf("\"BlockStored\""u8) >= 0 || head.IndexOf("\"AllBlocksCleared\""u8) >= 0;
    }

    /// <summary>The stored chains as a trace of blocks.</summary>
    /// <exception cref="SquelchException">A batch cannot be understood, block sizes differ, or nothing was stored.</exception>
    public static Trace Load(TraceInput input, CancellationToken cancellation)
    {
        var blocks = new BlockChains();
        List<Request> requests = [];
        using var lines = new StreamReader(input.Plain, Encoding.UTF8, leaveOpen: true);
        int size = 0;
        double first = double.NaN;
        for (int line = 1; Next(line) is { } text; line++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (text.AsSpan().Trim().IsEmpty)
            {
                continue;
            }

            string place = $"{input.Name}, line {line}";
            try
            {
                using JsonDocument batch = JsonDocument.Parse(text);
                (double time, JsonElement events) = batch.RootElement.ValueKind == JsonValueKind.Array
                    ? (batch.RootElement[0].GetDouble(), batch.RootElement[1])
                    : (batch.RootElement.GetProperty("ts").GetDouble(), batch.RootElement.GetProperty("events"));
                first = double.IsFinite(time) ? double.IsNaN(first) ? time : first : throw new FormatException("ts is no time");
                foreach (JsonElement known in events.EnumerateArray())
                {
                    if (Field(known, 0)?.GetString() != "BlockStored" || IsFurtherGroup(known))
                    {
                        continue;
                    }

                    int own = Field(known, 4)?.GetInt32() ?? throw new KeyNotFoundException("block_size is missing");
                    size = size == 0 ? own : size;
                    if (own != size || own < 1)
                    {
                        throw new SquelchException($"{place}: a block has {own} tokens, those before had {size}. Split the log by engine: all blocks of a trace have one size.");
                    }

                    int[] pages = blocks.Store(Field(known, 1) ?? throw new KeyNotFoundException("block_hashes is missing"), Field(known, 2));
                    if (pages.Length > 0)
                    {
                        requests.Add(new() { Pages = pages, InputPages = pages.Length, InputTokens = checked(pages.Length * size), Time = Math.Max(time - first, requests.Count == 0 ? 0 : requests[^1].Time) });
                    }
                }
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or OverflowException)
            {
                throw new SquelchException($"{place}: it is no batch of KV events ({exception.Message}). A line is {{\"ts\": .., \"events\": [..]}} or [ts, [..]], as the engine's publisher gives it.", exception);
            }
        }

        return requests.Count > 0
            ? new(TraceReader.NameOf(input.Name), size, requests) { Format = input.Describe("KV events") }
            : throw new SquelchException($"{input.Name}: no block was stored; there is nothing to replay.");

        string? Next(int line)
        {
            try
            {
                return lines.ReadLine();
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException)
            {
                throw input.Unreadable(exception, $"after line {line - 1}");
            }
        }
    }

    private static JsonElement? Field(JsonElement known, int place)
    {
        if (known.ValueKind == JsonValueKind.Array)
        {
            return place < known.GetArrayLength() ? known[place] : null;
        }

        return known.TryGetProperty(s_places[place], out JsonElement field) ? field : null;
    }

    private static bool IsFurtherGroup(JsonElement known)
        => known.ValueKind == JsonValueKind.Object && known.TryGetProperty("group_idx", out JsonElement group) && group.ValueKind == JsonValueKind.Number && group.GetInt32() > 0;

    /// <summary>Blocks by hash, each with the one it hangs from.</summary>
    private sealed class BlockChains
    {
        private const int Root = -1;

        private readonly Dictionary<string, int> _numbers = [];
        private readonly List<int> _parents = [];

        /// <summary>Stores blocks one behind the other; gives the whole chain from its root.</summary>
        public int[] Store(JsonElement hashes, JsonElement? parent)
        {
            // The parent of a log that begins in the middle is a block that was never seen stored.
            int end = parent is { ValueKind: not JsonValueKind.Null } known ? Number(known, Root) : Root;
            foreach (JsonElement hash in hashes.EnumerateArray())
            {
                end = Number(hash, end);
            }

            List<int> chain = [];
            for (; end != Root; end = _parents[end])
            {
                chain.Add(end);
            }

            chain.Reverse();
            return [.. chain];
        }

        private int Number(JsonElement hash, int parent)
        {
            string text = hash.ValueKind is JsonValueKind.Number or JsonValueKind.String ? hash.ToString() : throw new FormatException("a block's hash is neither a number nor text");
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, text, out bool exists);
            if (!exists)
            {
                number = _parents.Count;
                _parents.Add(parent);
            }

            return number;
        }
    }
}
