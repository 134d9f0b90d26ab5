using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>Writes the members that keep columns current, each only where it changes a column.</summary>
internal sealed class EventWriter(PolicyPlan plan, CodeText code)
{
    private enum Event { Insert, Split, Hit, Touch, EdgeChanged, ChildrenChanged, Retune }

    private readonly string _type = ScalarText.Type(plan.Scalar);
    private readonly string _cast = plan.Scalar == IrType.Float ? "(float)" : "";

    public bool RetuneChangesColumns => plan.Columns.Any(column => ExpressionTree.ReadsKind(column.Source, ReadKind.Tunable));

    public void Write()
    {
        Write(Event.Insert, "public override void Insert(int node, in global::Squelch.Access access)");
        Write(Event.Split, "public override void Split(int node, int lower)");
        Write(Event.Hit, "public override void Hit(int node, in global::Squelch.Access access)");
        Write(Event.Touch, "public override void Touch(int node, in global::Squelch.Access access)");
        Write(Event.EdgeChanged, "public override void EdgeChanged(int node)");
        Write(Event.ChildrenChanged, "public override void ChildrenChanged(int node)");
        if (RetuneChangesColumns)
        {
            Write(Event.Retune, "private void Recompute(int node)");
        }
    }

    /// <summary>Writes the update of policy states.</summary>
    public void WriteEvicting()
    {
        StateUpdateModel[] updates = UpdatesAt(UpdateEvents.Evict);
        if (updates.Length == 0 && !RemembersVictims(plan) && plan.Reuse is null)
        {
            return;
        }

        code.Line();
        code.Block("public override void Evicting(int node, double now)", () =>
        {
            Read[] reads = [.. updates.SelectMany(update => ExpressionTree.Reads(update.Body)).Distinct()];
            foreach (Read read in reads)
            {
                switch (read.Kind)
                {
                    case ReadKind.VictimScore:
                        code.Line($"{_type} victimScore = {_cast}Score(node, now);");
                        break;
                    case ReadKind.Feature when read.Name == "draw":
                        code.Line($"{_type} draw = {_cast}global::Squelch.Draw.At(_seed, now, Nodes.Creation(node));");
                        break;
                    case ReadKind.Feature or ReadKind.CustomFeature when read.Name != "now":
                        WriteLocal(read);
                        break;
                }
            }

            foreach (StateUpdateModel update in updates)
            {
                WriteStateAtEviction(update);
            }

            if (RemembersVictims(plan))
            {
                code.Line("_evictedAgo.Evicting(node, now);");
            }

            WriteReuseOf("Evicting", "now");
        });
    }

    /// <summary>Where scores read the state, all of them may change with it.</summary>
    private void WriteStateAtEviction(StateUpdateModel update)
    {
        string state = Names.Local(update.State);
        bool told = EvictionsKeepScores(plan) && ScoresRead(update);
        if (told)
        {
            code.Line($"{_type} {state}Before = _{state};");
        }

        WriteState(update, leaf => leaf switch
        {
            Read { Kind: ReadKind.Feature, Name: "now" } => _cast + "now",
            Read { Kind: ReadKind.Feature, Name: "draw" } => "draw",
            _ => Text(leaf),
        });
        if (told)
        {
            code.Line($"StateChanged({state}Before, _{state});");
        }
    }

    private bool ScoresRead(StateUpdateModel update)
        => plan.Terms.Any(term => ExpressionTree.Reads(term.Body).Any(read => read.Kind == ReadKind.State && read.Name == Names.Camel(update.State)));

    /// <summary>The policy states that an event writes; one that would be given its own value is left alone.</summary>
    private StateUpdateModel[] UpdatesAt(UpdateEvents at)
        => [.. plan.Model.Updates.Where(update => (update.At & at) != 0 && (update.Body is not Read { Kind: ReadKind.State } same || same.Name != Names.Camel(update.State)))];

    private void WriteState(StateUpdateModel update, Func<Expression, string?> leaf)
        => code.Line($"_{Names.Local(update.State)} = {Convert(new NumberGuard(plan.Model).OfState(update), leaf)};");

    private void Write(Event change, string head)
    {
        PlannedColumn[] raw = [.. plan.Columns.Where(column => column.Source is Read { Kind: ReadKind.Feature } read && Changes(change, FeatureTable.Of(read.Name).Source))];
        PlannedColumn[] own = Own(change);
        PlannedColumn[] derived = [.. plan.Columns.Where(column => column.Source is not Read { Kind: ReadKind.Feature or ReadKind.CustomFeature } && ExpressionTree.Reads(column.Source).Any(read => IsChanged(change, read)))];
        StateUpdateModel[] updates = UpdatesAt(change switch { Event.Insert => UpdateEvents.Insert, Event.Hit => UpdateEvents.Hit, _ => UpdateEvents.None });
        bool creation = change == Event.Insert && KeepsCreation(plan);
        if (raw.Length + own.Length + derived.Length + updates.Length == 0 && change != Event.Insert && !(change == Event.Hit && plan.Reuse is not null))
        {
            return;
        }

        code.Line();
        code.Block(head, () =>
        {
            if (creation)
            {
                code.Line("_creation[node] = Nodes.Creation(node);");
            }

            WriteReuse(change);
            if (change == Event.Insert && (own.Any(ReadsParent) || updates.Any(update => ExpressionTree.ReadsKind(update.Body, ReadKind.Parent))))
            {
                code.Line("int parent = access.Parent.GetValueOrDefault();");
            }

            foreach (PlannedColumn column in raw)
            {
                WriteRaw(change, column);
            }

            var locals = new HashSet<Read>();
            WriteDeclared(change, own, updates, locals);
            foreach (PlannedColumn column in derived)
            {
                WriteAssignment(column, column.Source, locals);
            }

            if (updates.Any(ScoresRead) && KeepsLowest(plan))
            {
                code.Line("ScoresChanged();");
            }

            if (raw.Concat(own).Concat(derived).Any(column => plan.Columns.IndexOf(column) < plan.SelectionColumns))
            {
                code.Line("Changed(node);");
            }
        });
    }

    /// <summary>The columns of the author's own features that the event computes, in order of declaration.</summary>
    private PlannedColumn[] Own(Event change)
        => [.. plan.Model.Features
            .Where(feature => change == Event.Insert || (change == Event.Hit && feature.Hit is not null))
            .Select(feature => plan.Columns.FirstOrDefault(column => column.Source is Read { Kind: ReadKind.CustomFeature } read && read.Name == feature.Name))
            .Where(column => column is not null)
            .Select(column => column!)];

    /// <summary>Writes the updates of what the author declares, features and policy states, in the order of declaration.</summary>
    private void WriteDeclared(Event change, PlannedColumn[] own, StateUpdateModel[] updates, HashSet<Read> locals)
    {
        if (change == Event.Insert)
        {
            // Formulas may read them before they have a value, and the slot may hold a former node's.
            Expression[] readers = [.. plan.Model.Features.Where(feature => feature.Insert is not null).Select(feature => feature.Insert!), .. updates.Select(update => update.Body)];
            foreach (PlannedColumn column in own.Where(column => readers.Any(reader => ExpressionTree.Reads(reader).Contains(column.Source))))
            {
                code.Line($"{Cell(column)} = 0;");
            }
        }

        for (int place = 0; place <= plan.Model.Features.Count; place++)
        {
            foreach (StateUpdateModel update in updates.Where(update => update.After == place))
            {
                WriteLocals(update.Body, locals);
                WriteState(update, Text);
            }

            if (place < plan.Model.Features.Count && own.FirstOrDefault(column => column.Name == plan.Model.Features[place].Name) is { } written)
            {
                WriteOwn(change, written, locals);
            }
        }
    }

    /// <summary>Writes the update of a built-in feature.</summary>
    private void WriteRaw(Event change, PlannedColumn column)
    {
        FeatureRow feature = FeatureTable.Of(((Read)column.Source).Name);
        string value = (change switch { Event.Hit => feature.ValueAtHit, Event.Split => feature.ValueAtSplit, _ => null }) ?? feature.Value;
        code.Line(feature.Source == FeatureSource.Use && change == Event.Hit ? $"{Cell(column)}++;" : $"{Cell(column)} = {_cast}{value};");
    }

    private void WriteReuse(Event change)
    {
        if (change == Event.Hit)
        {
            WriteReuseOf("Hit", "access.Now");
        }
        else if (change == Event.Insert && plan.Reuse is not null)
        {
            code.Line("_reuse.Insert();");
        }
    }

    /// <summary>Writes that a reuse table counts a node, as it was.</summary>
    private void WriteReuseOf(string method, string now)
    {
        if (plan.Reuse is { } reuse)
        {
            string kind = reuse.Class is ColumnRead column ? Cell(plan.Columns[column.Column]) : ScalarText.Of(reuse.Class, _ => null);
            code.Line($"_reuse.{method}({kind}, {now} - {Cell(plan.Columns[reuse.LastAccess.Column])});");
        }
    }

    private bool ReadsParent(PlannedColumn column)
        => plan.Model.Features.First(item => item.Name == column.Name).Insert is { } insert && ExpressionTree.ReadsKind(insert, ReadKind.Parent);

    /// <summary>Writes the update of a feature of the author's own.</summary>
    private void WriteOwn(Event change, PlannedColumn column, HashSet<Read> locals)
    {
        CustomFeatureModel feature = plan.Model.Features.First(item => item.Name == column.Name);
        if ((change == Event.Insert ? feature.Insert : feature.Hit) is not { } body)
        {
            code.Line($"{Cell(column)} = 0;");
            return;
        }

        WriteAssignment(column, body, locals);
    }

    private bool IsChanged(Event change, Read read) => read.Kind switch
    {
        ReadKind.Feature => Changes(change, FeatureTable.Of(read.Name).Source),
        ReadKind.CustomFeature => change == Event.Insert || (change == Event.Hit && plan.Model.Features.First(item => item.Name == read.Name).Hit is not null),
        ReadKind.Tunable => change is Event.Retune or Event.Insert,
        _ => false,
    };

    private void WriteAssignment(PlannedColumn column, Expression value, HashSet<Read> locals)
    {
        WriteLocals(value, locals);
        code.Line($"{Cell(column)} = {Convert(value, Text)};");
        if (column.Source is Read self && locals.Contains(self))
        {
            // Later formulas read the new value.
            code.Line($"{FormulaInput.Escape(Names.Local(self.Name))} = {Cell(column)};");
        }
    }

    /// <summary>Writes what a formula reads of the node into locals, each once.</summary>
    private void WriteLocals(Expression value, HashSet<Read> locals)
    {
        foreach (Read read in ExpressionTree.Reads(value).Where(read => read.Kind is ReadKind.CustomFeature or ReadKind.Parent || (read.Kind == ReadKind.Feature && read.Name is not "now" and not "draw")))
        {
            if (locals.Add(read))
            {
                WriteLocal(read);
            }
        }
    }

    private string Convert(Expression value, System.Func<Expression, string?> leaf)
        => ScalarText.Of(value.Type == plan.Scalar ? value : new Conversion(plan.Scalar, value), leaf);

    private void WriteLocal(Read read)
    {
        if (read.Kind == ReadKind.Parent)
        {
            WriteParentLocal(read);
            return;
        }

        PlannedColumn? stored = plan.Columns.FirstOrDefault(column => column.Source is Read source && source.Kind == read.Kind && source.Name == read.Name);
        string value = stored is not null ? Cell(stored) : _cast + FeatureTable.Of(read.Name).Value;
        code.Line($"{_type} {FormulaInput.Escape(Names.Local(read.Name))} = {value};");
    }

    /// <summary>Of the deepest node that was there before; 0 under a root.</summary>
    private void WriteParentLocal(Read read)
    {
        Read own = read.OwnOfParent();
        string value = plan.Columns.FirstOrDefault(column => column.Source is Read source && source.Kind == own.Kind && source.Name == own.Name) is { } stored
            ? $"Columns[{stored.Constant}Column][parent]"
            : _cast + FeatureTable.Of(own.Name).Value.Replace("(node)", "(parent)");
        code.Line($"{_type} {FormulaInput.Escape(Names.Local(read.Name))} = access.Parent is null ? 0 : {value};");
    }

    private string? Text(Expression leaf) => leaf switch
    {
        Read { Kind: ReadKind.Feature, Name: "now" } => _cast + "access.Now",
        Read { Kind: ReadKind.Feature, Name: "draw" } => $"{_cast}global::Squelch.Draw.At(_seed, access.Now, Nodes.Creation(node))",
        Read { Kind: ReadKind.Tunable or ReadKind.State } read => "_" + Names.Local(read.Name),
        Read read => FormulaInput.Escape(Names.Local(read.Name)),
        _ => null,
    };

    private static string Cell(PlannedColumn column) => $"Columns[{column.Constant}Column][node]";

    /// <summary>The policy counts the sessions of each node.</summary>
    internal static bool CountsSessions(PolicyPlan plan) => Keeps(plan, FeatureSource.Sessions);

    /// <summary>The policy knows victims that come back.</summary>
    internal static bool RemembersVictims(PolicyPlan plan) => Keeps(plan, FeatureSource.Ghost);

    private static bool Keeps(PolicyPlan plan, FeatureSource source)
        => plan.Columns.Any(column => column.Source is Read { Kind: ReadKind.Feature } read && FeatureTable.Of(read.Name).Source == source);

    /// <summary>An eviction changes no score but those of the nodes around it, or says so, and one search can give several victims.</summary>
    internal static bool KeepsLowest(PolicyPlan plan)
        => !plan.Ordered && EvictionsKeepScores(plan);

    /// <summary>What a leaf gives up at a time tells nothing of how long it is.</summary>
    internal static bool TrimsKeepScores(PolicyPlan plan)
        => EvictionsKeepScores(plan) && plan.Columns.SelectMany(column => ExpressionTree.Reads(column.Source)).All(read => read.Kind != ReadKind.Feature
            || read.Name is "tokensLost" or "bytesFreed"
            || FeatureTable.Of(read.Name).Source is not (FeatureSource.Edge or FeatureSource.Place));

    private static bool EvictionsKeepScores(PolicyPlan plan)
        => plan.Reuse is null && !plan.Terms.Any(term => term.Normalized);

    internal static bool KeepsCreation(PolicyPlan plan)
        => plan.Terms.Any(term => ExpressionTree.ReadsFeature(term.Body, "draw"));

    private static bool Changes(Event change, FeatureSource source) => change switch
    {
        Event.Insert => true,
        Event.Hit => source is FeatureSource.Access or FeatureSource.Use or FeatureSource.Sessions or FeatureSource.Hint,
        Event.Split => source == FeatureSource.Sessions,
        Event.Touch => source == FeatureSource.Access,
        Event.EdgeChanged => source is FeatureSource.Edge or FeatureSource.Place,
        Event.ChildrenChanged => source is FeatureSource.Children or FeatureSource.Place or FeatureSource.Subtree,
        _ => false,
    };
}
