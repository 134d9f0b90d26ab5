namespace Squelch;

/// <summary>
/// Work in units of comparing one page: what a request costs its cache, and what recording and replaying it cost the tuner. Counted instead of timed, so that
/// two runs are alike. The constants are set from rough timings, rounded against the tuner; <c>tests/Benchmarks -- tuning</c> prints what the tuner costs by the clock.
/// </summary>
/// <param name="Units">Pages.</param>
internal readonly record struct TuningWork(double Units)
{
    /// <summary>A lookup and a commit, besides comparing pages: the walk's steps, nodes, victims.</summary>
    private const int Request = 1024;

    /// <summary>The same in a shadow, whose tree is small and at hand.</summary>
    private const int Replayed = 768;

    /// <summary>Making a shadow.</summary>
    private const int Shadow = 64 * Replayed;

    /// <summary>Making a word of pages.</summary>
    private const int Word = 16;

    /// <summary>Looking at a request in order to know how to sample.</summary>
    public static TuningWork OfLearning => new(128);

    public static TuningWork operator +(TuningWork left, TuningWork right) => new(left.Units + right.Units);

    /// <summary>One request of the cache.</summary>
    public static TuningWork OfRequest(int pages) => new(Request + pages);

    /// <summary>Recording a request in so many words.</summary>
    public static TuningWork OfRecording(int words) => new(Word * (8 + words));

    /// <summary>Replaying requests in so many shadows, if none is dropped on the way.</summary>
    public static TuningWork OfRace(int shadows, int requests, long words) => new(shadows * (Shadow + (requests * (double)Replayed) + words));

    /// <summary>Making shadows.</summary>
    public static TuningWork OfShadows(int shadows) => new(shadows * (double)Shadow);

    /// <summary>Replaying one request in one shadow.</summary>
    public static TuningWork OfReplay(int words) => new(Replayed + words);
}
