using System.Text.Json.Nodes;

namespace Squelch.Packages.Tests;

/// <summary>What a user of the packages does, in projects that know nothing of the repository.</summary>
[Collection(PackedCollection.Name)]
public sealed class UserTests(PackedProducts products)
{
    private const string Policy = """
        using Squelch;

        [EvictionPolicy(Candidates = Candidates.AtMostOneChild)]
        public readonly partial struct Cheapest
        {
            [Score]
            static double Score(double now, double lastAccess, double flopsSaved, double bytesHeld)
                => flopsSaved / bytesHeld / Math.Max(now - lastAccess, 1);
        }
        """;

    /// <summary>The score of the Marconi paper as it stands there.</summary>
    private const string Naive = """
        using Squelch;

        [EvictionPolicy(Candidates = Candidates.AtMostOneChild)]
        public readonly partial struct Naive
        {
            [Tunable(0, 2, Step = 0.1)] public double Alpha { get; init; }

            [Term(Normalize = Normalize.MinMax)]
            static double Recency(double now, double lastAccess) => 1 / (now - lastAccess);

            [Term(Normalize = Normalize.MinMax, Weight = nameof(Alpha))]
            static double FlopEfficiency(double flopsSaved, double bytesHeld) => flopsSaved / bytesHeld;
        }
        """;

    private const string NaiveFault = "Naive.cs(9,61): warning SQ2001: '1 / (now - lastAccess)' divides by zero at now = 1, lastAccess = 1";

    /// <summary>Prints the tokens of a sequence of 1,000 that are reused when it comes again.</summary>
    private const string Engine = """
        using Squelch;

        using var cache = new PrefixCache<Cheapest>(new() { CapacityBytes = 20_000_000_000 });
        int[] sequence = [.. Enumerable.Range(0, 1000)];
        cache.Commit(cache.Lookup(sequence.AsSpan(0, 600)), sequence);
        Console.WriteLine(cache.Lookup([.. sequence, 7]).HitTokens);
        """;

    /// <summary>The second request begins with the first, and comes when the first is kept.</summary>
    private const string Requests = """
        {"timestamp": 0, "input_length": 1024, "output_length": 1, "hash_ids": [1, 2], "block_size": 512}
        {"timestamp": 1000, "input_length": 1536, "output_length": 1, "hash_ids": [1, 2, 3], "block_size": 512}
        """;

    [Fact]
    public void APolicyTakesOneReferenceAndItsFaultsAreReported()
    {
        string folder = products.Project("engine", "", "Squelch");
        Write(folder, "Cheapest.cs", Policy);
        Write(folder, "Program.cs", Engine);
        Assert.Empty(Dotnet(folder, "build -c Release").Reported);
        Assert.Equal("1000", Dotnet(folder, "bin/Release/net10.0/engine.dll").Output.Trim());

        Write(folder, "Naive.cs", Naive);
        string fault = Assert.Single(Dotnet(folder, "build -c Release --no-restore").Reported);
        Assert.Contains(NaiveFault, fault, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void APolicyIsReplayedFromCodeAndByTheInstalledCommand()
    {
        products.Need("zstdsharp.port");
        string folder = products.Project("lab", "", "Squelch.Lab", "Squelch.Policies");
        Write(folder, "Cheapest.cs", Policy);
        Write(folder, "tiny.jsonl", Requests);
        Write(folder, "Program.cs", """
            using Squelch.Lab;
            using Squelch.Policies;

            Trace trace = TraceReader.Load(args[0]);
            var options = new ReplayOptions { CapacityBytes = 20_000_000_000 };
            foreach (ReplayResult result in new[] { Replay.Run<Cheapest>(trace, options), Replay.Run<Marconi>(trace, options) })
            {
                Console.WriteLine($"{result.Policy} {result.TokenHitRate:0.0000}");
            }
            """);
        Assert.Empty(Dotnet(folder, "build -c Release").Reported);

        // 1,024 of 2,560 input tokens came before.
        Assert.Equal(["Cheapest 0.4000", "Marconi 0.4000"], Dotnet(folder, "bin/Release/net10.0/lab.dll tiny.jsonl").Output.Trim().Split('\n'));

        Dotnet(folder, "tool install Squelch.Tool --tool-path tools");
        string squelch = Path.Combine(folder, "tools", "squelch");
        Command replay = Command.Succeed(folder, products.User, squelch, "replay tiny.jsonl --policies bin/Release/net10.0/lab.dll --policy Cheapest --capacity 20GB --json -");
        Assert.Contains("\"policy\": \"Cheapest\"", replay.Output, StringComparison.Ordinal);
        Assert.Contains("\"tokenHitRate\": 0.4", replay.Output, StringComparison.Ordinal);

        Command.Succeed(folder, products.User, squelch, "trace plot tiny.jsonl --out tiny.svg");
        RemoveDrawingLibrary(Path.Combine(folder, "tools"));
        Command plot = Command.Run(folder, products.User, squelch, "trace plot tiny.jsonl --out tiny.png");
        Assert.NotEqual(0, plot.ExitCode);
        Assert.Contains("no PNG files can be drawn on ", plot.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "tiny.png")));

        Command plots = Command.Run(folder, products.User, squelch, "replay tiny.jsonl --policy Lru,Marconi --capacity 20GB --plots plots");
        Assert.Equal(5, plots.ExitCode);
        Assert.Contains("--plots: the SVG files are written, but not all PNG files: no PNG files can be drawn on ", plots.Output, StringComparison.Ordinal);
        string[] written = [.. Directory.GetFiles(Path.Combine(folder, "plots", "tiny")).Select(path => Path.GetFileName(path))];
        Assert.All(["gain-95.svg", "Lru-evictions.svg", "Marconi-evictions.svg"], name => Assert.Contains(name, written));
        Assert.All(written, name => Assert.EndsWith(".svg", name, StringComparison.Ordinal));
    }

    /// <summary>The compiler of the .NET 9 SDK in place of this SDK's: it refuses generators and analyzers that were built for newer ones.</summary>
    [Fact]
    public void APolicyIsCompiledByAnOlderCompiler()
    {
        string folder = products.Project("old", "<LangVersion>latest</LangVersion>", "Squelch");
        Write(folder, "Cheapest.cs", Policy);
        Write(folder, "Naive.cs", Naive);
        Write(folder, "Program.cs", Engine);
        string compiler = Path.Combine(products.Packages, "microsoft.net.compilers.toolset", PackedProducts.VersionOf("Microsoft.Net.Compilers.Toolset"), "tasks", "netcore");
        string tasks = Path.Combine(compiler, "Microsoft.Build.Tasks.CodeAnalysis.dll");
        Command build = Dotnet(folder, $"build -c Release -v normal -p:RoslynTasksAssembly={tasks} -p:CSharpCoreTargetsPath={Path.Combine(compiler, "Microsoft.CSharp.Core.targets")}");
        Assert.Contains(Path.Combine(compiler, "bincore", "csc.dll"), build.Output, StringComparison.Ordinal);
        Assert.NotEmpty(build.Reported);
        Assert.All(build.Reported, fault => Assert.Contains(NaiveFault, fault, StringComparison.Ordinal));
        Assert.Equal("1000", Dotnet(folder, "bin/Release/net10.0/old.dll").Output.Trim());
    }

    [SkippableFact]
    public void APolicyGetsAKernelWhereTheGpuPackageIsReferenced()
    {
        products.Need("ilgpu");
        string folder = products.Project("gpu", "", "Squelch.Policies.Gpu");
        Write(folder, "Cheapest.cs", Policy);
        Write(folder, "Program.cs", """
            using Squelch.GpuScoring;

            Console.WriteLine(string.Join(' ', new[] { typeof(Cheapest), typeof(Squelch.Policies.Marconi) }
                .Select(policy => policy.Assembly.GetTypes().Count(type => type.Name.EndsWith(policy.Name + "Formula")))));
            Console.WriteLine(typeof(GpuScorer).Assembly.GetName().Name);
            """);
        Assert.Empty(Dotnet(folder, "build -c Release").Reported);
        Assert.Equal("1 1\nSquelch.GpuScoring", Dotnet(folder, "bin/Release/net10.0/gpu.dll").Output.Trim());
    }

    /// <summary>Kernels of build time are all that it has: ILGPU, which needs reflection and a compiler at run time, is not in it, and nothing is reported.</summary>
    [SkippableFact]
    public void AProgramThatIsCompiledAheadOfTimeAsksTheDriverItself()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the program is published for Linux");
        products.Need("ilgpu");
        products.Need("microsoft.dotnet.ilcompiler");
        products.Need("runtime.linux-x64.microsoft.dotnet.ilcompiler");
        string folder = products.Project("ahead", "<PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization>", "Squelch.Policies.Gpu");
        Write(folder, "Program.cs", """
            using Squelch;
            using Squelch.GpuScoring;

            try
            {
                using GpuScorer gpu = GpuScorer.Open(new() { Mode = GpuMode.Require });
                using var cache = new PrefixCache<Squelch.Policies.Marconi>(new() { CapacityBytes = 20_000_000_000_000, Accelerate = gpu.Accelerate });
                Console.WriteLine($"{gpu.DeviceName}, as libcuda.so.1 says");
            }
            catch (SquelchException exception)
            {
                Console.WriteLine(exception.Message);
            }
            """);
        Assert.Empty(Dotnet(folder, "publish -c Release -r linux-x64").Reported);
        string program = Path.Combine(folder, "bin", "Release", "net10.0", "linux-x64", "publish", "ahead");
        Assert.Contains("libcuda.so.1", Command.Succeed(folder, products.User, program, "").Output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(program).Length, 1, 4_000_000);
    }

    /// <summary>Makes an installed command one of a platform that it has no drawing library for.</summary>
    private static void RemoveDrawingLibrary(string tools)
    {
        string dependencies = Directory.GetFiles(tools, "Squelch.Tool.deps.json", SearchOption.AllDirectories).Single();
        JsonNode root = JsonNode.Parse(File.ReadAllText(dependencies))!;
        foreach ((_, JsonNode? library) in root["targets"]![".NETCoreApp,Version=v10.0"]!.AsObject())
        {
            library!.AsObject().Remove("runtimeTargets");
        }

        File.WriteAllText(dependencies, root.ToJsonString());
        Directory.Delete(Path.Combine(Path.GetDirectoryName(dependencies)!, "runtimes"), recursive: true);
    }

    private Command Dotnet(string folder, string arguments) => Command.Succeed(folder, products.User, "dotnet", arguments);

    private static void Write(string folder, string name, string text) => File.WriteAllText(Path.Combine(folder, name), text + "\n");
}
