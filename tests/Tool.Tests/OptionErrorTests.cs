namespace Squelch.Tool.Tests;

public sealed class OptionErrorTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task AnUnknownPolicyIsAnsweredWithTheNearestName()
        => await AssertError(ExitCode.Usage, "Marconi", "--policy", "Marcony");

    [Fact]
    public async Task AGpuThatIsRequiredAndNotThereIsAnError()
        => await AssertError(ExitCode.Usage, "no GPU", "--gpu", "require", "--gpu-device", "a device of another world");

    [Fact]
    public async Task AnUnknownGpuModeIsAnError()
        => await AssertError(ExitCode.Usage, "off, auto or require", "--gpu", "sometimes");

    [Fact]
    public async Task AnUnknownTunableIsAnsweredWithTheNearestName()
        => await AssertError(ExitCode.Usage, "Alpha", "--set", "Marconi.Alpa=1");

    [Fact]
    public async Task ATunableOfAPolicyWithoutAnyIsRefused()
        => await AssertError(ExitCode.Usage, "has none", "--policy", "Lru", "--set", "Lru.Alpha=1");

    [Fact]
    public async Task ATunableOfAPolicyThatIsNotReplayedIsRefused()
        => await AssertError(ExitCode.Usage, "add it to --policy", "--policy", "Lru", "--set", "Marconi.Alpha=1");

    [Theory]
    [InlineData("Marconi.Alpha")]
    [InlineData("Alpha=1")]
    [InlineData("=1")]
    [InlineData(".Alpha=1")]
    [InlineData("Marconi.=1")]
    [InlineData("Marconi.Alpha=much")]
    [InlineData("Marconi.Alpha=NaN")]
    public async Task AMalformedSetIsAUsageError(string setting)
        => await AssertError(ExitCode.Usage, setting, "--set", setting);

    [Theory]
    [InlineData("0.5")]
    [InlineData("0")]
    [InlineData("-3")]
    public async Task TheWindowMultiplierIsAWholeNumberOfAtLeastOne(string value)
        => await AssertError(ExitCode.Usage, "whole number", "--set", $"Marconi.BootstrapMultiplier={value}");

    [Fact]
    public async Task AlphaOutsideItsRangeIsRefused()
        => await AssertError(ExitCode.Usage, "between 0 and 2", "--alpha", "3");

    [Fact]
    public async Task AlphaThatIsNoNumberIsAUsageError()
        => await AssertError(ExitCode.Usage, "not a number; write it as in --alpha 0.5", "--alpha", "high");

    [Fact]
    public async Task AlphaWithoutAPolicyThatHasItIsRefused()
        => await AssertError(ExitCode.Usage, "--policy Marconi", "--policy", "Lru", "--alpha", "1");

    [Theory]
    [InlineData("0")]
    [InlineData("20QB")]
    [InlineData(",")]
    [InlineData("20GB,0")]
    public async Task ACapacityThatIsNoneIsAUsageError(string capacity)
        => await AssertError(ExitCode.Usage, "20GB", "--capacity", capacity);

    [Fact]
    public async Task ACapacityBelowOneCheckpointAndOneTokenIsRefusedWithTheLeastThatWorks()
        => await AssertError(ExitCode.Usage, "27MB or more", "--capacity", "26MB");

    [Fact]
    public async Task AMissingModelFileIsNamed()
        => await AssertError(ExitCode.Input, "no-such-model.json", "--model", "no-such-model.json");

    [Theory]
    [InlineData("--requests")]
    [InlineData("--victims")]
    public async Task RowsOfTwoPoliciesAreAUsageErrorAndLeaveNoFile(string option)
    {
        await AssertError(ExitCode.Usage, "exactly one trace, policy and capacity", option, _workplace.PathOf("rows.csv"), "--policy", "Marconi,Lru");
        Assert.Empty(_workplace.Results);
    }

    [Fact]
    public async Task RowsOfTwoCapacitiesAreAUsageError()
        => await AssertError(ExitCode.Usage, "exactly one", "--victims", _workplace.PathOf("rows.csv"), "--policy", "Lru", "--capacity", "1GB,2GB");

    [Fact]
    public async Task NoJobsAtAllAreAUsageError()
        => await AssertError(ExitCode.Usage, "1 or more", "--jobs", "0");

    [Fact]
    public async Task AnUnknownOptionIsAnsweredWithTheNearestOne()
        => await AssertError(ExitCode.Usage, "did you mean '--capacity'?", "--capasity=20GB");

    [Fact]
    public async Task AMissingTraceIsNamed()
    {
        ToolRun run = await ToolRun.OfAsync("replay", _workplace.PathOf("missing.jsonl"), "--quiet");
        Assert.Equal(ExitCode.Input, run.ExitCode);
        Assert.Contains("missing.jsonl", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderInThePlaceOfTheTraceIsNamed()
    {
        ToolRun run = await ToolRun.OfAsync("trace", "info", _workplace.Folder);
        Assert.Equal(ExitCode.Input, run.ExitCode);
        Assert.Contains(_workplace.Folder, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task AMissingPolicyAssemblyIsNamed()
        => await AssertError(ExitCode.Policy, "no such file", "--policies", _workplace.PathOf("Mine.dll"));

    [Fact]
    public async Task AFileThatIsNoAssemblyHoldsNoPolicies()
        => await AssertError(ExitCode.Policy, "not a .NET assembly", "--policies", _workplace.Trace);

    [Fact]
    public async Task AnAssemblyWithoutPoliciesIsRefused()
        => await AssertError(ExitCode.Policy, "holds no policy", "--policies", typeof(FactAttribute).Assembly.Location);

    [Fact]
    public async Task AFolderOfPoliciesIsNoAssembly()
        => await AssertError(ExitCode.Policy, "it is a folder", "--policies", _workplace.Folder);

    [Theory]
    [InlineData("--capacity")]
    [InlineData("--json")]
    [InlineData("--model")]
    [InlineData("--plots")]
    [InlineData("--policies")]
    [InlineData("--policy")]
    [InlineData("--rank")]
    [InlineData("--report")]
    [InlineData("--resume")]
    [InlineData("--seed")]
    [InlineData("--set")]
    public async Task AnEmptyValueIsNoValue(string option)
    {
        await AssertError(ExitCode.Usage, $"{option} wants a value: {option} <", option, "");
        await AssertError(ExitCode.Usage, $"{option} wants a value: {option} <", option, " ");
    }

    [Theory]
    [InlineData("replay", "")]
    [InlineData("explain", "")]
    [InlineData("trace", "info", "")]
    [InlineData("compare", "", "")]
    public async Task AnEmptyArgumentIsNone(params string[] args)
    {
        ToolRun run = await ToolRun.OfAsync(args);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("is empty; give it a value", run.Error, StringComparison.Ordinal);
    }

    /// <summary>The second time without a value, which the first would stand for.</summary>
    [Theory]
    [InlineData("--seed", "1")]
    [InlineData("--policy", "Lru")]
    [InlineData("--json", "x.json")]
    public async Task AnOptionThatIsGivenAgainWantsItsValueAgain(string option, string value)
        => await AssertError(ExitCode.Usage, $"{option} wants a value", option, value, option);

    [Fact]
    public async Task AnOptionForOneValueIsGivenOnce()
        => await AssertError(ExitCode.Usage, "--seed is given 2 times; give it once", "--seed", "1", "--seed", "2");

    [Theory]
    [InlineData("--set", "Marconi.Alpha=1", "--set", "marconi.alpha=2")]
    [InlineData("--alpha", "1", "--set", "Marconi.Alpha=2")]
    public async Task ATunableIsSetOnce(params string[] options)
        => await AssertError(ExitCode.Usage, "is set twice", options);

    [Fact]
    public async Task UnitSizesAreForKeys()
        => await AssertError(ExitCode.Usage, "--unit-sizes is for key traces", "--unit-sizes");

    [Fact]
    public async Task AUnitThatStandsAloneIsNoSizeWhereNoneIsAskedFor()
        => Assert.DoesNotContain("stands alone", (await ToolRun.OfAsync("explain", "Lru", "b")).Error, StringComparison.Ordinal);

    private async Task AssertError(int code, string part, params string[] options)
    {
        ToolRun run = await ToolRun.OfAsync(["replay", _workplace.Trace, .. options]);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(code, run.ExitCode);
        Assert.Empty(run.Out);
    }
}
