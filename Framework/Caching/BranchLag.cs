namespace Squelch;

/// <summary>
/// Learns how many tokens before its end a sequence is left by a later request: the median of the last 64 that were. A median, since some are left far up, at a prompt that
/// many share; of the last, since traffic changes.
/// </summary>
internal sealed class BranchLag
{
    private const int Window = 64;

    private readonly int[] _last = new int[Window];
    private readonly int[] _sorted = new int[Window];
    private int _count;
    private int _next;

    /// <summary>The median, the lower one of two; infinity until a sequence was left.</summary>
    public double Tokens => _count == 0 ? double.PositiveInfinity : _sorted[(_count - 1) / 2];

    /// <summary>A sequence was left so many tokens before its end.</summary>
    public void Observe(int tokens)
    {
        if (_count == Window)
        {
            int gone = _sorted.AsSpan().IndexOf(_last[_next]);
            _sorted.AsSpan(gone + 1).CopyTo(_sorted.AsSpan(gone));
            _count--;
        }

        int at = _sorted.AsSpan(0, _count).BinarySearch(tokens);
        at = at < 0 ? ~at : at;
        _sorted.AsSpan(at, _count - at).CopyTo(_sorted.AsSpan(at + 1));
        _sorted[at] = tokens;
        _count++;
        _last[_next] = tokens;
        _next = (_next + 1) % Window;
    }
}
