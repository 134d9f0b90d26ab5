using System.Text.RegularExpressions;

namespace Squelch.Packages.Tests;

/// <summary>A terminal of 120 columns in an empty folder, in which commands are typed one after another.</summary>
/// <param name="products">The packages that the commands find.</param>
/// <param name="name">Of the folder, and of a home with nothing in it.</param>
internal sealed partial class Shell(PackedProducts products, string name)
{
    /// <summary>Gives a command a terminal to write to, and its exit code back.</summary>
    private const string Terminal = "import pty, sys; sys.exit(pty.spawn(['bash', sys.argv[1]]) >> 8)";

    private readonly string _root = products.Folder(name);
    private readonly string _home = products.Folder($"{name}-home");
    private string _folder = products.Folder(name);

    /// <summary>What a command that must succeed wrote, without what it wrote to standard error.</summary>
    public string Run(string line)
    {
        string errors = Path.Combine(_home, "errors"), place = Path.Combine(_home, "place");
        File.WriteAllText(Path.Combine(_home, "terminal.py"), Terminal);
        File.WriteAllText(Path.Combine(_home, "line.sh"), $"""
            exec 2>{errors}
            set -e
            export HOME={_home} DOTNET_CLI_HOME={_home} PATH={_home}/.dotnet/tools:$PATH COLUMNS=120 NO_COLOR=1 MSBUILDTERMINALLOGGER=off
            {line}
            pwd > {place}
            """);
        Command command = Command.Run(_folder, products.User, "python3", $"{_home}/terminal.py {_home}/line.sh");
        Assert.True(command.ExitCode == 0, $"{line}\nin {_folder} ended with {command.ExitCode}:\n{command.Output}\n{File.ReadAllText(errors)}");
        _folder = File.ReadAllText(place).Trim();
        return Control().Replace(command.Output, "");
    }

    /// <summary>What a terminal does not show.</summary>
    [GeneratedRegex(@"\r|\x1B\[[?0-9;]*[A-Za-z]|\x1B[=>]")]
    private static partial Regex Control();

    /// <summary>The lines of a file, from the folder where all began.</summary>
    public string[] Lines(string path) => File.ReadAllLines(Path.Combine(_root, path));
}
