using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.Emit;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;

namespace Squelch.Generators;

/// <summary>The policy compiler: each [EvictionPolicy] struct is bound to a model, and each changed model is written.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class PolicyGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Output> policies = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "Squelch.EvictionPolicyAttribute",
                static (node, _) => node is StructDeclarationSyntax or RecordDeclarationSyntax,
                static (target, cancellation) =>
                {
                    if (Attributes.Find(target.TargetSymbol, "EvictionPolicyAttribute")?.ApplicationSyntaxReference?.GetSyntax(cancellation) is not { } first
                        || first.SyntaxTree != target.TargetNode.SyntaxTree || !target.TargetNode.Span.Contains(first.Span))
                    {
                        // The attribute stands on another part too, which C# reports.
                        return new Output(null, null, null);
                    }

                    BoundPolicy bound = PolicyBinder.Bind((INamedTypeSymbol)target.TargetSymbol, (TypeDeclarationSyntax)target.TargetNode, target.SemanticModel, sources: null, cancellation);
                    return new Output(bound.Model, bound.Model is null ? bound.Shell : null, bound.Model is null ? null : RegisteredPolicy.Of((INamedTypeSymbol)target.TargetSymbol));
                })
            .WithTrackingName(TrackingNames.Policy);

        IncrementalValueProvider<bool> device = context.CompilationProvider
            .Select(static (compilation, _) => compilation.GetTypeByMetadataName("Squelch.GpuScoring.CompilerServices.IDeviceFormula") is not null);

        context.RegisterSourceOutput(policies.Combine(device), static (production, input) =>
        {
            (Output output, bool device) = input;
            if (output.Model is { } model)
            {
                foreach ((string suffix, string text) in PolicyWriter.Write(model, device))
                {
                    production.AddSource(model.HintName + suffix, text);
                }
            }
            else if (output.Invalid is { } shell)
            {
                production.AddSource(shell.HintName + ".Invalid.g.cs", InvalidPolicyWriter.Write(shell));
            }
        });

        WriteRegistration(context, policies);
    }

    /// <summary>Where a project is to be a native library, one more file names its policies to hosts.</summary>
    private static void WriteRegistration(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Output> policies)
    {
        IncrementalValueProvider<bool> native = context.CompilationProvider
            .Select(static (compilation, _) => compilation.GetTypeByMetadataName("Squelch.Native.NativePolicy") is { } type
                && !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly));
        IncrementalValueProvider<EquatableArray<RegisteredPolicy>> registered = policies
            .Where(static output => output.Registered is not null)
            .Select(static (output, _) => output.Registered!)
            .Collect()
            .Select(static (all, _) => new EquatableArray<RegisteredPolicy>([.. all.OrderBy(policy => policy.Type, StringComparer.Ordinal)]));
        context.RegisterSourceOutput(registered.Combine(native), static (production, input) =>
        {
            (EquatableArray<RegisteredPolicy> registered, bool native) = input;
            if (native)
            {
                production.AddSource("NativeLibrary.g.cs", RegistrationWriter.Write(registered));
            }
        });
    }

    private sealed record Output(PolicyModel? Model, PolicyShell? Invalid, RegisteredPolicy? Registered);
}
