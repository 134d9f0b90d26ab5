namespace Squelch.Tool;

/// <summary>A part of a policy that can be changed by itself.</summary>
internal enum Aspect
{
    /// <summary>Which nodes may be victims.</summary>
    Candidates,

    /// <summary>Which nodes an access refreshes.</summary>
    Touch,

    /// <summary>Which candidate is evicted.</summary>
    Score,

    /// <summary>Which checkpoints are kept.</summary>
    Admission,
}
