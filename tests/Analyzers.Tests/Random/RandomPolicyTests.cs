using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Squelch.Analyzers.Tests.RandomPolicies;

/// <summary>
/// What the analyzers pass compiles without a warning, allocates nothing and gives no NaN; and what they claim of it holds. 300 policies;
/// SQUELCH_POLICIES=10000 for a night.
/// </summary>
public class RandomPolicyTests
{
    private const int Batch = 50;
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    [Fact]
    public void WhatTheAnalyzersPassIsSound()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("SQUELCH_POLICIES"), CultureInfo.InvariantCulture, out int given) ? given : 300;
        int passed = 0;
        Gen.ULong.Array[Batch].Sample(seeds => passed += Check(seeds), iter: Math.Max(1, count / Batch), threads: 1);
        Assert.True(passed * 4 >= count, $"Only {passed} of {count} policies passed the analyzers: the law says little.");
    }

    private static int Check(ulong[] seeds)
    {
        RandomPolicy[] policies = [.. seeds.Select((seed, index) => new RandomPolicy(seed, index))];
        Diagnostic[] found = Diagnose(policies);
        HashSet<string> faulty = [.. found.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(PolicyOf)];
        RandomPolicy[] sound = [.. policies.Where(policy => !faulty.Contains(policy.Name))];

        Assembly assembly = Load(sound);
        foreach (RandomPolicy policy in sound)
        {
            Type type = assembly.GetType("R." + policy.Name, throwOnError: true)!;
            try
            {
                typeof(RandomPolicyTests).GetMethod(nameof(CheckPolicy), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, null);
            }
            catch (TargetInvocationException thrown)
            {
                Assert.Fail($"{thrown.InnerException!.Message}\n{policy.Text}\n{thrown.InnerException.StackTrace}");
            }
        }

        return sound.Length;
    }

    private static void CheckPolicy<TPolicy>()
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        PolicyDescriptor descriptor = TPolicy.Descriptor;
        Dictionary<string, ProofDescriptor> proofs = descriptor.Proofs.ToDictionary(proof => proof.Name);
        new RandomLife(typeof(TPolicy), descriptor, seed: 3, (name, value) => Holds(proofs[name], value)).Live(60);

        var grove = new RandomGrove<TPolicy>();
        Assert.Equal(0, grove.Allocated());
        Assert.DoesNotContain(grove.Scores(), double.IsNaN);
        if (!typeof(TPolicy).GetMembers(Members).Any(member => member.IsDefined(typeof(FeatureAttribute)) || member.IsDefined(typeof(PolicyStateAttribute)) || member.IsDefined(typeof(TermAttribute))))
        {
            MeansWhatItSays<TPolicy>(grove);
        }

        Serves<TPolicy>();
    }

    /// <summary>A cache under the policy keeps its budget, and its admission and tuner say where and what: the analyzers let through no other.</summary>
    private static void Serves<TPolicy>()
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        PolicyDescriptor descriptor = TPolicy.Descriptor;
        Assert.True(descriptor.Admission.Align >= 1 && (descriptor.Admission.Every >= 1) == descriptor.Admission.Checkpoints.HasFlag(Checkpoints.Interval), $"{descriptor.Admission} says nothing.");
        Assert.True(descriptor.BootstrapTunable is not { } tuned || descriptor.Tunables.Single(tunable => tunable.Name == tuned).Step > 0, "The tuner has no steps to try.");

        ModelShape model = ModelShape.PaperHybrid;
        long capacity = (2 * model.CheckpointBytes) + model.KvBytes(60);
        using var cache = new PrefixCache<TPolicy>(new PrefixCacheOptions { CapacityBytes = capacity, Model = model });
        var random = new Random(11);
        long handle = 0;
        for (int i = 0; i < 150; i++)
        {
            int[] sequence = [.. Enumerable.Range(0, 1 + random.Next(40)).Select(at => at < 8 ? random.Next(2) : at)];
            int input = 1 + random.Next(sequence.Length);
            Lease lease = cache.Lookup(sequence.AsSpan(0, input));
            Assert.InRange(lease.HitTokens, 0, input);
            StateHandle[] handles = [.. cache.Plan(lease, sequence).ToArray().Select(_ => new StateHandle(++handle))];
            cache.Commit(lease, sequence, 0, handles);
            Assert.InRange(cache.Bytes, 0, capacity);
        }
    }

    /// <summary>The generated score is the author's own method's, bit by bit, where that is a number.</summary>
    private static void MeansWhatItSays<TPolicy>(RandomGrove<TPolicy> grove)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        bool single = typeof(TPolicy).GetCustomAttribute<EvictionPolicyAttribute>()!.Precision == Precision.Single;
        MethodInfo method = typeof(TPolicy).GetMethods(Members).Single(method => method.GetCustomAttribute<ScoreAttribute>()?.Order == 0);
        var tunables = TPolicy.Descriptor.Tunables.ToDictionary(tunable => char.ToLowerInvariant(tunable.Name[0]) + tunable.Name[1..], tunable => tunable.Default);
        foreach ((double score, Dictionary<string, double> features) in grove.ScoresWithFeatures())
        {
            object[] arguments =
            [
                .. method.GetParameters().Select(parameter => tunables.TryGetValue(parameter.Name!, out double tunable) ? tunable : features[parameter.Name!])
                    .Select(value => single ? (object)(float)value : value),
            ];
            double own = Convert.ToDouble(method.Invoke(null, arguments), CultureInfo.InvariantCulture);
            Assert.True(
                double.IsNaN(own) || BitConverter.DoubleToInt64Bits(own) == BitConverter.DoubleToInt64Bits(score),
                $"{method.Name} is {own:R}, the generated code gives {score:R} at {string.Join(", ", method.GetParameters().Zip(arguments).Select(pair => $"{pair.First.Name} = {pair.Second}"))}.");
        }
    }

    /// <summary>A value that was seen keeps to what is proven.</summary>
    private static void Holds(ProofDescriptor proof, double value)
    {
        if (double.IsNaN(value))
        {
            Assert.True(proof.Certainty == Certainty.Guarded, $"{proof.Name} is NaN and was said to be {proof.Certainty}.");
            return;
        }

        Assert.True(proof.Minimum <= value && value <= proof.Maximum, $"{proof.Name} is {value:R}, outside of {proof.Minimum:R} to {proof.Maximum:R}.");
        Assert.True(proof.Certainty != Certainty.Finite || double.IsFinite(value), $"{proof.Name} is {value} and was said to be finite.");
    }

    private static string Source(RandomPolicy policy) => "using System;\nusing Squelch;\nnamespace R;\n" + policy.Text;

    private static Diagnostic[] Diagnose(RandomPolicy[] policies)
    {
        var crashes = new ConcurrentBag<string>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (thrown, _, _) => crashes.Add(thrown.ToString()), concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        Diagnostic[] found =
        [
            .. new CompilationWithAnalyzers(Compiled.Compilation([.. policies.Select(Source)]), [new PolicyAnalyzer()], options)
                .GetAnalyzerDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult(),
        ];
        Assert.Empty(crashes);
        return found;
    }

    /// <summary>One policy a file, in order.</summary>
    private static string PolicyOf(Diagnostic diagnostic)
        => "P" + diagnostic.Location.SourceTree!.FilePath["File".Length..^".cs".Length];

    private static Assembly Load(RandomPolicy[] policies)
    {
        Compilation compilation = Compiled.Generate(Compiled.Compilation([.. policies.Select(Source)]));

        // A careless author's own locals may be unused; what is generated has no warning.
        Diagnostic[] warnings = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error
            || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath.StartsWith("File", StringComparison.Ordinal) != true))];
        if (warnings.Length > 0)
        {
            Assert.Fail($"{warnings[0]}\n{warnings[0].Location.SourceTree}");
        }

        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }
}
