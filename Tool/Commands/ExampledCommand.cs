using System.CommandLine;

namespace Squelch.Tool;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class ExampledCommand(string name, string description) : Command(name, description)
{
    /// <summary>Whole command lines.</summary>
    public required string[] Examples { get; init; }
}
