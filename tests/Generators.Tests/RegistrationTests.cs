using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Squelch.Generators.Tests;

/// <summary>The export with which a native library names its own policies.</summary>
public class RegistrationTests
{
    private const string Score = "{ [Score] static double S(double lastAccess) => lastAccess; }";

    [Fact]
    public void ANativeLibraryNamesThePoliciesOfItsProject()
    {
        Assert.Empty(Written($$"""
            namespace N;
            [EvictionPolicy] public readonly partial struct B {{Score}}
            [EvictionPolicy] internal readonly partial struct A {{Score}}
            public partial class Outer { [EvictionPolicy] internal readonly partial struct C {{Score}} }
            """, out string file));
        Assert.Contains("UnmanagedCallersOnly(EntryPoint = \"sq_register\")", file, StringComparison.Ordinal);
        Assert.Contains(".Register(global::Squelch.Native.NativePolicy.Of<global::N.A>(), global::Squelch.Native.NativePolicy.Of<global::N.B>(), global::Squelch.Native.NativePolicy.Of<global::N.Outer.C>());", file, StringComparison.Ordinal);
    }

    /// <summary>A host calls sq_register whatever the library is.</summary>
    [Fact]
    public void ALibraryWithoutPoliciesHasTheExportToo()
    {
        Assert.Empty(Written("namespace N;", out string file));
        Assert.Contains("NativePolicy.Register();", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public partial class Outer { [EvictionPolicy] private readonly partial struct P {0} }", "Outer.P")]
    [InlineData("public partial class Outer { private partial class Inner { [EvictionPolicy] public readonly partial struct P {0} } }", "Outer.Inner.P")]
    public void APolicyThatCannotBeNamedIsWarnedOf(string policy, string name)
    {
        Diagnostic warning = Assert.Single(Written(policy.Replace("{0}", Score, StringComparison.Ordinal), out string file));
        Assert.Equal("CS1030", warning.Id);
        Assert.Contains($"{name} cannot be named by hosts of the native library", warning.GetMessage(), StringComparison.Ordinal);
        Assert.DoesNotContain("Of<", file, StringComparison.Ordinal);
    }

    [Fact]
    public void AProjectWithoutThePackageHasNoExport()
    {
        Compiled.Build(Compiled.Policy(Score.Trim('{', '}')), out GeneratorDriverRunResult result);
        Assert.DoesNotContain(result.GeneratedTrees, tree => tree.FilePath.EndsWith("NativeLibrary.g.cs", StringComparison.Ordinal));
    }

    private static ImmutableArray<Diagnostic> Written(string source, out string file)
    {
        CSharpCompilation compilation = Compiled.Compilation("using System;\nusing Squelch;\n" + source)
            .AddReferences(MetadataReference.CreateFromFile(typeof(Native.NativePolicy).Assembly.Location));
        GeneratorDriver driver = Compiled.Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        file = driver.GetRunResult().GeneratedTrees.Single(tree => tree.FilePath.EndsWith("NativeLibrary.g.cs", StringComparison.Ordinal)).ToString();
        return [.. output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
    }
}
