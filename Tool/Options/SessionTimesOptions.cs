using System.CommandLine;

namespace Squelch.Tool;

/// <summary>The options that say when sessions begin and go on.</summary>
internal sealed class SessionTimesOptions
{
    private static readonly Dictionary<string, ThinkTime> s_thinkTimes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["poisson"] = ThinkTime.Poisson,
        ["exponential"] = ThinkTime.Exponential,
        ["lognormal"] = ThinkTime.LogNormal,
    };

    private readonly Option<double> _rate = new("--rate") { Description = "Sessions that begin per second.", HelpName = "n", DefaultValueFactory = _ => 1 };

    private readonly Option<ThinkTime> _think = new("--think")
    {
        Description = "How the time between a session's requests is distributed: poisson, exponential or lognormal.",
        HelpName = "name",
        CustomParser = result => NamedValue.Parse(result, "--think", s_thinkTimes),
        DefaultValueFactory = _ => ThinkTime.Exponential,
    };

    private readonly Option<double> _mean = new("--think-seconds") { Description = "Mean time between a session's requests.", HelpName = "s", DefaultValueFactory = _ => 10 };

    private readonly Option<ulong> _seed = new("--seed") { Description = "The same seed gives the same trace.", HelpName = "n", DefaultValueFactory = _ => 0 };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_rate, _think, _mean, _seed];

    /// <summary>What they say, or null where none was given.</summary>
    public SessionTimes? Given(ParseResult parsed) => All.Any(option => parsed.GetResult(option) is { Implicit: false }) ? Read(parsed) : null;

    /// <summary>What they say.</summary>
    public SessionTimes Read(ParseResult parsed)
        => new() { SessionsPerSecond = parsed.GetValue(_rate), Think = parsed.GetValue(_think), ThinkSeconds = parsed.GetValue(_mean), Seed = parsed.GetValue(_seed) };
}
