using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ1010: removes what no score depends on, with what writes it and what else reads it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveUnreadFix() : PolicyFix(Key, RuleIds.NeverRead)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ1010_Remove";

    private protected override Fix? Find(FixTarget target)
    {
        if (target.Semantics.GetDeclaredSymbol(target.Node, target.Cancellation) is not { } unread || target.Policy is not { } policy)
        {
            return null;
        }

        HashSet<ISymbol> members = Members(target, unread.Name);
        if (members.Count == 0 || members.Any(member => target.Declaration(member) is null))
        {
            return null;
        }

        var edits = new Edits();
        foreach (ISymbol member in members)
        {
            edits.Remove(target.Declaration(member)!);
        }

        if (Attributes.Find(policy, "BootstrapTunerAttribute")?.ConstructorArguments[0].Value is string tuned && members.Any(member => member.Name == tuned))
        {
            if (target.AttributeOf(policy, "BootstrapTunerAttribute") is not { } tuner)
            {
                return null;
            }

            edits.Remove(tuner);
        }

        if (Attributes.Find(policy, "ShadowTunerAttribute")?.Strings(0) is { } shadowed && shadowed.Count(name => members.Any(member => member.Name == name)) is var gone && gone > 0)
        {
            // Where others stay, which argument goes is the author's to see.
            if (gone < shadowed.Length || target.AttributeOf(policy, "ShadowTunerAttribute") is not { } tuner)
            {
                return null;
            }

            edits.Remove(tuner);
        }

        return new("Remove '" + unread.Name + "'", edits);
    }

    private protected override Task<bool> IsSafe(FixTarget target, Edits edits) => References.AllGo(target, edits);

    /// <summary>The input, and all that would read or write nothing without it: no score depends on those either.</summary>
    private static HashSet<ISymbol> Members(FixTarget target, string name)
    {
        var gone = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var names = new Queue<string>([Names.Camel(name)]);
        while (names.Count > 0)
        {
            string input = names.Dequeue();
            foreach (ISymbol member in Inputs(target).Where(member => Names.Camel(member.Name) == input).Concat(PolicyUpdates.Of(target).Where(member => PolicyUpdates.StateOf(member) == input)))
            {
                gone.Add(member);
            }

            foreach (IMethodSymbol reader in target.Members("FeatureAttribute").Concat(PolicyUpdates.Of(target)).OfType<IMethodSymbol>())
            {
                if (reader.Parameters.Any(parameter => parameter.Name == input) && gone.Add(reader))
                {
                    names.Enqueue(PolicyUpdates.StateOf(reader) ?? Names.Camel(reader.Name));
                }
            }
        }

        return gone;
    }

    private static IEnumerable<ISymbol> Inputs(FixTarget target)
        => target.Members("TunableAttribute").Concat(target.Members("PolicyStateAttribute")).Concat(target.Members("FeatureAttribute"));
}
