using CsCheck;

namespace Squelch.Lab.Tests;

public sealed class FutureUsesTests
{
    private static readonly Gen<(int Input, int[] Pages)> s_request =
        Gen.Select(Gen.Int[0, 2].Array[1, 8], Gen.Int[1, 8]).Select((pages, input) => (Math.Min(input, pages.Length), pages));

    /// <summary>Against the definition: a later input that begins with the prefix, but not with the longer one.</summary>
    [Fact]
    public void TheNextUseIsTheFirstLaterInputThatCoversThePrefixAndNotTheLongerOne()
        => s_request.Array[1, 12].Sample(requests =>
        {
            FutureUses future = FutureUses.Of(TraceOf(requests));
            for (int request = 0; request < requests.Length; request++)
            {
                int[] pages = requests[request].Pages;
                for (int tokens = 1; tokens <= pages.Length; tokens++)
                {
                    for (int longer = tokens; longer <= pages.Length; longer++)
                    {
                        int expected = Enumerable.Range(request + 1, requests.Length - request - 1)
                            .Where(later => Covers(requests[later], pages, tokens) && (longer == tokens || !Covers(requests[later], pages, longer)))
                            .FirstOrDefault(FutureUses.Never);
                        int better = longer == tokens ? -1 : future.PrefixOf(request, longer);
                        Assert.Equal(expected, future.NextUse(future.PrefixOf(request, tokens), better, request));
                    }
                }
            }
        });

    [Fact]
    public void APartialLastBlockIsAPage()
    {
        var trace = new Trace("blocks", 16, [new Request { Pages = new[] { 1, 2 }, InputPages = 2, InputTokens = 20 }, new Request { Pages = new[] { 1, 2 }, InputPages = 2, InputTokens = 20 }]);
        FutureUses future = FutureUses.Of(trace);

        Assert.Equal(1, future.NextUse(future.PrefixOf(0, 20), -1, 0));
        Assert.Equal(FutureUses.Never, future.NextUse(future.PrefixOf(1, 16), -1, 1));
    }

    private static bool Covers((int Input, int[] Pages) request, int[] pages, int tokens)
        => request.Input >= tokens && request.Pages.AsSpan(0, tokens).SequenceEqual(pages.AsSpan(0, tokens));

    private static Trace TraceOf((int Input, int[] Pages)[] requests)
        => new("random", 1, [.. requests.Select(request => new Request
        {
            Pages = request.Pages,
            InputPages = request.Input,
            InputTokens = request.Input,
            OutputTokens = request.Pages.Length - request.Input,
        })]);
}
