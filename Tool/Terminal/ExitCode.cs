namespace Squelch.Tool;

/// <summary>What the process answers its caller.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Success = 0;

    /// <summary>Squelch itself is at fault.</summary>
    public const int Defect = 1;

    /// <summary>The command line is at fault.</summary>
    public const int Usage = 2;

    /// <summary>A file that is read is at fault.</summary>
    public const int Input = 3;

    /// <summary>A policy or its assembly is at fault.</summary>
    public const int Policy = 4;

    /// <summary>A result cannot be written.</summary>
    public const int Output = 5;

    /// <summary>Interrupted with Ctrl+C: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>The reader of standard output went away: 128 and the number of SIGPIPE.</summary>
    public const int ClosedPipe = 141;

    /// <summary>All of them, as the help lists them.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Success, "all is well"),
        (Defect, "a defect of squelch"),
        (Usage, "the command line is wrong, or asks for what cannot be done"),
        (Input, "a file cannot be read or understood"),
        (Policy, "a policy or its assembly is at fault"),
        (Output, "a result cannot be written"),
        (Interrupted, "interrupted"),
        (ClosedPipe, "the reader of standard output has gone away"),
    ];
}
