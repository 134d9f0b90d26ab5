using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Squelch;

#pragma warning disable CS1591 // stand-ins, deleted when the framework has these

public class SquelchException : Exception
{
    public SquelchException(string message) : base(message) { }

    public SquelchException(string message, Exception inner) : base(message, inner) { }
}

public static class NearestName
{
    public static string? Find(string name, IEnumerable<string> known)
        => known.Select(k => (k, d: Distance(name.ToLowerInvariant(), k.ToLowerInvariant()))).Where(x => x.d <= Math.Max(2, name.Length / 2))
            .OrderBy(x => x.d).Select(x => x.k).FirstOrDefault();

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int up = row[j];
                row[j] = Math.Min(Math.Min(up, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = up;
            }
        }

        return row[b.Length];
    }
}

public sealed record ReplayOptions
{
    public required long CapacityBytes { get; init; }
    public ModelShape Model { get; init; } = ModelShape.PaperHybrid;
    public ulong Seed { get; init; }
    public IReadOnlyDictionary<string, double> Tunables { get; init; } = ImmutableDictionary<string, double>.Empty;
    public int? BootstrapMultiplier { get; init; }
    public Action<RequestRecord>? OnRequest { get; init; }
    public Action<VictimRecord>? OnVictim { get; init; }
    public Action<int>? OnProgress { get; init; }
    public CancellationToken Cancellation { get; init; }
}

public abstract class RegisteredPolicy
{
    public abstract PolicyDescriptor Descriptor { get; }

    public abstract ReplayResult Replay(Trace trace, ReplayOptions options);
}

public sealed class PolicyCatalog
{
    private PolicyCatalog(IReadOnlyList<RegisteredPolicy> policies) => Policies = policies;

    public IReadOnlyList<RegisteredPolicy> Policies { get; }

    public static PolicyCatalog From(IEnumerable<Assembly> assemblies) => new(PendingPolicy.All);

    public RegisteredPolicy Find(string name)
        => Policies.FirstOrDefault(p => p.Descriptor.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new SquelchException($"no policy is named '{name}'; did you mean '{NearestName.Find(name, Policies.Select(p => p.Descriptor.Name))}'?");

    public PolicyCatalog With(Assembly assembly) => new(Policies);
}

internal sealed class PendingPolicy(PolicyDescriptor descriptor) : RegisteredPolicy
{
    internal static IReadOnlyList<RegisteredPolicy> All { get; } =
    [
        new PendingPolicy(new PolicyDescriptor
        {
            Name = "Marconi",
            Summary = "Recency plus alpha times FLOP efficiency (Marconi, MLSys 2025, eq. 1-2).",
            Formula = ["minmax(1 / (now - lastAccess))", "+ Alpha * minmax(flopsSaved / bytesHeld)"],
            Features = [.. BuiltInFeatures.All.Where(f => f.Name is "now" or "lastAccess" or "flopsSaved" or "bytesHeld")],
            Columns = [new("lastAccess", Unit.Ticks, "lastAccess"), new("flopEfficiency", Unit.None, "flopsSaved / bytesHeld")],
            Tunables = [new("Alpha", 0, 2, 0.1, 0)],
            Plan = new(PlanKind.PrunedScan, ["Recency changes with time.", "Both terms are bounded per block of nodes."]),
            Candidates = Candidates.AtMostOneChild,
            BootstrapTunable = "Alpha",
        }),
        new PendingPolicy(new PolicyDescriptor
        {
            Name = "SglangPlus",
            Summary = "LRU over leaves.",
            Formula = ["lastAccess"],
            Features = [.. BuiltInFeatures.All.Where(f => f.Name is "lastAccess")],
            Columns = [new("lastAccess", Unit.Ticks, "lastAccess")],
            Plan = new(PlanKind.List, ["The order is the order of writes."]),
            Touch = Touch.Path,
        }),
        new PendingPolicy(new PolicyDescriptor
        {
            Name = "Lru",
            Summary = "Least recently used leaf.",
            Formula = ["lastAccess"],
            Plan = new(PlanKind.List, ["The order is the order of writes."]),
        }),
    ];

    public override PolicyDescriptor Descriptor { get; } = descriptor;

    public override ReplayResult Replay(Trace trace, ReplayOptions options)
    {
        int count = 0;
        foreach (Request request in trace.Requests)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            options.OnRequest?.Invoke(new(count % 2 == 1, request.InputTokens, count % 2 == 1 ? request.InputTokens / 2 : 0, count, request.InputTokens));
            options.OnVictim?.Invoke(new(count, count % 2 == 0, count * 2, request.InputTokens, request.InputTokens / 2));
            options.OnProgress?.Invoke(++count);
        }

        bool tuned = Descriptor.BootstrapTunable is { } name && !options.Tunables.ContainsKey(name);
        long tokens = trace.Requests.Sum(r => (long)r.InputTokens);
        return new()
        {
            Trace = trace.Name,
            Policy = Descriptor.Name,
            Model = options.Model.Name,
            CapacityBytes = options.CapacityBytes,
            Tunables = Descriptor.Tunables.ToImmutableSortedDictionary(t => t.Name, t => options.Tunables.GetValueOrDefault(t.Name, t.Default)),
            Requests = count,
            InputTokens = tokens,
            HitTokens = tokens / (Descriptor.Name.Length + 1),
            HitRequests = count / 2,
            FlopsSaved = options.Model.Flops(10000),
            FlopsWithoutCache = options.Model.Flops(30000).Total,
            Checkpoints = count,
            KvTokens = tokens,
            Nodes = count,
            LeafEvictions = count,
            JoinEvictions = 0,
            NotAdmitted = 0,
            PeakBytes = options.CapacityBytes,
            Ttft = new(1, 1, 1, 1, 1),
            Seconds = 0.5,
            BootstrapWindow = tuned ? count : null,
            TunedValue = tuned ? 0.5 : null,
        };
    }
}

public static class TraceReader
{
    public static Trace Load(string path, Action<long>? bytesRead = null)
    {
        if (!File.Exists(path))
        {
            throw new SquelchException($"no trace file is at '{path}'");
        }

        var requests = new List<Request>();
        using Stream file = File.OpenRead(path);
        using var text = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress) : file);
        while (text.ReadLine() is { } line)
        {
            JsonElement json = JsonDocument.Parse(line).RootElement;
            string tokens = json.TryGetProperty("input_tokens", out _) ? "input_tokens" : "hash_ids";
            int[] pages = [.. json.GetProperty(tokens).EnumerateArray().Select(e => e.GetInt32())];
            int length = tokens == "hash_ids" ? json.GetProperty("input_length").GetInt32() : pages.Length;
            requests.Add(new Request { Pages = pages, InputPages = pages.Length, InputTokens = length });
            bytesRead?.Invoke(file.Position);
        }

        return new(Path.GetFileName(path).Split(".jsonl")[0], 1, requests);
    }
}

public sealed record TraceInfo(int Requests, int Sessions, double Seconds, double InputP50, double InputP90, double InputP99, long InputTokens, long OutputTokens, int PageTokens, double IdealShare)
{
    public static TraceInfo Of(Trace trace) => new(trace.Requests.Count, 0, 0, 1, 2, 3, trace.Requests.Sum(r => (long)r.InputTokens), 0, trace.PageTokens, 0.5);
}

public static class ModelCatalog
{
    public static IReadOnlyList<ModelShape> All { get; } = [ModelShape.PaperHybrid];

    public static ModelShape Find(string nameOrJsonPath)
        => nameOrJsonPath == "marconi-7b" ? ModelShape.PaperHybrid : throw new SquelchException($"no model and no file is named '{nameOrJsonPath}'; did you mean 'marconi-7b'?");
}

internal static class PendingModelMembers
{
    extension(ModelShape shape)
    {
        public string Source => $"the source of {shape.Name}";
    }
}
