namespace Squelch.Native;

/// <summary>What a handle stands for. One caller at a time is within it.</summary>
internal abstract class OpenObject : IDisposable
{
    private int _busy;

    /// <summary>What it is called in messages.</summary>
    public abstract string Kind { get; }

    /// <summary>Its handle; 0 before it is opened and once it is closed.</summary>
    public ulong Handle { get; set; }

    /// <summary>True for the caller that may go on.</summary>
    public bool TryEnter() => Interlocked.CompareExchange(ref _busy, 1, 0) == 0;

    public void Exit() => Volatile.Write(ref _busy, 0);

    public abstract void Dispose();
}
