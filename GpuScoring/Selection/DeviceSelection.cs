namespace Squelch.GpuScoring;

/// <summary>Chooses victims of one tree on a device, whatever the formula's type.</summary>
internal abstract class DeviceSelection : IDisposable
{
    /// <summary>Launches of the last call.</summary>
    public int Launches { get; protected set; }

    /// <summary>Bytes between host and device in the last call.</summary>
    public long BytesMoved { get; protected set; }

    /// <summary>
    /// The rows of the <paramref name="wanted"/> lowest candidates, in any order and with some more among them where that is as cheap; and
    /// the extremes under which they were scored.
    /// </summary>
    /// <param name="now">The clock.</param>
    /// <param name="rows">Rows in use on the host.</param>
    /// <param name="changed">Rows that changed since the last call.</param>
    /// <param name="wanted">Victims, at least 1 and at most the number of candidates.</param>
    /// <param name="scales">Receives the extremes, one pair per scaled term.</param>
    /// <returns>Each row with the key of its first score, valid until the next call; none where the device cannot tell the victims from too many others.</returns>
    public abstract ReadOnlySpan<ulong> Choose(double now, int rows, ReadOnlySpan<int> changed, int wanted, Span<Extremes<double>> scales);

    /// <summary>Seconds that one victim takes among that many rows.</summary>
    public abstract double SecondsPerVictim(int rows);

    /// <inheritdoc/>
    public abstract void Dispose();
}
