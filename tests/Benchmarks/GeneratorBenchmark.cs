using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Squelch.Generators;

namespace Squelch.Benchmarks;

/// <summary>What an edit in an unrelated file costs the generator, in a project of 1,000 files.</summary>
internal static class GeneratorBenchmark
{
    private const int WarmUp = 25;
    private const int Edits = 25;

    public static void Run()
    {
        MillisecondsPerEdit(100);
        Console.WriteLine($"An edit in an unrelated file of {EditedProject.Files} files, generator alone, median of {Edits}");
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
        CSharpCompilation compilation = EditedProject.Of(policies);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new PolicyGenerator().AsSourceGenerator()], parseOptions: EditedProject.Options).RunGenerators(compilation);
        var times = new List<double>();
        for (int edit = 0; edit < WarmUp + Edits; edit++)
        {
            SyntaxTree old = compilation.SyntaxTrees[0];
            compilation = compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText($"class Edited {{ int Value => {edit}; }}", EditedProject.Options, "File0.cs"));
            long start = Stopwatch.GetTimestamp();
            driver = driver.RunGenerators(compilation);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times.Skip(WarmUp).Order().ElementAt(Edits / 2);
    }
}
