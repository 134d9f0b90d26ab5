using Squelch.Generators.Ir;
using Xunit;

namespace Squelch.Emit.Tests;

public class AllocationTests
{
    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void EventsAndSelectionsAllocateNothing(string name)
    {
        PolicyModel model = Samples.All.Single(sample => sample.Name == name);
        var grove = new Grove(model, 3000, seed: 5);
        Use(grove);
        Use(grove);

        // What the selector allocates comes again in each pass; what the runtime takes once, while it compiles anew, does not.
        long least = long.MaxValue;
        for (int pass = 0; pass < 3; pass++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Use(grove);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static void Use(Grove grove)
    {
        FormulaSelector selector = grove.Selector;
        var access = new Access(grove.Now);
        for (int index = 0; index < 100; index++)
        {
            int node = grove.Live[index * 7];
            bool candidate = grove.Candidates.Contains(node);
            selector.SetCandidate(node, false);
            selector.Remove(node);
            selector.Insert(node, access);
            selector.Hit(node, access);
            selector.Touch(node, access);
            selector.EdgeChanged(node);
            selector.ChildrenChanged(node);
            selector.SetCandidate(node, candidate);
            int victim = selector.Select(grove.Now + index);
            selector.Evicting(victim, grove.Now + index);
        }
    }
}
