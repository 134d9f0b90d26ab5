namespace Squelch;

/// <summary>A cache without states, under other tunables or with another budget than the one that is tuned, for replaying recorded requests.</summary>
internal interface IShadow : IDisposable
{
    /// <summary>True once room had to be made.</summary>
    bool HasEvicted { get; }

    /// <summary>Looks a request up and commits it.</summary>
    /// <returns>The tokens hit.</returns>
    int Replay(in RecordedRequest request, ReadOnlySpan<int> pages);
}

/// <summary>Makes shadows of one cache.</summary>
internal interface IShadowFactory
{
    /// <summary>What is known of the policy.</summary>
    PolicyDescriptor Descriptor { get; }

    /// <summary>The model that gives bytes and FLOPs.</summary>
    ModelShape Model { get; }

    /// <summary>A shadow.</summary>
    /// <param name="tunables">One value per tunable, in descriptor order.</param>
    /// <param name="share">Its budget, as a share of the cache's.</param>
    /// <param name="groupPages">Pages of the cache that are one of the shadow's.</param>
    IShadow Create(ReadOnlySpan<double> tunables, double share = 1, int groupPages = 1);
}
