namespace Squelch;

/// <summary>An error that the user can mend; the message names the place and the remedy.</summary>
public class SquelchException : Exception
{
    /// <summary>An error.</summary>
    public SquelchException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public SquelchException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
