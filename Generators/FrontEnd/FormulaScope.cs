using Microsoft.CodeAnalysis;
using Squelch.Generators.Ir;

namespace Squelch.Generators.FrontEnd;

/// <summary>When a formula is computed: some names can be read only then.</summary>
internal enum FormulaMoment { Any, Insertion, Eviction, Scoring, Place }

/// <summary>The names that a formula of one policy may read.</summary>
internal sealed class FormulaScope(INamedTypeSymbol policy, bool single, IEnumerable<string> customFeatures, IEnumerable<string> tunables, IEnumerable<string> states, bool reuseTable)
{
    private readonly HashSet<string> _custom = new(customFeatures);
    private readonly HashSet<string> _tunables = new(tunables.Select(Names.Camel));
    private readonly HashSet<string> _states = new(states.Select(Names.Camel));

    public INamedTypeSymbol Policy { get; } = policy;

    public IrType Number { get; } = single ? IrType.Float : IrType.Double;

    /// <summary>The input that a parameter of this name reads.</summary>
    public Expression Bind(IParameterSymbol parameter, FormulaMoment moment)
    {
        if (parameter.RefKind != RefKind.None)
        {
            throw new FormulaException(Problem.At(RuleIds.MethodShape, parameter, parameter.ContainingSymbol.Name, "its parameter '" + parameter.Name + "' must be passed by value"));
        }

        if (FormulaTypes.Of(parameter.Type) is not { } type || type == IrType.Bool)
        {
            throw new FormulaException(Problem.At(RuleIds.MethodShape, parameter, parameter.ContainingSymbol.Name, "its parameter '" + parameter.Name + "' must be a double, float, long or int"));
        }

        if (FeatureTable.Has(parameter.Name) && FeatureTable.Of(parameter.Name).Source == FeatureSource.Reuse && !(reuseTable && moment == FormulaMoment.Scoring))
        {
            throw new FormulaException(Problem.At(RuleIds.UnknownParameter, parameter, parameter.Name, reuseTable
                ? "what a reuse table has learnt is read by a [Score] or a [Term] alone"
                : "a reuse table has it: declare one by [ReuseTable(classes: 1)] on a static method that gives the class of a node, as static double Class() => 0"));
        }

        Read? read = parameter.Name switch
        {
            var name when moment == FormulaMoment.Place => OfPlace(name),
            "victimScore" when moment == FormulaMoment.Eviction => new Read(Number, ReadKind.VictimScore, parameter.Name),
            var name when FeatureTable.Has(name) => new Read(Number, ReadKind.Feature, name),
            var name when _custom.Contains(name) => new Read(Number, ReadKind.CustomFeature, name),
            var name when _tunables.Contains(name) => new Read(Number, ReadKind.Tunable, name),
            var name when _states.Contains(name) => new Read(Number, ReadKind.State, name),
            var name when moment == FormulaMoment.Insertion && IsOfParent(name) => new Read(Number, ReadKind.Parent, name),
            _ => null,
        };
        if (read is null && IsOfParent(parameter.Name))
        {
            throw new FormulaException(Problem.At(RuleIds.UnknownParameter, parameter, parameter.Name, "a parent's features are read when a node is made: by a [Feature] method that is [OnInsert] and not [OnHit]"));
        }

        if (read is null && OtherMoment(parameter.Name, moment) is { } why)
        {
            throw new FormulaException(Problem.At(RuleIds.UnknownParameter, parameter, parameter.Name, why));
        }

        if (read is null)
        {
            // What the policy declares itself is nearer than what others call a feature.
            string? own = NearestName.Find(parameter.Name, _custom.Concat(_tunables).Concat(_states));
            string? synonym = own is null ? Synonyms.Remedy(parameter.Name) : null;
            string? nearest = synonym is null ? NearestName.Find(parameter.Name, (moment == FormulaMoment.Place ? PlaceTable.Names : FeatureTable.Names).Concat(_custom).Concat(_tunables).Concat(_states)) : Synonyms.Of(parameter.Name);
            string remedy = synonym ?? (nearest is null ? "its page and `squelch features` list the features" : "did you mean '" + nearest + "'?");
            throw new FormulaException(Problem.At(RuleIds.UnknownParameter, parameter, parameter.Name, remedy).With(Facts.Name, nearest));
        }

        return type == Number ? read : new Conversion(type, read);
    }

    /// <summary>No node stands at a place yet, so features of nodes say nothing of it.</summary>
    private Read? OfPlace(string name)
        => PlaceTable.Has(name) ? new Read(Number, ReadKind.Feature, name)
            : _tunables.Contains(name) ? new Read(Number, ReadKind.Tunable, name)
            : _states.Contains(name) ? new Read(Number, ReadKind.State, name)
            : null;

    /// <summary>Why a name is none here that is one in a formula of another kind; null for all others.</summary>
    private string? OtherMoment(string name, FormulaMoment moment)
        => moment == FormulaMoment.Place
            ? FeatureTable.Has(name) || _custom.Contains(name) || name == "victimScore" ? "it is of a node, and a [Checkpoint] method judges a place where none is yet: it reads " + string.Join(", ", PlaceTable.All.Select(row => row.Name)) + ", hints, tunables and policy states" : null
            : PlaceTable.IsOfPlaceAlone(name) && Synonyms.Of(name) is null ? "it is of a place where a checkpoint could stand: a [Checkpoint] method reads it" : null;

    /// <summary>What holds for the moment and not for a node is no parent's.</summary>
    private bool IsOfParent(string name)
        => name.StartsWith(Read.ParentPrefix, StringComparison.Ordinal) && name.Length > Read.ParentPrefix.Length && char.IsUpper(name[Read.ParentPrefix.Length])
            && Names.Camel(name.Substring(Read.ParentPrefix.Length)) is var own
            && (_custom.Contains(own) || (FeatureTable.Has(own) && FeatureTable.Of(own).Source is not (FeatureSource.Clock or FeatureSource.Draw or FeatureSource.Reuse)));
}
