using System.Linq;
using Microsoft.CodeAnalysis;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;

namespace Squelch.CodeFixes;

/// <summary>What a name that a formula may read stands for.</summary>
/// <param name="Kind">Feature, tunable, policy state.</param>
/// <param name="Unit">Its unit in words, or null.</param>
/// <param name="Meaning">What it says, or null.</param>
/// <param name="Member">The policy's member that declares it, or null.</param>
internal sealed record Input(string Kind, string? Unit, string? Meaning, string? Member)
{
    /// <summary>The input of this name in a formula of a policy, or null.</summary>
    public static Input? Of(string name, IMethodSymbol formula)
    {
        if (Attributes.Find(formula, "CheckpointAttribute") is not null && PlaceTable.All.FirstOrDefault(place => place.Name == name) is { } ofPlace)
        {
            return new("number", Words(ofPlace.Unit), ofPlace.Meaning, null);
        }

        if (FeatureTable.Has(name))
        {
            FeatureRow row = FeatureTable.Of(name);
            return new("feature", Words(row.Unit), row.Meaning, null);
        }

        if (name == "victimScore" && Attributes.Find(formula, "OnEvictAttribute") is not null)
        {
            return new("number", null, "the score of the node that is evicted", null);
        }

        foreach (ISymbol member in formula.ContainingType.GetMembers().Where(member => Names.Camel(member.Name) == name))
        {
            if (Attributes.Find(member, "FeatureAttribute") is { } feature)
            {
                return new("feature", Words(UnitOf(feature)), null, member.Name);
            }

            if (Attributes.Find(member, "TunableAttribute") is not null)
            {
                return new("tunable", null, null, member.Name);
            }

            if (Attributes.Find(member, "PolicyStateAttribute") is not null)
            {
                return new("policy state", null, null, member.Name);
            }
        }

        return null;
    }

    private static string Words(string unit) => unit switch
    {
        "None" => "no unit",
        "Flops" => "FLOPs",
        "PerTick" => "1 per tick",
        _ => unit.ToLowerInvariant(),
    };

    private static string UnitOf(AttributeData feature)
        => feature.ConstructorArguments.FirstOrDefault() is { Type: INamedTypeSymbol type, Value: int value }
            ? type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => field.ConstantValue is int constant && constant == value)?.Name ?? "None"
            : "None";
}
