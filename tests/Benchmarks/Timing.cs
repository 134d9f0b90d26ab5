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

    /// <summary>
    /// The least CPU time of each action, of all threads, so that a second core hides nothing and a busy machine adds little. The actions take turns; half a
    /// second of each warms up, and short ones are repeated until a turn takes a tenth of a second.
    /// </summary>
    public static TimeSpan[] Cpu(int rounds, params Action[] actions)
    {
        int[] repeats = [.. actions.Select(Repeats)];
        var times = new TimeSpan[actions.Length][];
        for (int i = 0; i < actions.Length; i++)
        {
            times[i] = new TimeSpan[rounds];
        }

        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                TimeSpan start = Environment.CpuUsage.TotalTime;
                for (int repeat = 0; repeat < repeats[i]; repeat++)
                {
                    actions[i]();
                }

                times[i][round] = (Environment.CpuUsage.TotalTime - start) / repeats[i];
            }
        }

        return [.. times.Select(of => of.Min())];
    }

    private static int Repeats(Action action)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        int runs = 0;
        TimeSpan used;
        do
        {
            action();
            runs++;
            used = Environment.CpuUsage.TotalTime - start;
        }
        while (used.TotalSeconds < 0.5);
        return Math.Max(1, (int)(0.1 * runs / used.TotalSeconds));
    }
}
