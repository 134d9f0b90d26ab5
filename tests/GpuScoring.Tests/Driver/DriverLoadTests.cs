using Squelch.GpuCheck;

namespace Squelch.GpuScoring.Tests.Driver;

/// <summary>Threads read as many rows at once as 16 bytes of a column hold: no row is left out or read twice, and what lies past the last one is never chosen.</summary>
[Collection(FakeCudaGroup.Name)]
public sealed class DriverLoadTests
{
    private const int Threads = 8;

    /// <summary>Around one load (2 or 4 rows), what a group reads (16 or 32), and what all 16 groups read (256 or 512); odd lengths also where a column begins.</summary>
    [Theory]
    [InlineData("Marconi")]
    [InlineData("Hyperbolic")]
    [InlineData("Lfu")]
    [InlineData("RandomNode")]
    [InlineData("SinglePrecisionScores")]
    [InlineData("SinglePrecisionTerms")]
    public void LengthsAroundLoadsAndGroups(string policy)
    {
        foreach (int rows in new[] { 2, 3, 4, 5, 6, 15, 16, 17, 31, 32, 33, 34, 255, 256, 257, 258, 259, 511, 512, 513, 701 })
        {
            // Row 0 is the root, which is no candidate.
            var nodes = new Nodes(Replays.Policies.Single(known => known.Descriptor.Name == policy), rows - 1, rows, selector => selector);
            var all = new int[nodes.Selector.CandidateCount];
            nodes.Selector.Lowest(nodes.Now, all);
            using GpuScorer gpu = FakeCuda.Start(rows).Open(threads: Threads);
            using var device = (GpuSelector)gpu.Accelerate(nodes.Selector);
            int[] changed = [.. Enumerable.Range(0, rows)];
            var scales = new Extremes<double>[((IDeviceScored)nodes.Selector).DeviceShape.ScaledTerms.Length];
            foreach (int wanted in new[] { 1, Math.Min(7, all.Length), all.Length })
            {
                int[] chosen = Rows(device.Device!.Choose(nodes.Now, rows, changed, wanted, scales));
                changed = [];
                Assert.Equal(chosen.Distinct().Count(), chosen.Length);
                Assert.Empty(chosen.Except(all));
                Assert.Empty(all.Take(wanted).Except(chosen));
            }
        }
    }

    private static int[] Rows(ReadOnlySpan<ulong> answer)
    {
        var rows = new int[answer.Length / 2];
        for (int index = 0; index < rows.Length; index++)
        {
            rows[index] = (int)answer[2 * index];
        }

        return rows;
    }
}
