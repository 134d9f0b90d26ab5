using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.Generators.Tests;

/// <summary>Policies as text, compiled against the framework.</summary>
internal static class Compiled
{
    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    public static CSharpCompilation Compilation(params string[] sources)
        => CSharpCompilation.Create(
            "Compiled",
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, Options, $"File{i}.cs")),
            Basic.Reference.Assemblies.Net100.References.All.Append<MetadataReference>(MetadataReference.CreateFromFile(typeof(EvictionPolicyAttribute).Assembly.Location)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpCompilation WithGpuScoring(CSharpCompilation compilation)
        => compilation.AddReferences(MetadataReference.CreateFromFile(typeof(GpuScoring.GpuScorer).Assembly.Location), MetadataReference.CreateFromFile(typeof(ILGPU.Context).Assembly.Location));

    /// <summary>A policy with this body, named P.</summary>
    public static string Policy(string body, string modifiers = "public readonly partial struct", string attribute = "[EvictionPolicy]")
        => $"using System;\nusing Squelch;\nnamespace N;\n{attribute}\n{modifiers} P\n{{\n{body}\n}}\n";

    public static BoundPolicy Bind(string source)
    {
        CSharpCompilation compilation = Compilation(source);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        TypeDeclarationSyntax syntax = tree.GetRoot().DescendantNodes().OfType<StructDeclarationSyntax>().Single();
        SemanticModel semantics = compilation.GetSemanticModel(tree);
        return PolicyBinder.Bind(semantics.GetDeclaredSymbol(syntax)!, syntax, semantics, sources: null, default);
    }

    public static GeneratorDriver Driver()
        => CSharpGeneratorDriver.Create([new PolicyGenerator().AsSourceGenerator()], parseOptions: Options, driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Compiles a policy with the generator; all diagnostics, warnings included.</summary>
    public static ImmutableArray<Diagnostic> Build(string source, out GeneratorDriverRunResult result)
    {
        GeneratorDriver driver = Driver().RunGeneratorsAndUpdateCompilation(Compilation(source), out Compilation output, out _);
        result = driver.GetRunResult();
        return [.. output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
    }
}
