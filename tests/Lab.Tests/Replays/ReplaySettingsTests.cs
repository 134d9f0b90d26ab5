using System.Reflection;

namespace Squelch.Lab.Tests.Replays;

public sealed class ReplaySettingsTests
{
    private static readonly ReplaySettings s_usual = new() { CapacityBytes = 1 };

    /// <summary>Another value of each property; a new property fails the test until it has one here.</summary>
    private static readonly Dictionary<string, object> s_others = new()
    {
        [nameof(ReplaySettings.CapacityBytes)] = 2L,
        [nameof(ReplaySettings.Model)] = ModelShape.Keys,
        [nameof(ReplaySettings.Seed)] = 1UL,
        [nameof(ReplaySettings.Tunables)] = new Dictionary<string, double> { ["Alpha"] = 0.1 },
        [nameof(ReplaySettings.BootstrapMultiplier)] = 7,
        [nameof(ReplaySettings.Clock)] = ReplayClock.Time,
        [nameof(ReplaySettings.Ttft)] = TtftMap.TinyHybrid,
        [nameof(ReplaySettings.Noise)] = new OracleNoise(0.5),
    };

    public static TheoryData<string> Properties => [.. typeof(ReplaySettings).GetProperties().Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Properties))]
    public void EverySettingIsPartOfTheIdentity(string name)
    {
        ReplaySettings other = s_usual with { };
        PropertyInfo property = typeof(ReplaySettings).GetProperty(name)!;
        property.SetValue(other, s_others[name]);

        Assert.NotEqual(s_usual.Identity(), other.Identity());
    }

    [Fact]
    public void TheOrderOfTunablesIsNot()
    {
        ReplaySettings first = s_usual with { Tunables = new Dictionary<string, double> { ["A"] = 1, ["B"] = 2 } };
        ReplaySettings second = s_usual with { Tunables = new Dictionary<string, double> { ["B"] = 2, ["A"] = 1 } };

        Assert.Equal(first.Identity(), second.Identity());
    }
}
