namespace Squelch.Tool.Tests;

public sealed class ResultFileTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void AFileAppearsWhenItIsCompleteAndNotBefore()
    {
        string path = _workplace.PathOf("a.csv");
        using (ResultFile file = ResultFile.Create(path))
        {
            file.Write("one\n");
            Assert.False(File.Exists(path));
            file.Complete();
        }

        Assert.Equal("one\n", File.ReadAllText(path));
        Assert.Equal(["a.csv"], _workplace.Results);
    }

    [Fact]
    public void AnIncompleteFileLeavesNothingBehindAndTheOldOneInPlace()
    {
        string path = _workplace.PathOf("a.csv");
        File.WriteAllText(path, "old");
        using (ResultFile file = ResultFile.Create(path))
        {
            file.Write("new");
        }

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a.csv"], _workplace.Results);
    }

    [Fact]
    public void ADiskThatFillsUpIsToldAndLeavesNoFile()
    {
        string path = _workplace.PathOf("a.csv");
        ToolException exception = Assert.Throws<ToolException>(() =>
        {
            using ResultFile file = ResultFile.Create(path, temporary => new FillingStream(File.Create(temporary), room: 100_000));
            for (int i = 0; i < 100_000; i++)
            {
                file.Write("0123456789\n");
            }

            file.Complete();
        });

        Assert.Contains("disk is full", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_workplace.Results);
    }

    [Fact]
    public void ADiskThatFillsUpWithTheLastBytesLeavesNoFile()
    {
        string path = _workplace.PathOf("a.csv");
        using (ResultFile file = ResultFile.Create(path, temporary => new FillingStream(File.Create(temporary), room: 2)))
        {
            file.Write("one\n");
            Assert.Throws<ToolException>(file.Complete);
        }

        Assert.Empty(_workplace.Results);
    }

    [SkippableFact]
    public async Task AFullDeviceFailsTheReplay()
    {
        Skip.IfNot(File.Exists("/dev/full"), "this system has no /dev/full");

        foreach (string option in (string[])["--json", "--requests", "--victims"])
        {
            ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, "--policy", "Lru", option, "/dev/full");
            Assert.Equal(ExitCode.Output, run.ExitCode);
            Assert.Contains("disk is full", run.Error, StringComparison.Ordinal);
        }

        Assert.True(File.Exists("/dev/full"));
    }

    [SkippableFact]
    public async Task AFullDiskTakesTheOtherResultsOfTheReplayWithIt()
    {
        Skip.IfNot(File.Exists("/dev/full"), "this system has no /dev/full");

        ToolRun run = await ToolRun.OfAsync(
            "replay", _workplace.Trace, "--policy", "Lru", "--requests", _workplace.PathOf("requests.csv"), "--json", "/dev/full");
        Assert.Equal(ExitCode.Output, run.ExitCode);
        Assert.Empty(_workplace.Results);
    }

    [Fact]
    public async Task AMissingFolderIsToldBeforeTheReplayStarts()
    {
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, "--policy", "Lru", "--json", Path.Combine(_workplace.Folder, "none", "a.json"));
        Assert.Equal(ExitCode.Output, run.ExitCode);
        Assert.Contains("folder does not exist", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderInThePlaceOfTheFileIsTold()
    {
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, "--policy", "Lru", "--json", _workplace.Folder);
        Assert.Equal(ExitCode.Output, run.ExitCode);
        Assert.Contains("it is a folder", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReplayThatFailsLeavesNoResults()
    {
        string broken = _workplace.PathOf("broken.jsonl");
        File.WriteAllText(broken, "{\"input_tokens\": [1, 2");
        ToolRun run = await ToolRun.OfAsync("replay", broken, "--policy", "Lru", "--json", _workplace.PathOf("a.json"), "--victims", _workplace.PathOf("a.csv"));
        Assert.Equal(ExitCode.Input, run.ExitCode);
        Assert.Equal(["broken.jsonl"], _workplace.Results);
    }

    [Fact]
    public async Task AnInterruptedReplayExitsWith130AndLeavesNoResults()
    {
        ToolRun run = await ToolRun.OfAsync(new CancellationToken(canceled: true), "replay", _workplace.Trace, "--policy", "Lru", "--json", _workplace.PathOf("a.json"));
        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Empty(_workplace.Results);
    }

    /// <summary>Renaming would replace it all the same, and for an administrator whatever its mode.</summary>
    [Fact]
    public async Task AWriteProtectedFileIsNotReplaced()
    {
        string path = _workplace.PathOf("kept.jsonl");
        await File.WriteAllTextAsync(path, "kept");
        new FileInfo(path).IsReadOnly = true;
        ToolRun run = await ToolRun.OfAsync("trace", "convert", _workplace.Trace, "--out", path);

        Assert.Equal(ExitCode.Output, run.ExitCode);
        Assert.Contains("write-protected file", run.Error, StringComparison.Ordinal);
        Assert.Equal("kept", await File.ReadAllTextAsync(path));
    }

    [SkippableFact]
    public void AWriteProtectedFolderGetsNoFile()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new SkipException("folders are not write-protected in this way on Windows");
        }

        string folder = _workplace.PathOf("protected");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Contains("folder is write-protected", Assert.Throws<ToolException>(() => ResultFile.Create(Path.Combine(folder, "new.json"))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData("trace", "convert", "--out")]
    [InlineData("replay", "--policy=Lru", "--json")]
    [InlineData("replay", "--policy=Lru", "--report")]
    public async Task WhatIsReadIsNotReplaced(string command, string more, string option)
    {
        string before = await File.ReadAllTextAsync(_workplace.Trace);
        string other = Path.Combine(_workplace.Folder, ".", Path.GetFileName(_workplace.Trace));
        ToolRun run = await ToolRun.OfAsync(command, more, _workplace.Trace, option, other);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("read by the same command", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_workplace.Trace));
    }

    [Fact]
    public void ALinkIsFollowedAndStaysALink()
    {
        string target = _workplace.PathOf("target.csv");
        string link = _workplace.PathOf("link.csv");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);
        using (ResultFile file = ResultFile.Create(link))
        {
            file.Write("new");
            file.Complete();
        }

        Assert.Equal("new", File.ReadAllText(target));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }
}
