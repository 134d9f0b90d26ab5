namespace Squelch.Lab;

/// <summary>A place in a trace, for messages.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Number">The line, from 1; 0 for the file as a whole.</param>
internal readonly record struct TraceLine(string File, long Number)
{
    public SquelchException Error(string what, string remedy, Exception? cause = null)
        => new(Number > 0 ? $"{File}, line {Number}: {what}. {remedy}." : $"{File}: {what}. {remedy}.", cause);
}
