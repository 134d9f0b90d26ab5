namespace Squelch;

/// <summary>An engine's own name for the states of one node: its checkpoint and the KV of its edge. Opaque to the cache.</summary>
/// <param name="Value">The engine's number.</param>
public readonly record struct StateHandle(long Value);

/// <summary>What an engine has to do with a handle.</summary>
public enum StateActionKind
{
    /// <summary>The handle's checkpoint and KV are no longer held: release both. The handle is finished.</summary>
    Free,

    /// <summary>The handle's checkpoint is no longer held; its KV goes to the front of <see cref="StateAction.Other"/>. The handle is finished.</summary>
    Join,

    /// <summary>The first <see cref="StateAction.Tokens"/> tokens of the handle's KV belong to <see cref="StateAction.Other"/> from now on.</summary>
    Split,

    /// <summary>The handle came with the commit and was not taken: release whatever it stands for.</summary>
    Decline,

    /// <summary>The handle's checkpoint is no longer held: release it. Its KV is, and the handle lives on.</summary>
    FreeCheckpoint,

    /// <summary>The last <see cref="StateAction.Tokens"/> tokens of the handle's KV are no longer held: release them. The handle lives on.</summary>
    Trim,
}

/// <summary>One thing to do, in order.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Handle">With which handle.</param>
/// <param name="Other">The other handle of a join or split.</param>
/// <param name="Tokens">Tokens of the KV concerned.</param>
public readonly record struct StateAction(StateActionKind Kind, StateHandle Handle, StateHandle Other, int Tokens);
