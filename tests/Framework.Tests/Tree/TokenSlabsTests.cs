namespace Squelch.Tests.Tree;

public class TokenSlabsTests
{
    [Theory]
    [InlineData(1, 50)]
    [InlineData(2, 3000)]
    [InlineData(3, 300_000)]
    public void IntervalsNeverOverlapAndAllSpaceComesBack(int seed, int longest)
    {
        var random = new Random(seed);
        var slabs = new TokenSlabs();
        var held = new List<(int Start, int Length, int Mark)>();
        for (int step = 0; step < 4000; step++)
        {
            if (random.Next(2) == 0 && held.Sum(run => (long)run.Length) < 1 << 20)
            {
                int wanted = random.Next(1, longest + 1);
                int start = slabs.Take(wanted, out int length);
                Assert.InRange(length, 1, wanted);
                slabs.Pages(start, length).Fill(step);
                held.Add((start, length, step));
            }
            else if (held.Count > 0)
            {
                int index = random.Next(held.Count);
                (int start, int length, int mark) = held[index];
                Assert.False(slabs.Pages(start, length).ContainsAnyExcept(mark), "pages of one run were written by another");
                if (length > 1 && random.Next(3) == 0)
                {
                    // As after a split: a part goes, the rest stays.
                    int cut = random.Next(1, length);
                    slabs.Give(start + cut, length - cut);
                    held[index] = (start, cut, mark);
                }
                else
                {
                    slabs.Give(start, length);
                    held.RemoveAt(index);
                }
            }
        }

        foreach ((int start, int length, _) in held)
        {
            slabs.Give(start, length);
        }

        long slabPages = slabs.FreePages;
        Assert.Equal(0, slabPages % (1 << 18));

        // Neighbours were merged: whole slabs can be taken again.
        for (long taken = 0; taken < slabPages; taken += 1 << 18)
        {
            slabs.Take(1 << 18, out int length);
            Assert.Equal(1 << 18, length);
        }

        Assert.Equal(0, slabs.FreePages);
    }
}
