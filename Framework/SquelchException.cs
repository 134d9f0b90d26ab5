namespace Squelch;

/// <summary>Something the user gave cannot be used. The message names the place, what is wrong there, and the remedy.</summary>
/// <param name="message">Place, fault and remedy.</param>
/// <param name="innerException">What was caught, or null.</param>
public class SquelchException(string message, Exception? innerException = null) : Exception(message, innerException);
