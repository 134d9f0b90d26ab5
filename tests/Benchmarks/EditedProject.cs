using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Squelch.Benchmarks;

/// <summary>A project of 1,000 files and some policies, as an editor sees it.</summary>
internal static class EditedProject
{
    public const int Files = 1000;

    public static CSharpParseOptions Options { get; } = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    /// <summary>The policies are the last files.</summary>
    public static CSharpCompilation Of(int policies)
    {
        var trees = new List<SyntaxTree>();
        for (int i = 0; i < Files; i++)
        {
            trees.Add(CSharpSyntaxTree.ParseText($"namespace Unrelated{i}; class C{i} {{ int M(int x) => x + {i}; }}", Options, $"File{i}.cs"));
        }

        for (int i = 0; i < policies; i++)
        {
            trees.Add(Policy(i, i + 1));
        }

        var references = Basic.Reference.Assemblies.Net100.References.All.Append<MetadataReference>(MetadataReference.CreateFromFile(typeof(EvictionPolicyAttribute).Assembly.Location));
        return CSharpCompilation.Create("Edited", trees, references, new(OutputKind.DynamicallyLinkedLibrary));
    }

    /// <summary>A policy whose formula holds a number.</summary>
    public static SyntaxTree Policy(int index, int number) => CSharpSyntaxTree.ParseText(
        $$"""
        using System;
        using Squelch;
        namespace Edited{{index}};
        [EvictionPolicy(Candidates = Candidates.AtMostOneChild)]
        public readonly partial struct Policy{{index}}
        {
            [Tunable(0, 2, Step = 0.1)] public double Alpha { get; init; }
            [Term(Normalize = Normalize.MinMax)] static double Recency(double now, double lastAccess) => 1 / Math.Max(now - lastAccess, {{number}});
            [Term(Normalize = Normalize.MinMax, Weight = nameof(Alpha))] static double Saved(double flopsSaved, double bytesHeld) => flopsSaved / bytesHeld;
        }
        """,
        Options,
        $"Policy{index}.cs");
}
