using System.Diagnostics;

namespace Squelch.Native.Tests;

/// <summary>A C program, compiled by the system's compiler.</summary>
internal sealed class CProgram : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("squelch-c-").FullName;

    /// <summary>The program, or the library where the options make it one.</summary>
    public string Path => System.IO.Path.Combine(_folder, "program");

    public static string Include { get; } = System.IO.Path.Combine(SharedData.Repository, "Native", "include");

    private static string Sources { get; } = System.IO.Path.Combine(SharedData.Repository, "tests", "Native.Tests", "C");

    /// <summary>Compiles a file of the tests, with other files beside it.</summary>
    public static CProgram Compile(string source, params ReadOnlySpan<(string Name, string Text)> beside)
    {
        var program = new CProgram();
        foreach ((string name, string text) in beside)
        {
            File.WriteAllText(System.IO.Path.Combine(program._folder, name), text);
        }

        program.Build(System.IO.Path.Combine(Sources, source), "-std=gnu11", []);
        return program;
    }

    /// <summary>The text of a file of the tests.</summary>
    public static string Source(string name) => File.ReadAllText(System.IO.Path.Combine(Sources, name));

    /// <summary>Compiles a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Options of the compiler.</param>
    /// <param name="libraries">What it is linked with.</param>
    public static CProgram CompileText(string text, string options, params ReadOnlySpan<string> libraries)
    {
        var program = new CProgram();
        string source = System.IO.Path.Combine(program._folder, "program.c");
        File.WriteAllText(source, text);
        program.Build(source, options, libraries);
        return program;
    }

    /// <summary>Runs it to its end.</summary>
    public (int Code, string Output) Run(params string[] arguments) => Run(Path, arguments);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs any program to its end.</summary>
    public static (int Code, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(inherited);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private void Build(string source, string options, ReadOnlySpan<string> libraries)
    {
        string[] arguments = [.. options.Split(' '), "-O1", "-Wall", "-Wextra", "-Werror", "-I", Include, "-I", _folder, source, .. libraries, "-o", Path, "-ldl", "-lm"];
        (int code, string output) = Run("cc", arguments);
        Assert.True(code == 0, $"cc {string.Join(' ', arguments)}\n{output}");
    }
}
