using Squelch.GpuCheck;

namespace Squelch.GpuScoring.Tests.Driver;

/// <summary>What kernels of build time know of blocks of rows stays true while rows change, come and go, and spares them most rows.</summary>
[Collection(FakeCudaGroup.Name)]
public sealed class DriverSummaryTests
{
    private const int Rows = 1 << 15;

    /// <summary>One of each kind: two scaled terms, none, a heap, a list, further scores, single precision.</summary>
    public static TheoryData<string> Kinds => ["Marconi", "Hyperbolic", "Gdsf", "Lru", "ReuseRate", "SinglePrecisionTerms", "SinglePrecisionScores"];

    [Fact]
    public void EveryPolicyWhoseBlocksAreSummarisedHasItsBoundAsPtx()
    {
        IDeviceScored[] scored = [.. Replays.Policies.Where(DriverAgreementTests.HasPtx).Select(PtxText.Selector)];
        Assert.All(scored, selector => Assert.Equal(selector.DeviceShape.Summarized, selector.Ptx!.Bound is not null));
        Assert.InRange(scored.Count(selector => selector.Ptx!.Bound is not null), 20, scored.Length - 1);
    }

    /// <summary>Rows come until memory grows twice, change, tie and go.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void TurnoverGrowthAndTies(string policy)
    {
        using GpuScorer gpu = FakeCuda.Start(11).Open(threads: 32, leastSummarizedRows: 0);
        var leaves = new Leaves(policy, gpu);
        using GpuSelector selector = leaves.Selector;
        foreach (int target in new[] { 900, 1100, 2300, 2400, 4200 })
        {
            leaves.Grow(target);
            foreach (int wanted in new[] { 1, 30, 30, 200, 1 })
            {
                Compare(selector, leaves.Next(), wanted).ForEach(victim => selector.SetCandidate(victim, false));
            }
        }

        Assert.True(selector.HasDevice, "the device was given up");
    }

    /// <summary>A row that is NaN in a column brings the scan of all rows back, whichever way the selection went that met it: one victim, several by counts of keys, several by a guess.</summary>
    [Theory]
    [InlineData("Marconi", 1)]
    [InlineData("Marconi", 150)]
    [InlineData("Lru", 1)]
    [InlineData("Lru", 40)]
    [InlineData("Lru", 150)]
    [InlineData("SinglePrecisionTerms", 1)]
    [InlineData("SinglePrecisionTerms", 40)]
    public void NaNThatComesLate(string policy, int wanted)
    {
        FakeCuda cuda = FakeCuda.Start(12);
        using GpuScorer gpu = cuda.Open(threads: 32, leastSummarizedRows: 0);
        var leaves = new Leaves(policy, gpu);
        using GpuSelector selector = leaves.Selector;
        leaves.Grow(1500);
        Compare(selector, leaves.Next(), 200);
        foreach (double value in new[] { double.NaN, 1 })
        {
            leaves.WriteLast(value);
            int launches = cuda.Calls("cuLaunchKernel");
            Compare(selector, leaves.Next(), wanted);
            Assert.True(cuda.Calls("cuLaunchKernel") > launches, "the kernels ran");
            Compare(selector, leaves.Next(), 1);
            Assert.Equal(((IDeviceScored)selector.Cpu).DeviceShape.ScaledTerms.IsEmpty ? 1 : 2, selector.Device!.Launches);
            Compare(selector, leaves.Next(), wanted);
        }

        Assert.True(selector.HasDevice, "the device was given up");
    }

    /// <summary>Four launches, two copies and one wait, and most blocks are not read: those of changed rows, that of the least bound, and those whose bound is no greater than its best.</summary>
    [Theory]
    [InlineData("Marconi")]
    [InlineData("Hyperbolic")]
    [InlineData("Gdsf")]
    [InlineData("Lru")]
    [InlineData("SinglePrecisionTerms")]
    public void AFractionOfTheRowsIsRead(string policy)
    {
        FakeCuda cuda = FakeCuda.Start();
        using GpuScorer gpu = cuda.Open(threads: 64, leastSummarizedRows: Rows);
        (Nodes nodes, GpuSelector made) = DriverNodes.Of(gpu, policy, Rows);
        using GpuSelector selector = made;
        DeviceShape shape = ((IDeviceScored)nodes.Selector).DeviceShape;
        selector.Select(nodes.Now);
        nodes.HitLast(20);
        int[] before = Calls();
        long bytes = cuda.BytesRead;
        Assert.Equal(nodes.Selector.SelectBy(Backend.Scalar, nodes.Now), selector.Select(nodes.Now));
        Assert.Equal([2, 4, 1], Calls().Zip(before, (after, before) => after - before));
        long scan = (long)Rows * (sizeof(long) + (shape.Columns * (shape.Single ? sizeof(float) : sizeof(double))));
        Assert.InRange(cuda.BytesRead - bytes, 1, scan / 3);

        int[] Calls() => [cuda.Calls("cuMemcpyHtoDAsync_v2"), cuda.Calls("cuLaunchKernel"), cuda.Calls("cuStreamSynchronize")];
    }

    /// <summary>Several victims by a guess: four launches again, and blocks beyond the guess are not read.</summary>
    [Theory]
    [InlineData("Fifo")]
    [InlineData("Lru")]
    public void AGuessLeavesBlocksOut(string policy)
    {
        FakeCuda cuda = FakeCuda.Start();
        using GpuScorer gpu = cuda.Open(threads: 64, leastSummarizedRows: Rows);
        (Nodes nodes, GpuSelector made) = DriverNodes.Of(gpu, policy, Rows);
        using GpuSelector selector = made;
        int[] victims = new int[64];
        for (int time = 0; time < 8; time++)
        {
            selector.Select(nodes.Now, victims);
        }

        nodes.HitLast(20);
        long bytes = cuda.BytesRead;
        int launches = cuda.Calls("cuLaunchKernel");
        Compare(selector, nodes.Now, victims.Length);
        Assert.Equal(4, cuda.Calls("cuLaunchKernel") - launches);
        long scan = (long)Rows * (sizeof(long) + (((IDeviceScored)nodes.Selector).DeviceShape.Columns * sizeof(double)));
        Assert.InRange(cuda.BytesRead - bytes, 1, scan / 3);
    }

    private static List<int> Compare(GpuSelector selector, double now, int wanted)
    {
        var expected = new int[wanted];
        var victims = new int[wanted];
        Assert.Equal(wanted, selector.Cpu.Lowest(now, expected));
        Assert.Equal(wanted, selector.Select(now, victims));
        Assert.Equal(expected, victims);
        return [.. victims];
    }

    /// <summary>Leaves of few lengths, many of one time, so that scores tie.</summary>
    private sealed class Leaves
    {
        private readonly NodeTable _table = new(ModelShape.PaperHybrid);
        private readonly Random _random = new(4);
        private readonly List<int> _leaves = [];
        private readonly int _root;
        private double _now = 1;

        public Leaves(string policy, GpuScorer gpu)
        {
            RegisteredPolicy registered = Replays.Policies.Single(known => known.Descriptor.Name == policy);
            Selector = (GpuSelector)gpu.Accelerate(registered.CreateSelector([.. registered.Descriptor.Tunables.Select(tunable => tunable.Default)], _table, 3));
            _root = _table.Add(NodeTable.None, 0);
        }

        public GpuSelector Selector { get; }

        public double Next() => ++_now;

        public void Grow(int count)
        {
            while (_leaves.Count < count)
            {
                int leaf = _table.Add(_root, 1 + _random.Next(6));
                _leaves.Add(leaf);
                Selector.Grow(_table.Capacity);
                Selector.Insert(leaf, new Access(_now += _random.Next(8) == 0 ? 1 : 0));
                Selector.SetCandidate(leaf, true);
            }

            for (int time = 0; time < 30; time++)
            {
                Selector.Hit(_leaves[_random.Next(_leaves.Count)], new Access(_now));
            }
        }

        /// <summary>Puts a value into all columns of the last leaf.</summary>
        public void WriteLast(double value)
        {
            Selector.SetCandidate(_leaves[^1], false);
            for (int column = 0; column < Selector.Cpu.ColumnCount; column++)
            {
                Selector.Cpu.WriteColumn(column, _leaves[^1], value);
            }

            Selector.SetCandidate(_leaves[^1], true);
        }
    }
}
