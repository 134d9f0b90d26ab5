using System.ComponentModel;

namespace Squelch.CompilerServices;

/// <summary>
/// The feature <c>evictedAgo</c>: the keys of the last victims, as many as there are nodes, with the times when they went. A key that comes back is forgotten.
/// Key 0, which names nothing, is not remembered.
/// </summary>
/// <param name="nodes">The tree's nodes.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class VictimMemory(NodeTable nodes)
{
    private const int FewestVictims = 64;

    private readonly Dictionary<ulong, double> _times = [];
    private ulong[] _keys = [];

    // The last victims in the order in which they went: a ring.
    private (ulong Key, double At)[] _victims = [];
    private int _first;
    private int _count;

    /// <summary>Makes room for so many rows.</summary>
    public void Grow(int rows) => Array.Resize(ref _keys, rows);

    /// <summary>A node is made.</summary>
    /// <returns>The ticks since its key was evicted; infinity where that is not remembered.</returns>
    public double Made(int node, in Access access)
    {
        _keys[node] = access.Key;
        return access.Key != 0 && _times.Remove(access.Key, out double at) ? access.Now - at : double.PositiveInfinity;
    }

    /// <summary>A victim goes.</summary>
    public void Evicting(int node, double now)
    {
        ulong key = _keys[node];
        if (key == 0)
        {
            return;
        }

        int room = Math.Max(FewestVictims, nodes.Count);
        while (_count >= room)
        {
            Forget();
        }

        if (_count == _victims.Length)
        {
            Widen(room);
        }

        _victims[(_first + _count++) % _victims.Length] = (key, now);
        _times[key] = now;
    }

    /// <summary>Forgets the oldest victim, unless it has come back, or gone a second time since.</summary>
    private void Forget()
    {
        (ulong key, double at) = _victims[_first];
        if (_times.TryGetValue(key, out double known) && known == at)
        {
            _times.Remove(key);
        }

        _first = (_first + 1) % _victims.Length;
        _count--;
    }

    private void Widen(int room)
    {
        var wider = new (ulong Key, double At)[Math.Max(room, 2 * _count)];
        for (int i = 0; i < _count; i++)
        {
            wider[i] = _victims[(_first + i) % _victims.Length];
        }

        (_victims, _first) = (wider, 0);
    }
}
