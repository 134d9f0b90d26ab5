using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Squelch.Generators;

namespace Squelch.Benchmarks;

/// <summary>What an edit in an unrelated file costs the generator, in a project of 1,000 files.</summary>
internal static class GeneratorBenchmark
{
    private const int Files = 1000;
    private const int WarmUp = 25;
    private const int Edits = 25;

    public static void Run()
    {
        MillisecondsPerEdit(100);
        Console.WriteLine($"An edit in an unrelated file of {Files} files, generator alone, median of {Edits}");
        Console.WriteLine("| policies | ms per edit |");
        Console.WriteLine("|---:|---:|");
        foreach (int policies in (int[])[1, 10, 100])
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {policies} | {MillisecondsPerEdit(policies):0.0} |"));
        }

        Console.WriteLine();
    }

    private static double MillisecondsPerEdit(int policies)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var trees = new List<SyntaxTree>();
        for (int i = 0; i < Files; i++)
        {
            trees.Add(CSharpSyntaxTree.ParseText($"namespace Unrelated{i}; class C{i} {{ int M(int x) => x + {i}; }}", options, $"File{i}.cs"));
        }

        for (int i = 0; i < policies; i++)
        {
            trees.Add(CSharpSyntaxTree.ParseText(Policy(i), options, $"Policy{i}.cs"));
        }

        var references = Basic.Reference.Assemblies.Net100.References.All.Append<MetadataReference>(MetadataReference.CreateFromFile(typeof(EvictionPolicyAttribute).Assembly.Location));
        var compilation = CSharpCompilation.Create("Edited", trees, references, new(OutputKind.DynamicallyLinkedLibrary));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new PolicyGenerator().AsSourceGenerator()], parseOptions: options).RunGenerators(compilation);
        var times = new List<double>();
        for (int edit = 0; edit < WarmUp + Edits; edit++)
        {
            SyntaxTree old = compilation.SyntaxTrees[0];
            compilation = compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText($"class Edited {{ int Value => {edit}; }}", options, "File0.cs"));
            long start = Stopwatch.GetTimestamp();
            driver = driver.RunGenerators(compilation);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times.Skip(WarmUp).Order().ElementAt(Edits / 2);
    }

    private static string Policy(int index) => $$"""
        using System;
        using Squelch;
        namespace Edited{{index}};
        [EvictionPolicy(Candidates = Candidates.AtMostOneChild)]
        public readonly partial struct Policy{{index}}
        {
            [Tunable(0, 2, Step = 0.1)] public double Alpha { get; init; }
            [Term(Normalize = Normalize.MinMax)] static double Recency(double now, double lastAccess) => 1 / Math.Max(now - lastAccess, {{index + 1}});
            [Term(Normalize = Normalize.MinMax, Weight = nameof(Alpha))] static double Saved(double flopsSaved, double bytesHeld) => flopsSaved / bytesHeld;
        }
        """;
}
