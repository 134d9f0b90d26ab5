namespace Squelch.Tool;

/// <summary>What the process answers its caller.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Success = 0;

    /// <summary>A file, a policy or a trace is at fault.</summary>
    public const int Failure = 1;

    /// <summary>The command line is at fault.</summary>
    public const int Usage = 2;

    /// <summary>Interrupted with Ctrl+C.</summary>
    public const int Interrupted = 130;
}
