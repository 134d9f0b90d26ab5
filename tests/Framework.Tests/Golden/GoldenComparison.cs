using System.Text.Json;

namespace Squelch.Tests.Golden;

/// <summary>Holds one replay against one golden case, request by request and victim by victim.</summary>
internal static class GoldenComparison
{
    public static void Check(GoldenCase golden, Func<Trace, ReplayOptions, ReplayResult> replay, bool forcesAlpha)
    {
        Trace trace = GoldenTraces.Load(golden.Trace);
        var requests = new List<RequestRecord>();
        var victims = new List<VictimRecord>();
        ReplayResult result = replay(trace, new ReplayOptions
        {
            CapacityBytes = golden.Capacity,
            Model = ModelCatalog.Find(golden.Model == "7b" ? "marconi-7b" : golden.Model),
            Tunables = forcesAlpha ? new Dictionary<string, double> { ["Alpha"] = golden.Alpha!.Value } : [],
            BootstrapMultiplier = golden.Bootstrap,
            OnRequest = requests.Add,
            OnVictim = victim => victims.Add(victim with { Node = NodeTable.None }),
        });

        JsonElement[] expectedVictims = [.. golden["evictions"].EnumerateArray()];
        for (int i = 0; i < Math.Min(expectedVictims.Length, victims.Count); i++)
        {
            JsonElement row = expectedVictims[i];
            var expected = new VictimRecord(row[1].GetInt32(), row[0].GetString() == "merge", row[2].GetInt64(), row[3].GetInt32(), row[4].GetInt32());
            Assert.True(expected == victims[i], $"{golden}: victim {i}: expected {expected}, got {victims[i]}");
        }

        Assert.True(golden["num_evictions"].GetInt32() == victims.Count, $"{golden}: expected {golden["num_evictions"]} victims, got {victims.Count}");

        int index = 0;
        foreach (JsonElement row in golden["requests"].EnumerateArray())
        {
            var expected = new RequestRecord(row[0].GetInt32() == 1, row[1].GetInt32(), row[2].GetInt32(), row[3].GetInt32(), row[4].GetInt64());
            Assert.True(expected == requests[index], $"{golden}: request {index}: expected {expected}, got {requests[index]}");
            index++;
        }

        Assert.Equal(index, requests.Count);
        Assert.Equal(golden["flops_saved_mamba"].GetInt64(), (long)result.FlopsSaved.Recurrent);
        Assert.Equal(golden["flops_saved_attn"].GetInt64(), (long)result.FlopsSaved.Attention);
        Assert.Equal(golden["flops_saved_mlp"].GetInt64(), (long)result.FlopsSaved.Mlp);
        Assert.Equal(golden["token_hit_rate"].GetDouble(), result.TokenHitRate);
        Assert.Equal(golden["request_hit_rate"].GetDouble(), result.RequestHitRate);
        Assert.Equal(golden["final_nodes"].GetInt32(), result.Nodes);
        Assert.Equal(golden["not_admitted"].GetInt32(), result.NotAdmitted);
        Assert.True(result.PeakBytes <= golden.Capacity, $"{golden}: {result.PeakBytes} bytes held");
        if (golden.Policy == "v2")
        {
            Assert.Equal(golden["bootstrap_window"].ValueKind == JsonValueKind.Null ? null : golden["bootstrap_window"].GetInt32(), result.BootstrapWindow);
            Assert.Equal(golden["tunings"].GetInt32() == 0 ? null : golden["tuned_alpha"].GetDouble(), result.TunedValue);
        }
    }
}
