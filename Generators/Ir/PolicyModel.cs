namespace Squelch.Generators.Ir;

/// <summary>All the generator knows of one policy: strings, numbers and formulas, compared by value.</summary>
internal sealed record PolicyModel
{
    public required string Namespace { get; init; }
    public required string Name { get; init; }

    /// <summary>Containing type declarations, outermost first, e.g. "public partial class Outer".</summary>
    public required EquatableArray<string> Containers { get; init; }

    /// <summary>Unique and legal as a hint name, without ".g.cs".</summary>
    public required string HintName { get; init; }

    public required string Summary { get; init; }
    public required bool SinglePrecision { get; init; }

    /// <summary>The author asks for a GPU kernel.</summary>
    public bool Gpu { get; init; }

    /// <summary>Member name of Squelch.Candidates.</summary>
    public required string Candidates { get; init; }

    /// <summary>Tokens that a leaf gives up at a time; 0 for all.</summary>
    public int Trim { get; init; }

    /// <summary>Member name of Squelch.Touch.</summary>
    public required string Touch { get; init; }

    /// <summary>Member names of Squelch.Checkpoints, all of which hold.</summary>
    public required EquatableArray<string> Checkpoints { get; init; }
    public required int Every { get; init; }
    public required int Align { get; init; }

    public int LeastSaving { get; init; }

    /// <summary>Chooses among the places of checkpoints, or null.</summary>
    public CheckpointModel? Checkpoint { get; init; }

    /// <summary>Fully qualified type of a hand-written selector, or null.</summary>
    public string? Selector { get; init; }

    /// <summary>The author has written a constructor, or the layout of the fields, so none is added: a default value is then no different from zeros that were set.</summary>
    public bool HasConstructor { get; init; }
    public string? BootstrapTunable { get; init; }
    public int BootstrapMultiplier { get; init; } = 5;
    public EquatableArray<string> ShadowTunables { get; init; }

    public required EquatableArray<TermModel> Terms { get; init; }

    /// <summary>By Order.</summary>
    public required EquatableArray<ScoreModel> Scores { get; init; }
    public required EquatableArray<TunableModel> Tunables { get; init; }
    public required EquatableArray<StateModel> States { get; init; }
    public required EquatableArray<CustomFeatureModel> Features { get; init; }
    public required EquatableArray<StateUpdateModel> Updates { get; init; }

    /// <summary>Null where the policy has no reuse table.</summary>
    public ReuseTableModel? ReuseTable { get; init; }

    /// <summary>All formulas of nodes.</summary>
    public IEnumerable<Expression> Bodies
        => Terms.Select(term => term.Body)
            .Concat(Scores.Select(score => score.Body))
            .Concat(Features.SelectMany(feature => feature.Bodies))
            .Concat(Updates.Select(update => update.Body))
            .Concat(ReuseTable is null ? [] : [ReuseTable.Class]);
}

/// <param name="Name">Method name.</param>
/// <param name="Source">The body as written, on one line, for the formula text.</param>
internal sealed record TermModel(string Name, string Source, Expression Body, bool MinMax, WeightModel Weight);

/// <summary>A weight: the named tunable, else the constant.</summary>
internal sealed record WeightModel(string? Tunable, double Constant);

internal sealed record ScoreModel(string Name, string Source, Expression Body, int Order);

internal sealed record TunableModel(string Name, double Minimum, double Maximum, double Step, double Default);

/// <param name="Name">Property name; formulas read it in camel case.</param>
internal sealed record StateModel(string Name);

/// <param name="Name">Camel-case column name.</param>
/// <param name="Unit">Member name of Squelch.Unit.</param>
/// <param name="Insert">Its value when its node is made, or null for 0.</param>
/// <param name="Hit">Its value when a lookup uses its node, or null where that changes nothing.</param>
internal sealed record CustomFeatureModel(string Name, string Unit, string Source, Expression? Insert, Expression? Hit)
{
    /// <summary>Its updates.</summary>
    public IEnumerable<Expression> Bodies
    {
        get
        {
            if (Insert is not null)
            {
                yield return Insert;
            }

            if (Hit is not null && !Hit.Equals(Insert))
            {
                yield return Hit;
            }
        }
    }
}

/// <param name="Body">In double precision; names of places are features, too.</param>
internal sealed record CheckpointModel(string Name, string Source, Expression Body, double Above, int Best);

/// <param name="Name">Method name.</param>
/// <param name="Classes">How many classes there are.</param>
/// <param name="Class">The class of a node.</param>
internal sealed record ReuseTableModel(string Name, string Source, int Classes, Expression Class);

/// <summary>When a policy state is written.</summary>
[Flags]
internal enum UpdateEvents { None = 0, Insert = 1, Hit = 2, Evict = 4 }

/// <param name="State">Property name of the state written.</param>
/// <param name="At">The events at which it is; at least one.</param>
/// <param name="After">How many of the features of the author's own are declared above it: those have their new values by then.</param>
internal sealed record StateUpdateModel(string State, string Name, string Source, Expression Body, UpdateEvents At, int After)
{
    /// <summary>It reads a candidate, and nothing while a node is made or used.</summary>
    public bool OnlyEvicts => At == UpdateEvents.Evict;
}
