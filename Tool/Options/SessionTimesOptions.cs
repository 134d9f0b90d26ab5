using System.CommandLine;

namespace Squelch.Tool;

/// <summary>The options that say when sessions begin and go on.</summary>
internal sealed class SessionTimesOptions
{
    private readonly NumberOption<double> _rate = new("--rate", "a number from 0.000001 to 1000000000", "5", value => value is >= 1e-6 and <= 1e9)
    {
        Description = "Sessions that begin per second.",
        DefaultValueFactory = _ => 1,
    };

    private readonly NamedOption<ThinkTime> _think = new("--think", ("exponential", ThinkTime.Exponential), ("poisson", ThinkTime.Poisson), ("lognormal", ThinkTime.LogNormal))
    {
        Description = "How the time between a session's requests is distributed.",
    };

    private readonly NumberOption<double> _mean = new("--think-seconds", "a number of seconds above 0", "10", value => value > 0)
    {
        Description = "Mean time between a session's requests.",
        HelpName = "s",
        DefaultValueFactory = _ => 10,
    };

    private readonly NumberOption<ulong> _seed = new("--seed", "a whole number from 0 to 18446744073709551615", "7")
    {
        Description = "The same seed gives the same trace.",
        DefaultValueFactory = _ => 0,
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_rate, _think, _mean, _seed];

    /// <summary>What they say, or null where none was given.</summary>
    public SessionTimes? Given(ParseResult parsed) => All.Any(option => parsed.GetResult(option) is { Implicit: false }) ? Read(parsed) : null;

    /// <summary>What they say.</summary>
    public SessionTimes Read(ParseResult parsed)
        => new() { SessionsPerSecond = parsed.GetValue(_rate), Think = _think.Of(parsed), ThinkSeconds = parsed.GetValue(_mean), Seed = parsed.GetValue(_seed) };
}
