using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.Ir;

namespace Squelch.Generators.FrontEnd;

/// <summary>Binds one policy type: the one validator, run by the generator and by the analyzer.</summary>
internal sealed partial class PolicyBinder
{
    private readonly INamedTypeSymbol _policy;
    private readonly TypeDeclarationSyntax _syntax;
    private readonly SemanticModel _semantics;
    private readonly SourceMap? _sources;
    private readonly CancellationToken _cancellation;
    private static readonly string[] s_added = ["Descriptor", "CreateSelector", "FromTunables", "CopyTunables", "CompiledSelector"];

    /// <summary>Of a reuse table: each costs some kilobytes.</summary>
    private const int MostClasses = 64;

    private readonly List<Problem> _problems = [];

    /// <summary>A formula has an error of C#'s own.</summary>
    private bool _incomplete;

    // Members written by the author; property accessors and the like have no attributes of the language.
    private readonly ISymbol[] _members;

    private PolicyBinder(INamedTypeSymbol policy, TypeDeclarationSyntax syntax, SemanticModel semantics, SourceMap? sources, CancellationToken cancellation)
    {
        _sources = sources;
        _policy = policy;
        _syntax = syntax;
        _semantics = semantics;
        _cancellation = cancellation;
        _members = [.. policy.GetMembers().Where(member => !member.IsImplicitlyDeclared && member is IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol)];
    }

    /// <param name="sources">Filled with where each part of the model stands, where given.</param>
    public static BoundPolicy Bind(INamedTypeSymbol policy, TypeDeclarationSyntax syntax, SemanticModel semantics, SourceMap? sources, CancellationToken cancellation)
        => new PolicyBinder(policy, syntax, semantics, sources, cancellation).Bind();

    private BoundPolicy Bind()
    {
        bool partial = IsPartial();
        CheckKind();
        AttributeData policy = Attributes.Find(_policy, "EvictionPolicyAttribute")!;
        bool single = policy.IsSingle();
        var tunables = Numbers("TunableAttribute", "a tunable", written: true);
        var states = Numbers("PolicyStateAttribute", "a policy state", written: false);
        var custom = Methods("FeatureAttribute");
        CheckNames(tunables.Concat(states).Select(pair => (ISymbol)pair.Property), custom.Select(pair => pair.Method));
        var lowering = new FormulaLowering(new(_policy, single, NamesOf(custom), NamesOf(tunables), NamesOf(states), Methods("ReuseTableAttribute").Count > 0), _semantics, _sources, _cancellation);

        TermModel[] terms = Each("TermAttribute", (method, attribute) => Term(method, attribute, lowering, tunables));
        ScoreModel[] scores = [.. Each("ScoreAttribute", (method, attribute) => Score(method, attribute, lowering)).OrderBy(score => score.Order)];
        CustomFeatureModel[] features = [.. custom.GroupBy(pair => Names.Camel(pair.Method.Name)).Select(group => CustomFeature(group.Key, [.. group], lowering)).OfType<CustomFeatureModel>()];
        CheckMembers(policy, scores);
        StateUpdateModel[] updates = [.. StateWriters().Select(writer => StateUpdate(writer, lowering, states, custom)).OfType<StateUpdateModel>()];
        ReuseTableModel? reuseTable = ReuseTable(lowering);
        AttributeData? admission = Attributes.Find(_policy, "AdmissionAttribute");
        AttributeData? tuner = Attributes.Find(_policy, "BootstrapTunerAttribute");
        TunableModel[] tunableModels = [.. tunables.Select(pair => Tunable(pair.Property, pair.Attribute))];
        string[] shadowed = ShadowTunables(tuner, tunableModels);
        CheckpointModel? checkpoint = Checkpoint(admission, tunables, states);
        PolicyShell shell = Shell();
        return _problems.Count > 0 || _incomplete
            ? new(null, partial && !IsFileLocal() && !_policy.IsRefLikeType ? shell : null, _problems)
            : new(
                new PolicyModel
                {
                    Namespace = shell.Namespace,
                    Name = shell.Name,
                    Containers = shell.Containers,
                    HintName = shell.HintName,
                    Summary = Summary(),
                    SinglePrecision = single,
                    Gpu = policy.NamedValue("Gpu") is true,
                    Candidates = policy.NamedMember("Candidates") ?? "Leaves",
                    Trim = policy.Named("Trim", 0),
                    Touch = policy.NamedMember("Touch") ?? "Deepest",
                    Checkpoints = new(admission?.Flags(0) ?? ["BranchPoint", "LastToken"]),
                    Every = admission?.Named("Every", 0) ?? 0,
                    Align = admission?.Named("Align", 1) ?? 1,
                    LeastSaving = admission?.Named("LeastSaving", 0) ?? 0,
                    Checkpoint = checkpoint,
                    Selector = policy.NamedType("Selector"),
                    HasConstructor = _policy.InstanceConstructors.Any(constructor => !constructor.IsImplicitlyDeclared && !IsGenerated(constructor)) || HasLayout(),
                    BootstrapTunable = tuner?.Argument(0) as string,
                    BootstrapMultiplier = tuner?.Named("Multiplier", 5) ?? 5,
                    ShadowTunables = new(shadowed),
                    Terms = new(terms),
                    Scores = new(scores),
                    Tunables = new(tunableModels),
                    States = new(states.Select(pair => Noted(new StateModel(pair.Property.Name), pair.Property))),
                    Features = new(features),
                    Updates = new(updates),
                    ReuseTable = reuseTable,
                },
                shell,
                _problems);
    }

    private static IEnumerable<string> NamesOf(List<(IPropertySymbol Property, AttributeData Attribute)> members) => members.Select(pair => pair.Property.Name);

    private static IEnumerable<string> NamesOf(List<(IMethodSymbol Method, AttributeData Attribute)> members) => members.Select(pair => Names.Camel(pair.Method.Name)).Distinct();

    /// <summary>What the methods with an attribute declare; null, which has been reported, left out.</summary>
    private T[] Each<T>(string attribute, Func<IMethodSymbol, AttributeData, T?> bind)
        where T : class
        => [.. Methods(attribute).Select(pair => bind(pair.Method, pair.Attribute)).OfType<T>()];

    private void Add(Problem problem) => _problems.Add(problem);

    private List<(IMethodSymbol Method, AttributeData Attribute)> Methods(string attribute)
        => [.. _members.Select(member => (method: (member as IMethodSymbol)!, data: Attributes.Find(member, attribute)!)).Where(pair => pair.method is not null && pair.data is not null)];

    private List<(IPropertySymbol Property, AttributeData Attribute)> Properties(string attribute)
        => [.. _members.Select(member => (property: (member as IPropertySymbol)!, data: Attributes.Find(member, attribute)!)).Where(pair => pair.property is not null && pair.data is not null)];

    /// <summary>Properties that a formula reads: doubles, each with a name of its own.</summary>
    private List<(IPropertySymbol Property, AttributeData Attribute)> Numbers(string attribute, string what, bool written)
    {
        var numbers = new List<(IPropertySymbol Property, AttributeData Attribute)>();
        foreach ((IPropertySymbol property, AttributeData data) in Properties(attribute))
        {
            string? fault = property.IsStatic || property.IsIndexer || property.GetMethod is null || property.Type.SpecialType != SpecialType.System_Double ? what + " is an instance property of type double"
                : property.IsRequired ? what + " must not be required: policies are made without it"
                : HasInitializer(property) ? (written ? "its default is [Tunable(..., Default = ...)], which an initializer would contradict" : "a policy state begins at 0, so an initializer has no effect")
                : written && property.SetMethod is null ? what + " has an init accessor, through which it is set"
                : null;
            if (fault is not null)
            {
                Add(Problem.At(RuleIds.MethodShape, property, property.Name, fault));
            }

            if (!property.IsIndexer && numbers.All(pair => Names.Camel(pair.Property.Name) != Names.Camel(property.Name)))
            {
                numbers.Add((property, data));
            }
        }

        return numbers;
    }

    private T Noted<T>(T model, ISymbol member)
        where T : notnull
    {
        _sources?.Add(model, member);
        return model;
    }

    /// <summary>A name that should be one of the known, with what its member is instead, or the one that is probably meant.</summary>
    private Problem Unknown(string id, ISymbol at, string name, IEnumerable<string> known)
    {
        string? nearest = NearestName.Find(name, known);
        string? other = _policy.GetMembers(name).FirstOrDefault() switch
        {
            IPropertySymbol property => "it is a property of type " + property.Type.ToDisplayString(),
            IFieldSymbol field => "it is a field of type " + field.Type.ToDisplayString(),
            IMethodSymbol => "it is a method",
            _ => null,
        };
        string remedy = nearest is null ? "declare it first" : "did you mean '" + nearest + "'?";
        return Problem.At(id, at, name, other is null ? remedy : other + "; " + remedy).With(Facts.Name, nearest);
    }
}
