namespace Squelch.Tool;

/// <summary>An error that knows who is at fault.</summary>
/// <param name="exitCode">One of <see cref="Tool.ExitCode"/>.</param>
/// <param name="message">Place, fault and remedy.</param>
/// <param name="innerException">What was caught, or null.</param>
internal class ToolException(int exitCode, string message, Exception? innerException = null) : SquelchException(message, innerException)
{
    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Does work whose errors are the fault of what <paramref name="exitCode"/> names, where they do not know better.</summary>
    public static T Blame<T>(int exitCode, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SquelchException exception) when (exception is not ToolException)
        {
            throw new ToolException(exitCode, exception.Message, exception);
        }
    }
}

/// <summary>The command line itself is wrong.</summary>
internal sealed class UsageException(string message) : ToolException(Tool.ExitCode.Usage, message)
{
    /// <summary>Does work on the value of an option; what it refuses is said of that option.</summary>
    /// <param name="option">Its name.</param>
    /// <param name="work">Throws a <see cref="SquelchException"/> where the value is wrong.</param>
    public static T Of<T>(string option, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SquelchException exception) when (exception is UsageException or not ToolException)
        {
            throw exception.Message.StartsWith(option, StringComparison.Ordinal) ? exception : new UsageException($"{option}: {exception.Message}");
        }
    }
}
