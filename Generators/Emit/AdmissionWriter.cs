using Squelch.Generators.Analysis;
using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>Writes which checkpoints a policy keeps, and the formula that chooses them.</summary>
internal sealed class AdmissionWriter(PolicyModel model)
{
    /// <summary>Hints that the formula reads: features, which replays and engines have to give.</summary>
    public static IEnumerable<Read> Hints(PolicyModel model)
        => model.Checkpoint is { } checkpoint
            ? ExpressionTree.Reads(checkpoint.Body).Where(read => read.Kind == ReadKind.Feature && FeatureTable.Has(read.Name) && FeatureTable.Of(read.Name).Source == FeatureSource.Hint)
            : [];

    /// <summary>True where the formula reads policy states, which the selector then hands out.</summary>
    public static bool ReadsStates(PolicyModel model) => model.Checkpoint is { } checkpoint && ExpressionTree.ReadsKind(checkpoint.Body, ReadKind.State);

    /// <summary>A proof as the descriptor has it.</summary>
    public static string ProofText(Proof proof)
        => $"new(Name: {Literals.Of(proof.Name)}, Minimum: {Literals.Of(proof.Range.Low)}, Maximum: {Literals.Of(proof.Range.High)}, Unit: {Literals.Of(proof.Unit)}, Certainty: global::Squelch.Certainty.{proof.Certainty}, "
            + $"Trends: [{string.Join(", ", proof.Trends.Select(trend => $"new({Literals.Of(trend.Feature)}, global::Squelch.Trend.{trend.Trend})"))}])";

    public void Write(CodeText code)
    {
        string checkpoints = model.Checkpoints.Count == 0 ? "default" : string.Join(" | ", model.Checkpoints.Select(member => "global::Squelch.Checkpoints." + member));
        string admission = $"Admission = new(Checkpoints: {checkpoints}, Every: {model.Every}, Align: {model.Align})";
        if (model is { LeastSaving: 0, Trim: 0, Checkpoint: null })
        {
            code.Line(admission + ",");
            return;
        }

        code.Block(admission, () =>
        {
            if (model.LeastSaving > 0)
            {
                code.Line($"LeastSaving = {model.LeastSaving},");
            }

            if (model.Trim > 0)
            {
                code.Line("KeepsBeginnings = true,");
            }

            if (model.Checkpoint is not null)
            {
                WriteFormula(code, model.Checkpoint);
            }
        }, "},");
    }

    private void WriteFormula(CodeText code, CheckpointModel checkpoint)
    {
        Expression body = ThrowGuard.Apply(model).Checkpoint!.Body;
        IEnumerable<string> places = ExpressionTree.Reads(body).Where(read => read.Kind == ReadKind.Feature && PlaceTable.All.Any(row => row.Name == read.Name)).Select(read => read.Name).Distinct();
        code.Line("Formula = new(");
        code.Deeper(() =>
        {
            code.Line($"Name: {Literals.Of(checkpoint.Name)},");
            code.Line($"Text: {Literals.Of(GeneratedFile.OneLine(checkpoint.Source))},");
            code.Line($"Above: {Literals.Of(checkpoint.Above)},");
            code.Line($"Best: {checkpoint.Best},");
            code.Line($"Reads: [{string.Join(", ", places.Select(name => $"global::System.Linq.Enumerable.Single(global::Squelch.BuiltInFeatures.OfPlaces, static feature => feature.Name == {Literals.Of(name)})"))}],");
            code.Line($"Worth: static (in global::Squelch.CheckpointPlace place) => {ScalarText.Of(body, Leaf)})");
        });
        code.Block(null, () =>
        {
            code.Line($"Tunables = [{string.Join(", ", model.Tunables.Select(tunable => Literals.Of(tunable.Default)))}],");
            code.Line($"States = {(ReadsStates(model) ? model.States.Count : 0)},");
            code.Line($"Proof = {ProofText(Proof.Of(model, checkpoint))},");
        }, "},");
    }

    private string? Leaf(Expression leaf) => leaf switch
    {
        Read { Kind: ReadKind.Feature } read => "place." + PlaceTable.ValueOf(read.Name),
        Read { Kind: ReadKind.Tunable } read => $"place.Tunables[{IndexOf(model.Tunables.Select(tunable => tunable.Name), read.Name)}]",
        Read { Kind: ReadKind.State } read => $"place.States[{IndexOf(model.States.Select(state => state.Name), read.Name)}]",
        _ => null,
    };

    private static int IndexOf(IEnumerable<string> names, string name) => names.Select(Names.Camel).ToList().IndexOf(Names.Camel(name));
}
