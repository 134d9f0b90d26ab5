using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Squelch.Lab;

/// <summary>
/// Reads logs of KV events as vLLM and SGLang publish them, a batch per JSON line: an object with <c>ts</c> and <c>events</c>, or the array
/// [ts, [events]]; an event is an object with a <c>type</c>, or an array that begins with it. A stored chain of blocks, with all that it hangs from, is
/// a request. The events tell what was stored, not what was only read, so hits that stored nothing are missing; removals are the engine's own and are
/// left out. Of hybrid models the first group of caches is read.
/// </summary>
internal sealed class KvEventFormat : TraceFormat
{
    // Places in an event that is an array: type, hashes, parent, tokens, size.
    private static readonly string[] s_places = ["type", "block_hashes", "parent_block_hash", "token_ids", "block_size"];

    public override string Name => "KV events";

    public override string Looks => "KV events (JSON batches with ts and events, of vLLM and SGLang)";

    public override bool Recognises(TraceSample sample)
        => sample.Records.Any(record => record.Has("events", JsonValueKind.Array) || (record.Kind == JsonValueKind.Array && record.Items.Count > 1 && record.Items[1].Kind == JsonValueKind.Array));

    /// <summary>The stored chains as a trace of blocks.</summary>
    /// <exception cref="SquelchException">A batch cannot be understood, block sizes differ, or nothing was stored.</exception>
    public override Trace Load(TraceInput input, TraceReading reading)
    {
        var chains = new StoredChains();
        using var lines = new StreamReader(input.Plain, Encoding.UTF8, leaveOpen: true);
        for (int line = 1; Next(input, lines, line) is { } text; line++)
        {
            reading.Cancellation.ThrowIfCancellationRequested();
            if (text.AsSpan().Trim().IsEmpty)
            {
                continue;
            }

            string place = $"{input.Name}, line {line}";
            try
            {
                using JsonDocument batch = JsonDocument.Parse(text);
                chains.Add(batch.RootElement, place);
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException or OverflowException)
            {
                throw new SquelchException($"{place}: it is no batch of KV events ({exception.Message}). A line is {{\"ts\": .., \"events\": [..]}} or [ts, [..]], as the engine's publisher gives it.", exception);
            }
        }

        return chains.Requests.Count > 0
            ? new(TraceReader.NameOf(input.Name), chains.BlockTokens, chains.Requests) { Format = input.Describe(Name) }
            : throw new SquelchException($"{input.Name}: no block was stored; there is nothing to replay.");
    }

    private static string? Next(TraceInput input, StreamReader lines, int line)
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

    /// <summary>The requests of some batches.</summary>
    private sealed class StoredChains
    {
        private readonly BlockChains _blocks = new();
        private double _first = double.NaN;

        public List<Request> Requests { get; } = [];

        /// <summary>Tokens of a block; 0 before the first.</summary>
        public int BlockTokens { get; private set; }

        public void Add(JsonElement batch, string place)
        {
            (double time, JsonElement events) = batch.ValueKind == JsonValueKind.Array
                ? (batch[0].GetDouble(), batch[1])
                : (batch.GetProperty("ts").GetDouble(), batch.GetProperty("events"));
            _first = double.IsFinite(time) ? double.IsNaN(_first) ? time : _first : throw new FormatException("ts is no time");
            foreach (JsonElement known in events.EnumerateArray())
            {
                if (Field(known, 0)?.GetString() == "BlockStored" && !IsFurtherGroup(known))
                {
                    Store(known, Math.Max(time - _first, Requests.Count == 0 ? 0 : Requests[^1].Time), place);
                }
            }
        }

        private void Store(JsonElement stored, double time, string place)
        {
            int tokens = Field(stored, 4)?.GetInt32() ?? throw new KeyNotFoundException("block_size is missing");
            BlockTokens = BlockTokens == 0 ? tokens : BlockTokens;
            if (tokens != BlockTokens || tokens < 1)
            {
                throw new SquelchException($"{place}: a block has {tokens} tokens, those before had {BlockTokens}. Split the log by engine: all blocks of a trace have one size.");
            }

            int[] pages = _blocks.Store(Field(stored, 1) ?? throw new KeyNotFoundException("block_hashes is missing"), Field(stored, 2));
            if (pages.Length > 0)
            {
                Requests.Add(new() { Pages = pages, InputPages = pages.Length, InputTokens = checked(pages.Length * tokens), Time = time });
            }
        }
    }

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
