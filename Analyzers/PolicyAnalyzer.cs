using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Squelch.Generators.FrontEnd;

namespace Squelch.Analyzers;

/// <summary>Reports what the generator's front end finds wrong with a policy.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PolicyAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> s_descriptors = Descriptors.All.ToImmutableDictionary(descriptor => descriptor.Id);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

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

            start.RegisterSyntaxNodeAction(Analyze, SyntaxKind.StructDeclaration);
        });
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var syntax = (StructDeclarationSyntax)context.Node;
        if (syntax.AttributeLists.Count == 0 || context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is not { } policy)
        {
            return;
        }

        AttributeData? attribute = Attributes.Find(policy, "EvictionPolicyAttribute");
        if (attribute?.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is not { } application || !syntax.Span.Contains(application.Span) || application.SyntaxTree != syntax.SyntaxTree)
        {
            return;
        }

        foreach (Problem problem in PolicyBinder.Bind(policy, syntax, context.SemanticModel, context.CancellationToken).Problems)
        {
            context.ReportDiagnostic(Diagnostic.Create(s_descriptors[problem.Id], problem.Location, problem.Arguments.Cast<object>().ToArray()));
        }
    }
}
