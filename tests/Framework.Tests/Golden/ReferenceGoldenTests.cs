using Squelch.Tests.Reference;

namespace Squelch.Tests.Golden;

/// <summary>The tree and the cache under hand-written selectors equal the specification.</summary>
public class ReferenceGoldenTests
{
    public static TheoryData<string> Traces => [.. GoldenCase.Names.Where(name => name.Contains("small", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Traces))]
    public void EveryCaseHoldsUnderThePlainSelectors(string trace)
    {
        foreach (GoldenCase golden in GoldenCase.Of(trace))
        {
            GoldenComparison.Check(
                golden,
                golden.Policy switch { "v1" => Replay.Run<ReferenceSglangPlus>, "vllm" => Replay.Run<ReferenceVllmPlus>, _ => Replay.Run<ReferenceMarconi> },
                golden.Policy == "v3");
        }
    }
}
