using System.Diagnostics;

namespace Squelch.Benchmarks;

/// <summary>Times several ways of doing one thing in turns, so that a busy machine disturbs all alike; medians are reported, as ratios.</summary>
internal static class Timing
{
    /// <summary>Median seconds of each action over so many rounds; half a second of each warms up, so that the JIT's last tier is measured.</summary>
    public static double[] Median(int rounds, params Action[] actions)
    {
        var seconds = new double[actions.Length][];
        for (int i = 0; i < actions.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            do
            {
                actions[i]();
            }
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < 0.5);
            seconds[i] = new double[rounds];
        }

        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                actions[i]();
                seconds[i][round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }

        return [.. seconds.Select(times => times.Order().ElementAt(times.Length / 2))];
    }
}
