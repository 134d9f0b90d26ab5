namespace Squelch.Lab;

/// <summary>
/// Why nodes are worth keeping: the later requests that go on from a node, and those that part inside its edge. Where a model has checkpoints, such a parting
/// saves nothing by itself, but leaves one for the next request that comes there; without the node it would not.
/// </summary>
internal sealed class NodeFuture(NodeTable nodes, FutureUses uses, bool seesSplits)
{
    private const int Most = 4;
    private const int Unknown = -1;

    private readonly bool _cutsAnywhere = nodes.Model.CheckpointBytes == 0;
    private int[] _endPages = [];
    private int[] _prefix = [];
    private int[] _count = [];
    private int[] _knownUntil = [];
    private double[] _bytes = [];
    private Reason[] _reasons = [];

    /// <summary>One reason to keep a node.</summary>
    /// <param name="Tokens">Tokens that are saved.</param>
    /// <param name="At">The request until which the whole node has to stay.</param>
    /// <param name="Then">The request that they are saved for.</param>
    /// <param name="ThenBytes">What has to stay in between.</param>
    public readonly record struct Reason(double Tokens, int At, int Then, double ThenBytes);

    /// <summary>The reasons of one node.</summary>
    /// <param name="all">All of them.</param>
    public readonly ref struct Reasons(ReadOnlySpan<Reason> all)
    {
        public ReadOnlySpan<Reason> All { get; } = all;

        /// <summary>The first request that saves something; <see cref="FutureUses.Never"/> for none.</summary>
        public int NextUse
        {
            get
            {
                int next = FutureUses.Never;
                foreach (Reason reason in All)
                {
                    next = Math.Min(next, reason.Then);
                }

                return next;
            }
        }
    }

    public void Grow(int capacity)
    {
        Array.Resize(ref _endPages, capacity);
        Array.Resize(ref _prefix, capacity);
        Array.Resize(ref _count, capacity);
        Array.Resize(ref _knownUntil, capacity);
        Array.Resize(ref _bytes, capacity);
        Array.Resize(ref _reasons, capacity * Most);
    }

    /// <summary>The request made the node.</summary>
    public void Insert(int node, int request)
    {
        int parent = nodes.Parent(node);
        _endPages[node] = PagesAt(parent) + nodes.Pages(node);
        _prefix[node] = uses.PrefixOfPages(request, _endPages[node]);
        Forget(node);
    }

    /// <summary>The node's edge has changed: a leaf that gave up its tail ends earlier than before.</summary>
    public void Moved(int node)
    {
        _endPages[node] = PagesAt(nodes.Parent(node)) + nodes.Pages(node);
        while (uses.Above(_prefix[node]) is var above && above != FutureUses.Root && uses.Pages(above) >= _endPages[node])
        {
            _prefix[node] = above;
        }
    }

    /// <summary>The node, or what happens to it, has changed.</summary>
    public void Forget(int node) => _knownUntil[node] = Unknown;

    /// <summary>The trace's prefix that the node is the end of, or that goes on past it.</summary>
    public int Prefix(int node) => _prefix[node];

    /// <summary>Bytes that go with the node; at least 1. Ask for its reasons first.</summary>
    public double Bytes(int node) => _bytes[node];

    /// <summary>The reasons as they are while a request is committed.</summary>
    public Reasons Of(int node, int request)
    {
        if (_knownUntil[node] <= request)
        {
            Learn(node, request);
        }

        return new(_reasons.AsSpan(node * Most, _count[node]));
    }

    /// <summary>The sum of 1 / wait over the next uses of the whole node.</summary>
    public double SumOverUses(int node, int request, int most)
    {
        double sum = 0;
        int use = uses.NextUse(_prefix[node], -1, request);
        for (int i = 0; i < most && use != FutureUses.Never; i++)
        {
            sum += 1.0 / (use - request);
            use = uses.NextUse(_prefix[node], -1, use);
        }

        return sum;
    }

    private int PagesAt(int node) => nodes.IsRoot(node) ? 0 : _endPages[node];

    private void Learn(int node, int request)
    {
        bool isLeaf = nodes.Children(node) == 0;
        _bytes[node] = Math.Max(1, isLeaf ? nodes.BytesHeld(node) : nodes.CheckpointBytes(node));
        _count[node] = 0;
        _knownUntil[node] = FutureUses.Never;
        int held = HeldAbove(node);
        int child = nodes.Children(node) == 1 ? _prefix[nodes.OnlyChild(node)] : -1;
        int whole = isLeaf || (child >= 0 && !_cutsAnywhere) ? uses.NextUse(_prefix[node], child, request) : FutureUses.Never;
        if (whole != FutureUses.Never)
        {
            _knownUntil[node] = whole;
            Add(node, new(nodes.DepthTokens(node) - held, whole, whole, 0));
        }

        if (isLeaf && seesSplits)
        {
            LearnSplits(node, request, held, whole);
        }
    }

    /// <summary>Tokens that are reused without the node.</summary>
    private int HeldAbove(int node)
    {
        int above = nodes.Parent(node);
        while (!_cutsAnywhere && !nodes.IsRoot(above) && !nodes.HasCheckpoint(above))
        {
            above = nodes.Parent(above);
        }

        return nodes.IsRoot(above) ? 0 : nodes.DepthTokens(above);
    }

    /// <summary>The places inside the edge where a later request, or the one that is committed now, goes another way; the deepest first.</summary>
    private void LearnSplits(int node, int request, int held, int whole)
    {
        int parent = nodes.Parent(node);
        int firstPages = PagesAt(parent);
        int firstTokens = nodes.IsRoot(parent) ? 0 : nodes.DepthTokens(parent);
        bool isCutNow = _cutsAnywhere || uses.IsUsedBy(_prefix[node], request);
        int below = whole;
        for (int prefix = uses.Above(_prefix[node]); uses.Pages(prefix) > firstPages; prefix = uses.Above(prefix))
        {
            int next = uses.NextUse(prefix, -1, request);
            int tokens = Math.Min(uses.Pages(prefix) * uses.PageTokens, nodes.DepthTokens(node));
            double thenBytes = nodes.CheckpointBytesEach + nodes.Model.KvBytes(tokens - firstTokens);
            if (!isCutNow && uses.IsUsedBy(prefix, request))
            {
                isCutNow = true;
                _knownUntil[node] = Math.Min(_knownUntil[node], request + 1);
                if (next != FutureUses.Never)
                {
                    Add(node, new(tokens - held, request, next, thenBytes));
                }
            }

            if (next < below)
            {
                below = next;
                int then = _cutsAnywhere ? next : uses.NextUse(prefix, -1, next);
                _knownUntil[node] = Math.Min(_knownUntil[node], next);
                if (then != FutureUses.Never)
                {
                    Add(node, new(tokens - held, next, then, thenBytes));
                }
            }
        }
    }

    /// <summary>Of more than fit, the last ones are the soonest: they take the last place.</summary>
    private void Add(int node, in Reason reason)
    {
        int place = Math.Min(_count[node], Most - 1);
        _reasons[(node * Most) + place] = reason;
        _count[node] = place + 1;
    }
}
