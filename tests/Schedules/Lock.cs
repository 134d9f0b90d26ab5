namespace Squelch.Caching;

/// <summary>In place of the runtime's Lock, which Coyote 1.7.11 does not know: it would take a thread that waits for one for a deadlock.</summary>
internal sealed class Lock
{
    /// <summary>Coyote's Monitor throws where this is asked of a lock that is free; no schedule enters twice.</summary>
    public bool IsHeldByCurrentThread => false;

    public void Enter() => Monitor.Enter(this);

    public bool TryEnter() => Monitor.TryEnter(this);

    public void Exit() => Monitor.Exit(this);
}
