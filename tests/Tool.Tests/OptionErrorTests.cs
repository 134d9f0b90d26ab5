namespace Squelch.Tool.Tests;

public sealed class OptionErrorTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task An_unknown_policy_is_answered_with_the_nearest_name()
        => await AssertError(ExitCode.Failure, "Marconi", "--policy", "Marcony");

    [Fact]
    public async Task A_gpu_that_is_required_and_not_there_is_an_error()
        => await AssertError(ExitCode.Failure, "no GPU", "--gpu", "require", "--gpu-device", "a device of another world");

    [Fact]
    public async Task An_unknown_gpu_mode_is_an_error()
        => await AssertError(ExitCode.Failure, "off, auto or require", "--gpu", "sometimes");

    [Fact]
    public async Task An_unknown_tunable_is_answered_with_the_nearest_name()
        => await AssertError(ExitCode.Failure, "Alpha", "--set", "Marconi.Alpa=1");

    [Fact]
    public async Task A_tunable_of_a_policy_without_any_is_refused()
        => await AssertError(ExitCode.Failure, "has none", "--policy", "Lru", "--set", "Lru.Alpha=1");

    [Fact]
    public async Task A_tunable_of_a_policy_that_is_not_replayed_is_refused()
        => await AssertError(ExitCode.Failure, "add it to --policy", "--policy", "Lru", "--set", "Marconi.Alpha=1");

    [Theory]
    [InlineData("Marconi.Alpha")]
    [InlineData("Alpha=1")]
    [InlineData("=1")]
    [InlineData(".Alpha=1")]
    [InlineData("Marconi.=1")]
    [InlineData("Marconi.Alpha=much")]
    [InlineData("Marconi.Alpha=NaN")]
    public async Task A_malformed_set_is_a_usage_error(string setting)
        => await AssertError(ExitCode.Usage, setting, "--set", setting);

    [Theory]
    [InlineData("0.5")]
    [InlineData("0")]
    [InlineData("-3")]
    public async Task The_window_multiplier_is_a_whole_number_of_at_least_one(string value)
        => await AssertError(ExitCode.Failure, "whole number", "--set", $"Marconi.BootstrapMultiplier={value}");

    [Fact]
    public async Task Alpha_outside_its_range_is_refused()
        => await AssertError(ExitCode.Failure, "between 0 and 2", "--alpha", "3");

    [Fact]
    public async Task Alpha_that_is_no_number_is_a_usage_error()
        => await AssertError(ExitCode.Usage, "not a number", "--alpha", "high");

    [Fact]
    public async Task Alpha_without_a_policy_that_has_it_is_refused()
        => await AssertError(ExitCode.Failure, "--policy Marconi", "--policy", "Lru", "--alpha", "1");

    [Theory]
    [InlineData("0")]
    [InlineData("20QB")]
    [InlineData("")]
    [InlineData("20GB,0")]
    public async Task A_capacity_that_is_none_is_a_usage_error(string capacity)
        => await AssertError(ExitCode.Usage, "20GB", "--capacity", capacity);

    [Fact]
    public async Task A_capacity_below_one_checkpoint_and_one_token_is_refused_with_the_least_that_works()
        => await AssertError(ExitCode.Failure, "27MB or more", "--capacity", "26MB");

    [Fact]
    public async Task A_missing_model_file_is_named()
        => await AssertError(ExitCode.Failure, "no-such-model.json", "--model", "no-such-model.json");

    [Theory]
    [InlineData("--requests")]
    [InlineData("--victims")]
    public async Task Rows_of_two_policies_are_a_usage_error_and_leave_no_file(string option)
    {
        await AssertError(ExitCode.Usage, "exactly one trace, policy and capacity", option, _workplace.PathOf("rows.csv"), "--policy", "Marconi,Lru");
        Assert.Empty(_workplace.Results);
    }

    [Fact]
    public async Task Rows_of_two_capacities_are_a_usage_error()
        => await AssertError(ExitCode.Usage, "exactly one", "--victims", _workplace.PathOf("rows.csv"), "--policy", "Lru", "--capacity", "1GB,2GB");

    [Fact]
    public async Task No_jobs_at_all_are_a_usage_error()
        => await AssertError(ExitCode.Usage, "--jobs 0", "--jobs", "0");

    [Fact]
    public async Task An_unknown_option_is_answered_with_the_nearest_one()
        => await AssertError(ExitCode.Usage, "did you mean '--capacity'?", "--capasity=20GB");

    [Fact]
    public async Task A_missing_trace_is_named()
    {
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.PathOf("missing.jsonl"), "--quiet");
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("missing.jsonl", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_in_the_place_of_the_trace_is_named()
    {
        ToolRun run = await ToolRun.OfAsync("trace", "info", _workplace.Folder);
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains(_workplace.Folder, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_missing_policy_assembly_is_named()
        => await AssertError(ExitCode.Failure, "no such file", "--policies", _workplace.PathOf("Mine.dll"));

    [Fact]
    public async Task A_file_that_is_no_assembly_holds_no_policies()
        => await AssertError(ExitCode.Failure, "not a .NET assembly", "--policies", _workplace.Trace);

    [Fact]
    public async Task An_assembly_without_policies_is_refused()
        => await AssertError(ExitCode.Failure, "holds no policy", "--policies", typeof(FactAttribute).Assembly.Location);

    private async Task AssertError(int code, string part, params string[] options)
    {
        ToolRun run = await ToolRun.OfAsync(["replay", _workplace.Trace, .. options]);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(code, run.ExitCode);
        Assert.Empty(run.Out);
    }
}
