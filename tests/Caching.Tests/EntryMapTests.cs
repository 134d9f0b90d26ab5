namespace Squelch.Caching.Tests;

public sealed class EntryMapTests
{
    /// <summary>Entries are linked anew while readers walk over them: what is there is found at every moment, and what is not is not.</summary>
    [Fact]
    public async Task ReadersFindWhatIsThereWhileTheTableGrows()
    {
        const int Keys = 200_000;
        for (int run = 0; run < 3; run++)
        {
            var map = new EntryMap<int, int>(null);
            int added = 0;
            Task[] readers = [.. Enumerable.Range(0, 3).Select(seed => Task.Run(() =>
            {
                var random = new Random(seed);
                while (Volatile.Read(ref added) is var there && there < Keys)
                {
                    for (int i = 0; i < 100 && there > 0; i++)
                    {
                        int key = random.Next(there);
                        Assert.Equal(key, map.Find(key)?.Key);
                        Assert.Null(map.Find(-1 - key));
                    }
                }
            }))];
            for (int key = 0; key < Keys; key++)
            {
                Assert.True(map.TryAdd(new(key)));
                Volatile.Write(ref added, key + 1);
            }

            await Task.WhenAll(readers);
            Assert.Equal(Enumerable.Range(0, Keys), map.ToArray().Select(entry => entry.Key).Order());
        }
    }

    /// <summary>Random changes are those of a dictionary; the comparer gives few hashes, so that chains are long.</summary>
    [Fact]
    public void ChangesAreThoseOfADictionary()
    {
        var random = new Random(7);
        var map = new EntryMap<string, int>(new FewHashes());
        var model = new Dictionary<string, Entry<string, int>>();
        for (int i = 0; i < 20_000; i++)
        {
            string key = $"{random.Next(300)}";
            var entry = new Entry<string, int>(key) { Value = i };
            bool known = model.TryGetValue(key, out Entry<string, int>? there);
            Assert.Same(there, map.Find(key));
            switch (random.Next(3))
            {
                case 0:
                    Assert.Equal(!known, map.TryAdd(entry));
                    model.TryAdd(key, entry);
                    break;
                case 1 when known:
                    Assert.True(map.TryReplace(there!, entry));
                    Assert.False(map.TryReplace(there!, entry));
                    Assert.False(map.TryRemove(there!));
                    model[key] = entry;
                    break;
                case 2 when known:
                    Assert.True(map.TryRemove(there!));
                    Assert.False(map.TryRemove(there!));
                    model.Remove(key);
                    break;
            }
        }

        Assert.Equal(model.Values.Order(Comparer<Entry<string, int>>.Create((a, b) => a.Value - b.Value)), map.ToArray().OrderBy(entry => entry.Value));
    }

    private sealed class FewHashes : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x == y;

        public int GetHashCode(string text) => text.Length;
    }
}
