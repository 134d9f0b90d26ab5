using Squelch.Policies;

namespace Squelch.Lab.Tests.Replays;

/// <summary>Replays of a descriptor and a selector are those of the policy that declares them.</summary>
public sealed class AnyCacheReplayTests
{
    private static readonly Trace s_trace = new("agents", 1, [.. TraceGenerator.Generate(new() { Family = TraceFamily.Agent, Sessions = 12 })]);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void ADescriptorAndASelectorReplayAsThePolicyDoes(double alpha)
    {
        ReplayOptions options = new() { CapacityBytes = 2_000_000_000, Tunables = new Dictionary<string, double> { ["Alpha"] = alpha } };

        ReplayResult declared = Replay.Run<Marconi>(s_trace, options);
        ReplayResult made = Replay.Run(s_trace, options, Marconi.Descriptor, default(Marconi).CreateSelector);

        Assert.True(declared.LeafEvictions > 10);
        Assert.Equal(declared with { Seconds = 0 }, made with { Seconds = 0, Tunables = declared.Tunables, Explained = declared.Explained });
        Assert.Equal(alpha, made.Tunables["Alpha"]);
    }

    [Fact]
    public void AnotherDescriptorMakesAnotherCache()
    {
        ReplayOptions options = new() { CapacityBytes = 2_000_000_000 };

        ReplayResult leaves = Replay.Run(s_trace, options, RandomNode.Descriptor with { Candidates = Candidates.Leaves }, default(RandomNode).CreateSelector);

        Assert.Equal(0, leaves.JoinEvictions);
        Assert.True(Replay.Run<RandomNode>(s_trace, options).JoinEvictions > 0);
    }

    [Fact]
    public void AnUnknownTunableIsRefused()
    {
        ReplayOptions options = new() { CapacityBytes = 2_000_000_000, Tunables = new Dictionary<string, double> { ["Beta"] = 1 } };

        Assert.Contains("no tunable 'Beta'", Assert.Throws<SquelchException>(() => Replay.Run(s_trace, options, Marconi.Descriptor, default(Marconi).CreateSelector)).Message, StringComparison.Ordinal);
    }
}
