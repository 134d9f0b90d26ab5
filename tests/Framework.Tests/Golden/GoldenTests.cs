using Squelch.Policies;

namespace Squelch.Tests.Golden;

/// <summary>The built-in policies equal the paper's executable specification, request by request and victim by victim.</summary>
public class GoldenTests
{
    public static TheoryData<string> Traces => [.. GoldenCase.Names];

    [Theory]
    [MemberData(nameof(Traces))]
    public void EveryCaseHolds(string trace)
    {
        foreach (GoldenCase golden in GoldenCase.Of(trace))
        {
            GoldenComparison.Check(
                golden,
                golden.Policy switch { "v1" => Replay.Run<SglangPlus>, "vllm" => Replay.Run<VllmPlus>, _ => Replay.Run<Marconi> },
                golden.Policy == "v3");
        }
    }
}
