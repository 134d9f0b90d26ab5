using System.Runtime.InteropServices;

namespace Squelch.Lab;

/// <summary>What a selector's cache held after each request of a replay: predicted contents for another replay of the same trace.</summary>
internal sealed class RecordedContents : IContentsPredictor
{
    private readonly Dictionary<ulong, List<(int Request, int Nodes)>> _changes = [];
    private int _asked = -1;

    /// <summary>Index of the request that runs.</summary>
    public int Request { get; set; }

    /// <summary>The selector itself, heard by this; its cache must name what it inserts.</summary>
    public IVictimSelector Listen(IVictimSelector selector) => new Recorder(this, selector);

    /// <inheritdoc/>
    public void Ask() => _asked = Request;

    /// <inheritdoc/>
    public bool Holds(ulong key)
    {
        if (!_changes.TryGetValue(key, out List<(int Request, int Nodes)>? changes))
        {
            return false;
        }

        int at = CollectionsMarshal.AsSpan(changes).BinarySearch(new AsOf(_asked));
        return (at >= 0 ? changes[at] : ~at > 0 ? changes[~at - 1] : default).Nodes > 0;
    }

    private void Change(ulong key, int nodes)
    {
        ref List<(int Request, int Nodes)>? changes = ref CollectionsMarshal.GetValueRefOrAddDefault(_changes, key, out _);
        changes ??= [];
        int after = nodes + (changes.Count > 0 ? changes[^1].Nodes : 0);
        if (changes.Count > 0 && changes[^1].Request == Request)
        {
            changes[^1] = (Request, after);
        }
        else
        {
            changes.Add((Request, after));
        }
    }

    private readonly record struct AsOf(int Request) : IComparable<(int Request, int Nodes)>
    {
        public int CompareTo((int Request, int Nodes) other) => Request.CompareTo(other.Request);
    }

    private sealed class Recorder(RecordedContents contents, IVictimSelector inner) : IVictimSelector
    {
        private ulong[] _keys = [];

        public bool RemembersKeys => true;

        public void Grow(int capacity)
        {
            Array.Resize(ref _keys, capacity);
            inner.Grow(capacity);
        }

        public void Arrive(in Access access) => inner.Arrive(access);

        public void Insert(int node, in Access access)
        {
            _keys[node] = access.Key;
            contents.Change(access.Key, 1);
            inner.Insert(node, access);
        }

        public void Remove(int node)
        {
            contents.Change(_keys[node], -1);
            inner.Remove(node);
        }

        public void Split(int node, int lower) => inner.Split(node, lower);

        public void Hit(int node, in Access access) => inner.Hit(node, access);

        public void Touch(int node, in Access access) => inner.Touch(node, access);

        public void EdgeChanged(int node) => inner.EdgeChanged(node);

        public void ChildrenChanged(int node) => inner.ChildrenChanged(node);

        public void SetCandidate(int node, bool candidate) => inner.SetCandidate(node, candidate);

        public void Evicting(int node, double now) => inner.Evicting(node, now);

        public int Select(double now) => inner.Select(now);

        public void Expect(long bytes) => inner.Expect(bytes);

        public void Retune(ReadOnlySpan<double> tunables) => inner.Retune(tunables);
    }
}
