namespace Squelch.Tool.Tests;

public sealed class ResultFileTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void A_file_appears_when_it_is_complete_and_not_before()
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
    public void An_incomplete_file_leaves_nothing_behind_and_the_old_one_in_place()
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
    public void A_disk_that_fills_up_is_told_and_leaves_no_file()
    {
        string path = _workplace.PathOf("a.csv");
        SquelchException exception = Assert.Throws<SquelchException>(() =>
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
    public void A_disk_that_fills_up_with_the_last_bytes_leaves_no_file()
    {
        string path = _workplace.PathOf("a.csv");
        using (ResultFile file = ResultFile.Create(path, temporary => new FillingStream(File.Create(temporary), room: 2)))
        {
            file.Write("one\n");
            Assert.Throws<SquelchException>(file.Complete);
        }

        Assert.Empty(_workplace.Results);
    }

    [Fact]
    public async Task A_full_device_fails_the_replay()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        foreach (string option in (string[])["--json", "--requests", "--victims"])
        {
            ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, "--policy", "Lru", option, "/dev/full");
            Assert.Equal(ExitCode.Failure, run.ExitCode);
            Assert.Contains("disk is full", run.Error, StringComparison.Ordinal);
        }

        Assert.True(File.Exists("/dev/full"));
    }

    [Fact]
    public async Task A_full_disk_takes_the_other_results_of_the_replay_with_it()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        ToolRun run = await ToolRun.OfAsync(
            "replay", _workplace.Trace, "--policy", "Lru", "--requests", _workplace.PathOf("requests.csv"), "--json", "/dev/full");
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Empty(_workplace.Results);
    }

    [Fact]
    public async Task A_missing_folder_is_told_before_the_replay_starts()
    {
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, "--policy", "Lru", "--json", Path.Combine(_workplace.Folder, "none", "a.json"));
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("folder does not exist", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_in_the_place_of_the_file_is_told()
    {
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.Trace, "--policy", "Lru", "--json", _workplace.Folder);
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("it is a folder", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_that_fails_leaves_no_results()
    {
        string broken = _workplace.PathOf("broken.jsonl");
        File.WriteAllText(broken, "{\"input_tokens\": [1, 2");
        ToolRun run = await ToolRun.OfAsync("replay", broken, "--policy", "Lru", "--json", _workplace.PathOf("a.json"), "--victims", _workplace.PathOf("a.csv"));
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Equal(["broken.jsonl"], _workplace.Results);
    }

    [Fact]
    public async Task An_interrupted_replay_exits_with_130_and_leaves_no_results()
    {
        ToolRun run = await ToolRun.OfAsync(new CancellationToken(canceled: true), "replay", _workplace.Trace, "--policy", "Lru", "--json", _workplace.PathOf("a.json"));
        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Empty(_workplace.Results);
    }

    /// <summary>Renaming would replace it all the same, and for an administrator whatever its mode.</summary>
    [Fact]
    public async Task A_write_protected_file_is_not_replaced()
    {
        string path = _workplace.PathOf("kept.jsonl");
        await File.WriteAllTextAsync(path, "kept");
        new FileInfo(path).IsReadOnly = true;
        ToolRun run = await ToolRun.OfAsync("trace", "convert", _workplace.Trace, "--out", path);

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("write-protected file", run.Error, StringComparison.Ordinal);
        Assert.Equal("kept", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public void A_write_protected_folder_gets_no_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string folder = _workplace.PathOf("protected");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Contains("folder is write-protected", Assert.Throws<SquelchException>(() => ResultFile.Create(Path.Combine(folder, "new.json"))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData("trace", "convert", "--out")]
    [InlineData("trace", "plot", "--out")]
    [InlineData("replay", "--policy=Lru", "--json")]
    [InlineData("replay", "--policy=Lru", "--report")]
    public async Task What_is_read_is_not_replaced(string command, string more, string option)
    {
        string before = await File.ReadAllTextAsync(_workplace.Trace);
        string other = Path.Combine(_workplace.Folder, ".", Path.GetFileName(_workplace.Trace));
        ToolRun run = await ToolRun.OfAsync(command, more, _workplace.Trace, option, other);

        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("read by the same command", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(_workplace.Trace));
    }

    [Fact]
    public void A_link_is_followed_and_stays_a_link()
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
