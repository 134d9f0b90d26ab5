using System.Diagnostics;

namespace Squelch.Tool.Tests;

/// <summary>The command as a process of its own in a shell, where pipes are pipes.</summary>
internal sealed record ToolProcess(int ExitCode, string Out, string Error)
{
    /// <summary>Runs a script of bash in which <c>squelch</c> is the command, and <c>terminal</c> the command on a terminal of its own.</summary>
    /// <param name="script">Its <c>$1</c>, <c>$2</c> are the arguments.</param>
    /// <param name="arguments">Of the script.</param>
    public static async Task<ToolProcess> BashAsync(string script, params string[] arguments)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "Squelch.Tool.dll");
        var start = new ProcessStartInfo("bash") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string commands =
            $$"""
            set -o pipefail
            export TERM=xterm-256color
            squelch() { '{{Environment.ProcessPath}}' exec '{{tool}}' "$@"; }
            terminal() { python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' '{{Environment.ProcessPath}}' exec '{{tool}}' "$@"; }

            """;
        foreach (string argument in (string[])["-c", commands + script, "bash", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }
}
