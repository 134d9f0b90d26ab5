using ILGPU;
using ILGPU.Runtime;

namespace Squelch.GpuScoring.Tests;

/// <summary>Selections over columns of some size: uploads in parts, growth, allocations.</summary>
public sealed class SelectionTests
{
    [Fact]
    public void MoreRowsThanOneCopyTakes()
    {
        using GpuScorer gpu = Replays.Simulator();
        var nodes = new NodeTable(ModelShape.PaperHybrid);
        using var selector = (GpuSelector)gpu.Accelerate(new Policies.Hyperbolic().CreateSelector(nodes, 0));
        int root = nodes.Add(NodeTable.None, 0);
        var random = new Random(3);
        foreach (int target in new[] { 10, 500, 70_000, 70_400 })
        {
            while (nodes.Count < target)
            {
                int node = nodes.Add(root, 1 + random.Next(1000));
                selector.Grow(nodes.Capacity);
                selector.Insert(node, new Access(random.Next(5000)));
                selector.SetCandidate(node, true);
            }

            Assert.Equal(selector.Cpu.SelectBy(Backend.Scalar, 6000), selector.Select(6000));
            var expected = new int[9];
            var victims = new int[9];
            selector.Cpu.Lowest(6000, expected);
            selector.Select(6000, victims);
            Assert.Equal(expected, victims);
        }
    }

    [Fact]
    public void SelectionsAllocateNothingButWhatTheSimulatorDoes()
    {
        using GpuScorer gpu = Replays.Simulator();
        var nodes = new NodeTable(ModelShape.PaperHybrid);
        using var selector = (GpuSelector)gpu.Accelerate(new Policies.Marconi { Alpha = 0.5 }.CreateSelector(nodes, 0));
        int root = nodes.Add(NodeTable.None, 0);
        var ids = new List<int>();
        for (int count = 0; count < 300; count++)
        {
            int node = nodes.Add(root, 1 + count);
            ids.Add(node);
            selector.Grow(nodes.Capacity);
            selector.Insert(node, new Access(count));
            selector.SetCandidate(node, true);
        }

        var victims = new int[20];
        long Bytes(int selections)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int time = 0; time < selections; time++)
            {
                selector.Hit(ids[time % ids.Count], new Access(1000 + time));
                selector.Select(2000 + time);
                selector.Select(2000.5 + time, victims);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Bytes(20);

        // A launch on the simulator makes a few objects of its own; 2 and 2 launches, and an update, and 3 more for several victims.
        long perLaunch = LaunchBytes(gpu);
        long launches = (1 + 2) + (1 + 1 + 2);

        // On a busy machine the simulator's threads wait for each other, which makes a few more; what a selection allocates comes every time.
        Assert.InRange(Enumerable.Range(0, 5).Min(_ => Bytes(30)), 0, 30 * launches * perLaunch);
    }

    /// <summary>What the launch with the largest arguments, which ends at once, allocates inside ILGPU.</summary>
    private static long LaunchBytes(GpuScorer gpu)
    {
        GpuDevice device = gpu.Device!;
        var kernels = device.Kernels(device => SelectionKernelSet<Generated.Squelch_Policies_MarconiFormula>.Load(device, new(2, [0, 1], 1, false, false, false)));
        using AcceleratorStream stream = device.Accelerator.CreateStream();
        var answer = device.Allocate<ulong>(Answer.Header);
        var done = new ulong[Answer.Header];
        done[Answer.Done] = 1;
        answer.CopyFromCPU(done);
        ArrayView<ulong> view = answer.View.BaseView;
        long least = long.MaxValue;
        for (int time = 0; time < 20; time++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            kernels.Divide(stream, new KernelConfig(1, device.Threads), default, new Scratch(view, default, default, default, default, default, default), 0, 1, default);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        device.Free(answer);
        return least;
    }
}
