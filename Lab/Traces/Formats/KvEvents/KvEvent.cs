namespace Squelch.Lab;

/// <summary>What a KV event says, whichever engine wrote it.</summary>
/// <param name="Origin">What the records around it say.</param>
internal abstract record KvEvent(KvEventOrigin Origin);

/// <summary>Blocks were stored one behind the other on the device.</summary>
/// <param name="Origin">What the records around it say.</param>
/// <param name="Engine">The engines that write events so.</param>
/// <param name="Group">The group of caches that they belong to.</param>
/// <param name="Parent">The hash of the block that the first hangs from; null where it is a prompt's first.</param>
/// <param name="Blocks">The blocks.</param>
/// <param name="BlockTokens">Tokens of a full block; 0 where the event does not say.</param>
internal sealed record BlocksStored(KvEventOrigin Origin, string Engine, KvGroup Group, string? Parent, IReadOnlyList<KvBlock> Blocks, int BlockTokens) : KvEvent(Origin)
{
    /// <summary>Why it cannot be used, which matters where its group is the one that is read; null where it can.</summary>
    public SquelchException? Fault { get; init; }
}

/// <summary>Blocks were copied to a tier that is not the device, or lie elsewhere.</summary>
/// <param name="Origin">What the records around it say.</param>
/// <param name="Tier">The tier, as the log names it.</param>
/// <param name="Count">How many blocks.</param>
internal sealed record BlocksCopied(KvEventOrigin Origin, string Tier, int Count) : KvEvent(Origin);

/// <summary>Blocks were removed from the device.</summary>
/// <param name="Origin">What the records around it say.</param>
/// <param name="Group">The group of caches that they belonged to.</param>
/// <param name="Hashes">Their hashes.</param>
internal sealed record BlocksRemoved(KvEventOrigin Origin, KvGroup Group, IReadOnlyList<string> Hashes) : KvEvent(Origin);

/// <summary>All blocks on the device were dropped.</summary>
/// <param name="Origin">What the records around it say.</param>
internal sealed record BlocksCleared(KvEventOrigin Origin) : KvEvent(Origin);

/// <summary>An event that tells nothing of what the device holds.</summary>
/// <param name="Origin">What the records around it say.</param>
/// <param name="Kind">What the log calls it.</param>
internal sealed record OtherEvent(KvEventOrigin Origin, string Kind) : KvEvent(Origin);

/// <summary>A block.</summary>
/// <param name="Hash">What the engine knows it by.</param>
/// <param name="Tokens">How many it holds; 0 where the event does not say.</param>
/// <param name="Content">A hash of the tokens; 0 where the event does not tell them.</param>
internal readonly record struct KvBlock(string Hash, int Tokens, ulong Content);

/// <summary>Layers that share a cache; a hybrid model has several such groups.</summary>
/// <param name="Index">vLLM's number.</param>
/// <param name="Window">TensorRT-LLM's attention window in tokens; 0 where the event has none.</param>
internal readonly record struct KvGroup(long Index, long Window)
{
    /// <summary>True where its layers attend to all tokens, as far as the event says.</summary>
    public bool IsFullAttention { get; init; }

    public override string ToString() => Window > 0 ? $"attention window {Window}" : $"group {Index}";

    /// <summary>A removal does not say of what kind its group is.</summary>
    public bool Equals(KvGroup other) => Index == other.Index && Window == other.Window;

    public override int GetHashCode() => HashCode.Combine(Index, Window);
}
