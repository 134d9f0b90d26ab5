using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>squelch completion</c>: scripts that teach shells to complete command lines.</summary>
internal static class CompletionCommand
{
    private static readonly string[] s_shells = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var shell = new Argument<string>("shell") { HelpName = "shell", Description = $"One of {string.Join(", ", s_shells)}." };
        shell.CompletionSources.Add(s_shells);
        var command = new ExampledCommand("completion", "Prints a script that teaches a shell to complete commands, options, policies and models.")
        {
            Examples =
            [
                "eval \"$(squelch completion bash)\"          (in ~/.bashrc)",
                "eval \"$(squelch completion zsh)\"           (in ~/.zshrc, after compinit)",
                "squelch completion fish | source           (in ~/.config/fish/config.fish)",
                "squelch completion pwsh | Out-String | Invoke-Expression           (in $PROFILE)",
            ],
        };
        command.Arguments.Add(shell);
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(shell)!;
            if (!s_shells.Contains(name))
            {
                throw new UsageException($"there is no script for the shell '{name}'; there are scripts for {string.Join(", ", s_shells)}");
            }

            using Stream script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"squelch.{name}")!;
            script.CopyTo(terminal.Bytes);
            return ExitCode.Success;
        });
        return command;
    }
}
