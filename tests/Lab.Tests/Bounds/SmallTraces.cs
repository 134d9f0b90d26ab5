namespace Squelch.Lab.Tests.Bounds;

/// <summary>Random traces that are small enough for every order of victims to be tried, of every kind that caches treat differently.</summary>
internal static class SmallTraces
{
    private const int Branches = 2;

    /// <summary>A trace of a seed: sequences over few pages, so that many begin alike; some go on from an earlier one, some are its beginning.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="requests">How many.</param>
    /// <param name="mostPages">Pages of a sequence, at most.</param>
    /// <param name="pageTokens">Tokens per page; more than one makes partial last pages, and ids that come with several sizes.</param>
    public static Trace Of(int seed, int requests, int mostPages, int pageTokens)
    {
        var random = new Random(seed);
        List<Request> made = [];
        for (int i = 0; i < requests; i++)
        {
            int length = random.Next(1, mostPages + 1);
            int[] pages = new int[length];
            int[] from = made.Count > 0 && random.Next(2) == 0 ? made[random.Next(made.Count)].Pages.ToArray() : [];
            for (int page = 0; page < length; page++)
            {
                pages[page] = page < from.Length && random.Next(4) > 0 ? from[page] : 1 + random.Next(Branches);
            }

            int inputPages = pageTokens == 1 ? random.Next(1, length + 1) : length;
            int last = random.Next(2) == 0 ? pageTokens : random.Next(1, pageTokens + 1);
            int tokens = ((inputPages - 1) * pageTokens) + last;
            made.Add(new Request { Pages = pages, InputPages = inputPages, InputTokens = tokens, OutputTokens = length - inputPages });
        }

        return new Trace($"small-{seed}", pageTokens, made);
    }
}
