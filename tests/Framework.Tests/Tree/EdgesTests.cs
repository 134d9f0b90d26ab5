namespace Squelch.Tests.Tree;

public class EdgesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void SplitsAndJoinsKeepEveryPage(int seed)
    {
        var random = new Random(seed);
        var edges = new Edges();
        var known = new List<(int Last, int[] Pages)>();
        for (int step = 0; step < 3000; step++)
        {
            int kind = random.Next(4);
            if (kind == 0 || known.Count < 3)
            {
                int[] pages = [.. Enumerable.Range(0, random.Next(1, 400)).Select(_ => random.Next(1000))];
                known.Add((edges.Add(pages), pages));
            }
            else if (kind == 1)
            {
                int index = random.Next(known.Count);
                (int last, int[] pages) = known[index];
                if (pages.Length > 1)
                {
                    int cut = random.Next(1, pages.Length);
                    edges.Split(last, cut, out int upper, out int lower);
                    known[index] = (upper, pages[..cut]);
                    known.Insert(index + 1, (lower, pages[cut..]));
                }
            }
            else if (kind == 2)
            {
                // Often neighbours, which were one edge once.
                int index = random.Next(known.Count - 1);
                int[] joined = [.. known[index].Pages, .. known[index + 1].Pages];
                known[index] = (edges.Join(known[index].Last, known[index + 1].Last), joined);
                known.RemoveAt(index + 1);
            }
            else
            {
                int index = random.Next(known.Count);
                edges.Remove(known[index].Last);
                known.RemoveAt(index);
            }

            if (known.Count > 0)
            {
                (int last, int[] pages) = known[random.Next(known.Count)];
                var copy = new int[pages.Length];
                edges.CopyTo(last, copy);
                Assert.Equal(pages, copy);
                int from = random.Next(pages.Length);
                int[] probe = [.. pages[from..]];
                int differ = random.Next(probe.Length + 1);
                if (differ < probe.Length)
                {
                    probe[differ]++;
                }

                Assert.Equal(differ, edges.Match(last, from, probe));
                Assert.Equal(pages[from], edges.Page(last, from));
            }
        }
    }
}
