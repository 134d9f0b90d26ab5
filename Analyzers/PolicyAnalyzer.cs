using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Squelch.Analyzers.Rules;
using Squelch.Generators.FrontEnd;

namespace Squelch.Analyzers;

/// <summary>Reports what the generator's front end finds wrong with a policy and, where that is nothing, what the rules do.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PolicyAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> s_descriptors = Generators.FrontEnd.Rules.All.ToImmutableDictionary(descriptor => descriptor.Id);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Generators.FrontEnd.Rules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("Squelch.EvictionPolicyAttribute") is null)
            {
                return;
            }

            start.RegisterSyntaxNodeAction(Analyze, SyntaxKind.StructDeclaration, SyntaxKind.RecordStructDeclaration);
            start.RegisterSyntaxNodeAction(AnalyzeMethod, SyntaxKind.MethodDeclaration);
            if (start.Compilation.GetTypeByMetadataName("Squelch.Caching.PolicyCache`3") is not null)
            {
                start.RegisterSyntaxNodeAction(AnalyzeUse, SyntaxKind.GenericName);
            }
        });
    }

    /// <summary>SQ1014: a score, term or choice of checkpoints whose type is no policy.</summary>
    private static void AnalyzeMethod(SyntaxNodeAnalysisContext context)
    {
        var syntax = (MethodDeclarationSyntax)context.Node;
        if (syntax.AttributeLists.Count == 0 || context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is not { ContainingType: { } type } method
            || Attributes.Find(type, "EvictionPolicyAttribute") is not null)
        {
            return;
        }

        string? role = Attributes.Find(method, "ScoreAttribute") is not null ? "Score" : Attributes.Find(method, "TermAttribute") is not null ? "Term"
            : Attributes.Find(method, "CheckpointAttribute") is not null ? "Checkpoint" : null;
        if (role is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(s_descriptors[RuleIds.NoPolicy], method.Locations[0], method.Name, role, type.Name));
        }
    }

    /// <summary>SQ1015: a cache of values with a policy of trees.</summary>
    private static void AnalyzeUse(SyntaxNodeAnalysisContext context)
    {
        if (context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol is not ({ } used and (INamedTypeSymbol or IMethodSymbol)))
        {
            return;
        }

        foreach ((string policy, string features) in ValueCacheRule.Check(used))
        {
            context.ReportDiagnostic(Diagnostic.Create(s_descriptors[RuleIds.TreePolicy], context.Node.GetLocation(), policy, features));
        }
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var syntax = (TypeDeclarationSyntax)context.Node;
        if (syntax.AttributeLists.Count == 0 || context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is not { } policy)
        {
            return;
        }

        AttributeData? attribute = Attributes.Find(policy, "EvictionPolicyAttribute");
        if (attribute?.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is not { } application || !syntax.Span.Contains(application.Span) || application.SyntaxTree != syntax.SyntaxTree)
        {
            return;
        }

        var sources = new SourceMap();
        BoundPolicy bound = PolicyBinder.Bind(policy, syntax, context.SemanticModel, sources, context.CancellationToken);
        IEnumerable<Problem> problems = bound.Model is { } model
            ? PolicyRule.CheckAll(new ValidPolicy(model, sources, policy, context.CancellationToken))
            : bound.Problems;
        foreach (Problem problem in problems)
        {
            context.ReportDiagnostic(Diagnostic.Create(s_descriptors[problem.Id], problem.Location, problem.Facts, problem.Arguments.Cast<object>().ToArray()));
        }
    }
}
