namespace Squelch.GpuScoring.Tests;

/// <summary>Rows come out by their keys, whatever the keys' spread.</summary>
public sealed class RankedRowsTests
{
    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string kind in new[] { "any", "close", "few values", "equal", "one far away", "powers" })
            {
                foreach (int count in new[] { 0, 1, 2, 24, 25, 64, 1_000, 20_000 })
                {
                    cases.Add(kind, count);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheOrderIsThatOfTheKeys(string kind, int count)
    {
        var random = new Random(count);
        var ranked = new RankedRows();
        foreach (int again in new[] { count / 3, count })
        {
            ranked.Start(again);
            for (int index = 0; index < again; index++)
            {
                ranked.Rows[index] = index;
                ranked.Keys[index] = kind switch
                {
                    "any" => (ulong)random.NextInt64(long.MinValue, long.MaxValue),
                    "close" => OrderKey.Of(1 + (random.NextDouble() / 1e6)),
                    "few values" => OrderKey.Of(random.Next(3)),
                    "equal" => 7,
                    "one far away" => index == again / 2 ? ulong.MaxValue : (ulong)random.Next(1000),
                    _ => 1UL << random.Next(64),
                };
            }

            (ulong, int)[] expected = [.. ranked.Keys.ToArray().Zip(ranked.Rows.ToArray()).Order()];
            ranked.Sort();
            (ulong, int)[] actual = [.. ranked.Keys.ToArray().Zip(ranked.Rows.ToArray())];
            Assert.Equal(expected.Select(row => row.Item1), actual.Select(row => row.Item1));
            Assert.Equal(expected, actual.Order());
        }
    }
}
