using System.Diagnostics;

namespace Squelch.Packages.Tests;

/// <summary>A program that was run to its end.</summary>
/// <param name="ExitCode">Of the program.</param>
/// <param name="Output">What it wrote, errors included.</param>
internal sealed record Command(int ExitCode, string Output)
{
    /// <summary>The warnings and errors among the output, each once.</summary>
    public string[] Reported => [.. Output.Split('\n').Where(line => line.Contains(": warning ", StringComparison.Ordinal) || line.Contains(": error ", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct()];

    /// <summary>Runs a program that must succeed.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Variables besides those of the tests.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments, parted by blanks.</param>
    public static Command Succeed(string folder, IReadOnlyDictionary<string, string> environment, string program, string arguments)
    {
        Command command = Run(folder, environment, program, arguments);
        Assert.True(command.ExitCode == 0, $"{program} {arguments}\nin {folder} ended with {command.ExitCode}:\n{command.Output}");
        return command;
    }

    /// <summary>Runs a program.</summary>
    public static Command Run(string folder, IReadOnlyDictionary<string, string> environment, string program, string arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // What the build that runs the tests says to its own children is not for another build.
        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(inherited);
        }

        // No server outlives a test.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output + errors.Result);
    }
}
