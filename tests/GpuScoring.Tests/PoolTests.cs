namespace Squelch.GpuScoring.Tests;

/// <summary>A victim pool with a device in front of the policy chooses as one without, one victim or many, and may be looked into.</summary>
public sealed class PoolTests
{
    [Theory]
    [InlineData("Marconi")]
    [InlineData("Hyperbolic")]
    [InlineData("RandomLeaf")]
    [InlineData("Lfu")]
    public void TheDeviceChoosesTheSameVictims(string name)
    {
        using GpuScorer gpu = Replays.Simulator();
        using VictimPool device = Create(name, gpu.Accelerate);
        using VictimPool plain = Create(name, null);
        var random = new Random(4);
        double now = 0;
        int next = 0;
        for (int turn = 0; turn < 40; turn++)
        {
            var log = new List<PoolChange>();
            for (int i = 0; i < 8; i++)
            {
                int parent = random.Next(2) == 0 && next > 0 && plain.Contains(next - 1) ? next - 1 : VictimPool.None;
                log.Add(PoolChange.Insert(next++, ++now, parent, tokens: parent == VictimPool.None ? random.Next(1, 300) : 0, flags: (PoolFlags)random.Next(2)));
                log.Add(PoolChange.Hit(next - 1, now));
            }

            plain.Apply(log.ToArray());
            device.Apply(log.ToArray());
            int[] expected = new int[turn % 9];
            int[] victims = new int[expected.Length];
            int[] seen = new int[expected.Length];
            int[] keep = [next - 3, next - 9 < 0 ? 0 : next - 9];
            Assert.Equal(expected.Length, device.Peek(now, seen, keep));
            Assert.True(plain.TryEvict(now, expected, keep));
            Assert.True(device.TryEvict(now, victims, keep));
            Assert.Equal(expected, seen);
            Assert.Equal(expected, victims);
        }

        Assert.True(device.Selector is not GpuSelector { DeviceSelections: 0 });
        int[] slots = [.. Enumerable.Range(0, next).Where(plain.Contains)];
        double[] scores = new double[slots.Length];
        double[] own = new double[slots.Length];
        device.Score(now, slots, scores);
        plain.Score(now, slots, own);
        Assert.Equal(own, scores);
    }

    private static VictimPool Create(string name, Func<IVictimSelector, IVictimSelector>? accelerate)
    {
        RegisteredPolicy policy = Replays.Policies.Single(item => item.Descriptor.Name == name);
        double[] tunables = [.. policy.Descriptor.Tunables.Select(tunable => (tunable.Minimum + tunable.Maximum) / 2)];
        return new(policy.Descriptor, new() { Model = ModelShape.PaperHybrid, Seed = 5, Accelerate = accelerate }, (nodes, seed) => policy.CreateSelector(tunables, nodes, seed));
    }
}
