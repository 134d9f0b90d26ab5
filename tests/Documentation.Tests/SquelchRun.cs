using System.CommandLine.Parsing;
using System.Text;
using System.Text.RegularExpressions;
using Squelch.Tool;

namespace Squelch.Documentation.Tests;

/// <summary>Command lines of squelch as pages show them.</summary>
internal static partial class SquelchRun
{
    private const int Columns = 120;

    /// <summary>The arguments of those in a block of shell commands.</summary>
    public static IEnumerable<string> Commands(Block block)
        => from line in block.Language == "sh" ? block.Lines : []
           let command = Command().Match(line)
           where command.Success
           select command.Groups["arguments"].Value;

    /// <summary>What the command line says of arguments that it does not understand.</summary>
    public static IEnumerable<string> Errors(string arguments)
        => SquelchCommand.Create(Terminal.Plain(Stream.Null, TextWriter.Null)).Parse([.. CommandLineParser.SplitCommandLine(arguments)]).Errors.Select(error => error.Message);

    /// <summary>What a command prints, results before errors, from the repository's root in a terminal of 120 columns.</summary>
    public static async Task<string> PrintAsync(string command)
    {
        Match match = Command().Match(command);
        Assert.True(match.Success, $"'{command}' is no command whose output a page can show: it begins with squelch, or is 'dotnet build of File.cs' or 'dotnet run of File.cs' below that C#");
        Environment.CurrentDirectory = SharedData.Repository;
        using var output = new MemoryStream();
        var error = new StringWriter();
        Terminal terminal = Terminal.Pictured(output, error, Columns);
        await SquelchTool.RunAsync([.. CommandLineParser.SplitCommandLine(match.Groups["arguments"].Value)], terminal);
        return Encoding.UTF8.GetString(output.ToArray()) + error;
    }

    [GeneratedRegex(@"^(squelch|dotnet run .*--project [./\w]*\bTool\b( --)?)(?<arguments>( [^#]*)?)(#.*)?$")]
    private static partial Regex Command();
}
