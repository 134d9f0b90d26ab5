namespace Squelch.Lab;

/// <summary>Collects the events of a log and makes requests of them.</summary>
/// <param name="file">What messages call the log.</param>
/// <param name="rank">The cache to read; null for all.</param>
internal sealed class KvEventLog(string file, string? rank)
{
    /// <summary>vLLM's and Dynamo's default, for logs that tell neither the size of blocks nor their tokens.</summary>
    public const int AssumedBlockTokens = 16;

    private readonly Dictionary<KvGroup, KvChains> _groups = [];

    /// <summary>The engine's caches that events came from: a rank, a worker, or both.</summary>
    public SortedSet<string> Caches { get; } = new(StringComparer.Ordinal);

    /// <summary>Blocks that were copied elsewhere, by tier.</summary>
    public SortedDictionary<string, long> Copies { get; } = new(StringComparer.Ordinal);

    /// <summary>Events of kinds that are left out.</summary>
    public SortedDictionary<string, long> Others { get; } = new(StringComparer.Ordinal);

    /// <summary>The groups of caches.</summary>
    public IReadOnlyCollection<KvChains> Groups => _groups.Values;

    /// <summary>The times.</summary>
    public KvEventClock Clock { get; } = new();

    /// <summary>Takes the next event.</summary>
    public void Add(KvEvent known)
    {
        Caches.Add(known.Origin.Cache);
        if (rank is not null && known.Origin.Cache != rank)
        {
            return;
        }

        double time = Clock.At(known.Origin.Seconds);
        switch (known)
        {
            case BlocksStored stored:
                ChainsOf(stored.Group).Store(stored, time);
                break;
            case BlocksRemoved removed when _groups.TryGetValue(removed.Group, out KvChains? chains):
                chains.Remove(removed);
                break;
            case BlocksCleared:
                foreach (KvChains chains in _groups.Values)
                {
                    chains.Clear(known.Origin.Cache);
                }

                break;
            case BlocksCopied copied:
                Copies[copied.Tier] = Copies.GetValueOrDefault(copied.Tier) + copied.Count;
                break;
            case OtherEvent other:
                Others[other.Kind] = Others.GetValueOrDefault(other.Kind) + 1;
                break;
        }
    }

    /// <summary>The group whose requests are read: one that attends to all tokens, else the longest window, else the first.</summary>
    /// <exception cref="SquelchException">Nothing was stored on a device, or its events cannot be used.</exception>
    public KvChains Chosen()
    {
        if (rank is not null && Caches.Count > 0 && !Caches.Contains(rank))
        {
            throw new TraceLine(file, 0).Error($"none of its caches is called '{rank}'", $"They are {KvEventNotes.List(Caches)}");
        }

        KvChains? chosen = _groups.Values
            .OrderByDescending(chains => chains.Group.IsFullAttention)
            .ThenByDescending(chains => chains.Group.Window)
            .ThenBy(chains => chains.Group.Index)
            .FirstOrDefault();
        if (chosen?.Fault is { } fault)
        {
            throw fault;
        }

        if (chosen is { BlockTokens: > 0 } && chosen.MostTokens > chosen.BlockTokens)
        {
            throw new TraceLine(file, 0).Error($"block_size is {chosen.BlockTokens}, but a block has {chosen.MostTokens} tokens", "Correct block_size, or leave it out");
        }

        if (chosen is null && Copies.Count == 0 && Others.Count > 0)
        {
            throw new TraceLine(file, 0).Error($"no block was stored; its events are of other kinds: {KvEventNotes.Counted(Others)}", "What stores blocks is called BlockStored, or stored, as the engine writes it");
        }

        return chosen is { Requests.Count: > 0 }
            ? chosen
            : throw new TraceLine(file, 0).Error(
                Copies.Count == 0 ? "no block was stored; there is nothing to replay" : $"no block was stored on the device, only elsewhere: {KvEventNotes.Counted(Copies)}; there is nothing to replay",
                Copies.Count == 0 ? "Record the log from the engine's start, under load" : "Give the log of the engine itself, which tells what its device holds");
    }

    /// <summary>The requests of a group.</summary>
    /// <exception cref="SquelchException">They are too many or too long.</exception>
    public Request[] Requests(KvChains chosen, int blockTokens)
    {
        ReadOnlyMemory<int>[] pages = new ChainPages(chosen, file).Of(chosen.Requests, file);
        var requests = new Request[pages.Length];
        for (int i = 0; i < requests.Length; i++)
        {
            int last = chosen.Content(pages[i].Span[^1]).Tokens;
            long tokens = ((pages[i].Length - 1L) * blockTokens) + (last > 0 ? last : blockTokens);
            requests[i] = new()
            {
                Pages = pages[i],
                InputPages = pages[i].Length,
                InputTokens = tokens <= int.MaxValue ? (int)tokens : throw new TraceLine(file, 0).Error($"a chain of {pages[i].Length} blocks has {tokens} tokens", $"A request has at most {int.MaxValue}: is the block size right?"),
                Time = chosen.Requests[i].Time,
            };
        }

        return requests;
    }

    private KvChains ChainsOf(KvGroup group) => _groups.TryGetValue(group, out KvChains? chains) ? chains : _groups[group] = new(group);
}
