using System.Collections;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Squelch.Generators.Tests;

/// <summary>What an edit runs again.</summary>
public class IncrementalityTests
{
    private const string Body = "[Score] static double S(double lastAccess) => lastAccess + 1;";

    [Fact]
    public void AnUnrelatedEditRunsNothingAgain()
        => Assert.All(Outputs(Compiled.Policy(Body), "class A;", 1, "class A { int B; }"), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));

    [Fact]
    public void ACommentInAScoreRunsNoOutputAgain()
        => Assert.All(
            Outputs(Compiled.Policy(Body), "class A;", 0, Compiled.Policy(Body.Replace("=> ", "=> /* why */ ", StringComparison.Ordinal))),
            reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));

    [Fact]
    public void AChangedFormulaRunsItsOutputAgain()
        => Assert.Contains(
            IncrementalStepRunReason.Modified,
            Outputs(Compiled.Policy(Body), "class A;", 0, Compiled.Policy(Body.Replace("+ 1", "+ 2", StringComparison.Ordinal))));

    [Fact]
    public void NoStepHoldsSymbolsOrSyntax()
    {
        GeneratorDriver driver = Compiled.Driver().RunGenerators(Compiled.Compilation(Compiled.Policy(Body)));
        foreach (IncrementalGeneratorRunStep step in driver.GetRunResult().Results[0].TrackedSteps[TrackingNames.Policy])
        {
            foreach ((object value, _) in step.Outputs)
            {
                AssertPlain(value, []);
            }
        }
    }

    [Fact]
    public void TheCheckForSymbolsFindsAPlantedOne()
    {
        ISymbol planted = Compiled.Compilation("class A;").GetTypeByMetadataName("A")!;
        Assert.ThrowsAny<Exception>(() => AssertPlain(new { Deep = new[] { planted } }, []));
    }

    private static void AssertPlain(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
        {
            return;
        }

        Assert.False(value is ISymbol or Compilation or SyntaxNode or SyntaxTree or Location or SemanticModel, $"{value.GetType()} is held");
        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                AssertPlain(item, seen);
            }
        }

        foreach (var property in value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract"))
        {
            AssertPlain(property.GetValue(value), seen);
        }
    }

    private static ImmutableArray<IncrementalStepRunReason> Outputs(string policy, string other, int edited, string text)
    {
        CSharpCompilation before = Compiled.Compilation(policy, other);
        GeneratorDriver driver = Compiled.Driver().RunGenerators(before);
        SyntaxTree old = before.SyntaxTrees[edited];
        CSharpCompilation after = before.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)old.Options, old.FilePath));
        driver = driver.RunGenerators(after);
        return [.. driver.GetRunResult().Results[0].TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)];
    }
}
