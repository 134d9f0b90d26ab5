using System.CommandLine;

namespace Squelch.Tool.Tests;

public class HelpTests
{
    private static readonly string[] s_typeNames = ["System.", "Ticks]", "Exponential]", "Chat]", "True]", "False]", "[default: ]", "[]"];

    /// <summary>All command lines that lead to a command, as one string each.</summary>
    public static TheoryData<string> Commands => [.. Paths(SquelchCommand.Create(Terminal.Plain(Stream.Null, TextWriter.Null)), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task EveryCommandShowsItsExamples(string path)
    {
        string help = await HelpAsync(path);
        string examples = help[help.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains($"squelch{path}", examples, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task DefaultsAreWrittenAsAUserWritesThem(string path)
    {
        string help = await HelpAsync(path);
        Assert.All(s_typeNames, name => Assert.DoesNotContain(name, help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheHelpOfSquelchListsEveryExitCode()
    {
        string help = await HelpAsync("");
        int[] codes = [.. typeof(ExitCode).GetFields().Where(field => field.IsLiteral).Select(field => (int)field.GetRawConstantValue()!)];
        Assert.Equal(codes.Order(), ExitCode.All.Select(row => row.Code).Order());
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.All(ExitCode.All, row => Assert.Matches($@"\n  {row.Code}\s+{row.Meaning}\n", help));
    }

    /// <summary>Every number an option takes is refused with what is wanted and an example.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public async Task ANumberThatIsNoneIsAnsweredWithAnExample(string path)
    {
        Command command = path.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate((Command)SquelchCommand.Create(Terminal.Plain(Stream.Null, TextWriter.Null)), (at, name) => at.Subcommands.Single(sub => sub.Name == name));
        foreach (Option option in command.Options.Where(option => IsNumber(option.ValueType)))
        {
            ToolRun run = await ToolRun.OfAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), option.Name, "abc"]);
            Assert.Equal(ExitCode.Usage, run.ExitCode);
            Assert.Matches($@"{option.Name} 'abc' is not a .*; write it as in {option.Name} [0-9]", run.Error);
            Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("replay", "--seed")]
    [InlineData("trace", "plot", "x", "--out")]
    public async Task AnOptionWithoutItsValueSaysWhatItWants(params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync(args);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains($"{args[^1]} wants a value: {args[^1]} <", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replay", "t.jsonl", "--capacity", "20", "GB")]
    [InlineData("replay", "--capacity", "20", "gib", "t.jsonl")]
    [InlineData("explain-victim", "t.jsonl", "--request", "1", "--capacity", "20", "GB")]
    public async Task ASizeInTwoWordsIsExplained(params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync(args);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("write a size as one word, as in --capacity 20G", run.Error, StringComparison.Ordinal);
    }

    private static bool IsNumber(Type type) => type.IsPrimitive && type != typeof(bool);

    private static async Task<string> HelpAsync(string path)
    {
        ToolRun run = await ToolRun.OfAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        return run.Out;
    }

    private static IEnumerable<string> Paths(Command command, string path)
        => command.Subcommands.SelectMany(sub => Paths(sub, $"{path} {sub.Name}")).Prepend(path);
}
