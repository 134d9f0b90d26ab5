using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Squelch.Generators;

namespace Squelch.Benchmarks;

/// <summary>
/// What the analyzers cost beside the generator, in the same project: when one policy is edited, and for all policies of a build. Each edit is
/// given to both, in turns; both bind the edited file anew. Times are the compiler's own: those it reports per generator and per analyzer,
/// without the drivers, which all generators and analyzers of a project share.
/// </summary>
internal static class AnalyzerBenchmark
{
    private const int WarmUp = 20;
    private const int Edits = 41;

    public static void Run()
    {
        Measure(10, Edit);
        Console.WriteLine($"One policy edited in a project of {EditedProject.Files} files, and all policies of a build; median of {Edits}, ms");
        Console.WriteLine("| policies | edit: generator | edit: analyzers | analyzers / generator | build: generator | build: analyzers | analyzers / generator |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
        foreach (int policies in (int[])[1, 10, 100])
        {
            (double generator, double analyzer) = Measure(policies, Edit);
            (double allGenerator, double allAnalyzer) = Measure(policies, All);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {policies} | {generator:0.00} | {analyzer:0.00} | {analyzer / generator:0.00}x | {allGenerator:0.0} | {allAnalyzer:0.0} | {allAnalyzer / allGenerator:0.00}x |"));
        }

        Console.WriteLine();
    }

    private static (double Generator, double Analyzer) Measure(int policies, Func<CSharpCompilation, GeneratorDriver, int, (double Generator, double Analyzer)> once)
    {
        CSharpCompilation compilation = EditedProject.Of(policies);
        GeneratorDriver driver = NewDriver().RunGenerators(compilation);
        var times = new List<(double Generator, double Analyzer)>();
        for (int edit = 0; edit < WarmUp + Edits; edit++)
        {
            times.Add(once(compilation, driver, edit));
        }

        return (Median(times.Select(time => time.Generator)), Median(times.Select(time => time.Analyzer)));
    }

    /// <summary>One policy changes: the generator runs on from what it knows, the analyzers look at the changed file.</summary>
    private static (double Generator, double Analyzer) Edit(CSharpCompilation compilation, GeneratorDriver driver, int edit)
    {
        SyntaxTree old = compilation.SyntaxTrees[EditedProject.Files];
        SyntaxTree tree = EditedProject.Policy(0, edit + 1000);
        CSharpCompilation generated = compilation.ReplaceSyntaxTree(old, tree);
        CSharpCompilation analyzed = compilation.ReplaceSyntaxTree(old, tree);
        return (Generate(driver, generated), Analyze(analyzed, [tree]));
    }

    /// <summary>A build: both from nothing.</summary>
    private static (double Generator, double Analyzer) All(CSharpCompilation compilation, GeneratorDriver driver, int edit)
    {
        CSharpCompilation generated = compilation.Clone();
        CSharpCompilation analyzed = compilation.Clone();
        return (Generate(NewDriver(), generated), Analyze(analyzed, [.. analyzed.SyntaxTrees.Skip(EditedProject.Files)]));
    }

    private static double Generate(GeneratorDriver driver, CSharpCompilation compilation)
        => driver.RunGenerators(compilation).GetTimingInfo().GeneratorTimes.Single().ElapsedTime.TotalMilliseconds;

    private static double Analyze(CSharpCompilation compilation, SyntaxTree[] trees)
    {
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
        var analysis = new CompilationWithAnalyzers(compilation, [new Squelch.Analyzers.PolicyAnalyzer()], options);
        foreach (SyntaxTree tree in trees)
        {
            if (!analysis.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), null, CancellationToken.None).GetAwaiter().GetResult().IsEmpty)
            {
                throw new InvalidOperationException("A policy of the benchmark has a diagnostic.");
            }
        }

        return analysis.GetAnalyzerTelemetryInfoAsync(analysis.Analyzers[0], CancellationToken.None).GetAwaiter().GetResult().ExecutionTime.TotalMilliseconds;
    }

    private static GeneratorDriver NewDriver() => CSharpGeneratorDriver.Create([new PolicyGenerator().AsSourceGenerator()], parseOptions: EditedProject.Options);

    private static double Median(IEnumerable<double> times)
    {
        double[] sorted = [.. times.Skip(WarmUp).Order()];
        return sorted[sorted.Length / 2];
    }
}
