using System.Globalization;

namespace Squelch.Tool;

/// <summary>The traces of a study, one after the other, so that no more than one is held in memory.</summary>
internal static class Workloads
{
    private const double AgentGapSeconds = 7.5;
    private const double ChatGapSeconds = 100;

    /// <summary>Those made from seeds.</summary>
    public static IEnumerable<Workload> Generated(StudyScale scale)
    {
        for (ulong seed = 0; seed < (ulong)scale.Seeds; seed++)
        {
            yield return Make(StudyGroup.Chats, TraceFamily.Chat, "chats", new() { Think = ThinkTime.LogNormal, ThinkSeconds = ChatGapSeconds, Seed = seed });
            Workload agents = Make(StudyGroup.Agents, TraceFamily.Agent, "agents", new() { Think = ThinkTime.Poisson, ThinkSeconds = AgentGapSeconds, Seed = seed });
            yield return agents;
            yield return Elided(StudyGroup.Elided, agents);
            yield return Elided(StudyGroup.ElidedExponential, Make(StudyGroup.ElidedExponential, TraceFamily.Agent, "agents-exp", new() { Think = ThinkTime.Exponential, ThinkSeconds = AgentGapSeconds, Seed = seed }));
        }

        Workload Make(StudyGroup group, TraceFamily family, string name, SessionTimes times)
            => new(group, new(string.Create(CultureInfo.InvariantCulture, $"{name}-{times.Seed}"), 1, [.. TraceGenerator.Generate(new() { Family = family, Sessions = scale.Sessions, Times = times })]));
    }

    /// <summary>The trace, where it can be studied.</summary>
    /// <exception cref="UsageException">It is a trace of keys.</exception>
    public static Trace Checked(Trace trace)
        => trace.Model is null ? trace : throw new UsageException($"'{trace.Name}' is a trace of keys; the study is about requests with prompts. Leave it out.");

    /// <summary>What the study replays of a given trace: the trace itself and, of agents, the trace with old observations elided.</summary>
    public static IEnumerable<Workload> Given(Trace trace)
    {
        var given = new Workload(StudyGroup.Given, trace);
        return ObservationElision.Suits(trace) ? [given, Elided(StudyGroup.GivenElided, given)] : [given];
    }

    private static Workload Elided(StudyGroup group, Workload agents) => new(group, ObservationElision.Of(agents.Trace, agents.Trace.Name + "-elided"));
}
