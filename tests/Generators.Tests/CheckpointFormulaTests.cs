using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Squelch.Generators.FrontEnd;

namespace Squelch.Generators.Tests;

/// <summary>A formula that chooses checkpoints, from its text to what a cache asks.</summary>
public class CheckpointFormulaTests
{
    private const string Score = "[Score] static double S(double lastAccess) => lastAccess;\n";
    private static readonly RequestHints s_hints = new(Priority: 2, Expires: 6, NextUse: 7, Turn: 3, SessionGap: 5, Category: 4);

    private const string Admits = "[EvictionPolicy, Admission(Checkpoints.BranchPoint | Checkpoints.Interval, Every = 16)]";

    [Fact]
    public void EveryNameIsWhatThePlaceSays()
    {
        string[] names = [.. PlaceTable.Names];
        foreach (string name in names)
        {
            CheckpointFormula formula = Formula($"[Checkpoint(Above = 0)] static double Worth(double {name}) => {name};");
            Assert.Equal(Expected(name), formula.Worth(Place()));
        }

        Assert.Contains("turn", names);
        Assert.DoesNotContain("lastAccess", names);
    }

    /// <summary>What is compiled gives what the author's method gives.</summary>
    [Theory]
    [InlineData("double fromLastCheckpoint, double position", "fromLastCheckpoint / Math.Sqrt(position)")]
    [InlineData("double toBranch, double toEnd", "toBranch == 0 || toEnd == 0 ? 1 : Math.Log(1 + toEnd) - toBranch")]
    [InlineData("double kvBytes, double checkpointBytes, double turn", "turn > 2 ? kvBytes - checkpointBytes : kvBytes")]
    [InlineData("int position, int inputTokens", "position % 7 * (inputTokens - position)")]
    [InlineData("float branchLag, long toEnd", "Math.Abs(branchLag - toEnd)")]
    [InlineData("double flopsSaved, double checkpointBytes", "Math.Max(flopsSaved, 1) / Math.Clamp(checkpointBytes, 1, 100)")]
    [InlineData("double category, double position", "category switch { 4 => position, > 2 => 1, _ => 0 }")]
    public void ItGivesWhatTheMethodGives(string parameters, string body)
    {
        Type policy = Load($"[Checkpoint(Above = 0)] static double Worth({parameters}) => {body};");
        MethodInfo method = policy.GetMethod("Worth", BindingFlags.NonPublic | BindingFlags.Static)!;
        object[] arguments = [.. method.GetParameters().Select(parameter => Convert.ChangeType(Expected(parameter.Name!), parameter.ParameterType, CultureInfo.InvariantCulture))];
        Assert.Equal((double)method.Invoke(null, arguments)!, DescriptorOf(policy).Admission.Formula!.Worth(Place()));
    }

    [Fact]
    public void TunablesAndStatesAreRead()
    {
        CheckpointFormula formula = Formula("""
            [Tunable(0, 10, Default = 4)] public double Unread { get; init; }
            [Tunable(0, 10, Default = 7)] public double Scale { get; init; }
            [PolicyState] double Level { get; }
            [OnEvict(nameof(Level))] static double Up(double victimScore) => victimScore;
            [Checkpoint(Above = 2.5, Best = 3)] static double Worth(int position, double scale, double level) => position / (1 + scale) + level;
            """);

        Assert.Equal((2.5, 3, 1), (formula.Above, formula.Best, formula.States));
        Assert.Equal([4.0, 7.0], formula.Tunables.AsEnumerable());
        Assert.Equal((90 / 8.0) + 0.5, formula.Worth(Place(tunables: [4, 7], states: [0.5])));
        Assert.Equal(["position"], formula.Reads.Select(read => read.Name));
        Assert.Equal("position / (1 + scale) + level", formula.Text);
    }

    [Fact]
    public void TheSelectorHandsOutItsStates()
    {
        Type policy = Load("""
            [PolicyState] double Level { get; }
            [OnEvict(nameof(Level))] static double Up(double victimScore) => victimScore + 3;
            [Checkpoint(Above = 0)] static double Worth(double position, double level) => position - level;
            """);
        PolicyDescriptor descriptor = DescriptorOf(policy);
        IVictimSelector? selector = null;
        using var cache = new PrefixCache(
            descriptor,
            new() { CapacityBytes = (2 * Model.CheckpointBytes) + Model.KvBytes(40), Model = Model },
            (nodes, seed) => selector = (IVictimSelector)policy.GetMethod("CreateSelector")!.Invoke(Activator.CreateInstance(policy), [nodes, seed])!);
        for (int i = 0; i < 20; i++)
        {
            int[] pages = [.. Enumerable.Repeat(i, 16)];
            cache.Commit(cache.Lookup(pages), pages);
        }

        double[] states = [0];
        selector!.CopyStates(states);
        Assert.True(states[0] > 3, "what an eviction wrote is told");
    }

    /// <summary>A division of integers by zero must not end a request.</summary>
    [Fact]
    public void IntegersAreGuarded()
        => Assert.Equal(0, Formula("[Checkpoint(Above = 0)] static double Worth(int position, long toEnd) => position / toEnd;").Worth(Place(atEnd: true)));

    [Fact]
    public void WhatIsProvenIsTold()
    {
        ProofDescriptor proof = Formula("[Checkpoint(Above = 0)] static double Worth(double fromLastCheckpoint, double position) => fromLastCheckpoint / position;").Proof!;
        Assert.Equal(("Worth", "a bare number", Certainty.Finite), (proof.Name, proof.Unit, proof.Certainty));
        Assert.True(proof.Minimum >= 0);
    }

    /// <summary>Replays give hints of sessions where the descriptor says that they are read.</summary>
    [Fact]
    public void HintsThatItReadsAreAmongTheFeatures()
    {
        PolicyDescriptor descriptor = DescriptorOf(Load("[Checkpoint(Above = 0)] static double Worth(double turn, double position) => turn * position;"));
        Assert.True(descriptor.ReadsSessions);
        Assert.Equal(["lastAccess", "turn"], descriptor.Features.Select(feature => feature.Name));
    }

    [Theory]
    [InlineData("[Checkpoint(Above = 0)] static double Worth(double lastAccess) => lastAccess;", RuleIds.UnknownParameter, "it is of a node")]
    [InlineData("[Checkpoint(Above = 0)] static double Worth(double victimScore) => victimScore;", RuleIds.UnknownParameter, "it is of a node")]
    [InlineData("[Checkpoint(Above = 0)] static double Worth(double positon) => positon;", RuleIds.UnknownParameter, "did you mean 'position'?")]
    [InlineData("[Checkpoint(Above = 0)] static double Worth(double position) => position; [Checkpoint(Above = 0)] static double More(double position) => position;", RuleIds.MethodShape, "there is a [Checkpoint] method already")]
    [InlineData("[Checkpoint] static double Worth(double position) => position;", RuleIds.Admission, "chooses nothing")]
    [InlineData("[Checkpoint(Best = -1)] static double Worth(double position) => position;", RuleIds.Admission, "Best = -1")]
    [InlineData("[Checkpoint(Above = double.NaN)] static double Worth(double position) => position;", RuleIds.Admission, "Above = NaN")]
    [InlineData("[Checkpoint(Above = 0)] double Worth(double position) => position;", RuleIds.MethodShape, "it must be static")]
    [InlineData("[Tunable(0, 1)] public double Position { get; init; } [Checkpoint(Above = 0)] static double Worth(double toEnd) => toEnd;", RuleIds.MethodShape, "a name that is taken")]
    public void WhatItCannotSayIsAnError(string members, string id, string message)
    {
        Problem found = Assert.Single(Compiled.Bind(Compiled.Policy(Score + members, attribute: Admits)).Problems);
        Assert.Equal(id, found.Id);
        Assert.Contains(message, string.Join(' ', found.Arguments), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutPlacesThereIsNothingToChoose()
    {
        Problem found = Assert.Single(Compiled.Bind(Compiled.Policy(Score + "[Checkpoint(Above = 0)] static double Worth(double position) => position;", attribute: "[EvictionPolicy, Admission(Checkpoints.None)]")).Problems);
        Assert.Contains("names no places", string.Join(' ', found.Arguments), StringComparison.Ordinal);
    }

    [Fact]
    public void AScoreDoesNotReadPlaces()
    {
        Problem found = Assert.Single(Compiled.Bind(Compiled.Policy("[Score] static double S(double toBranch) => toBranch;")).Problems);
        Assert.Equal(RuleIds.UnknownParameter, found.Id);
        Assert.Contains("a [Checkpoint] method reads it", string.Join(' ', found.Arguments), StringComparison.Ordinal);
    }

    private static double Expected(string name) => name switch
    {
        "position" => 90,
        "fromLastCheckpoint" => 30,
        "toBranch" => -5,
        "toEnd" => 110,
        "inputTokens" => 150,
        "sequenceTokens" => 200,
        "branchLag" => 12,
        "toLag" => -2,
        "flopsSaved" => Model.TotalFlops(90) - Model.TotalFlops(60),
        "checkpointBytes" => Model.CheckpointBytes,
        "kvBytes" => Model.KvBytes(30),
        "now" => 77,
        _ => Convert.ToDouble(typeof(RequestHints).GetProperty(char.ToUpperInvariant(name[0]) + name[1..])!.GetValue(s_hints), CultureInfo.InvariantCulture),
    };

    private static ModelShape Model => ModelCatalog.Find("tiny");

    private static CheckpointPlace Place(ReadOnlySpan<double> tunables = default, ReadOnlySpan<double> states = default, bool atEnd = false)
        => new(Model, s_hints, tunables, states)
        {
            Position = 90,
            FromLastCheckpoint = 30,
            ToBranch = -5,
            InputTokens = 150,
            SequenceTokens = atEnd ? 90 : 200,
            BranchLag = 12,
            ToLag = -2,
            Now = 77,
        };

    private static CheckpointFormula Formula(string members) => DescriptorOf(Load(members)).Admission.Formula!;

    private static PolicyDescriptor DescriptorOf(Type policy) => (PolicyDescriptor)policy.GetProperty("Descriptor")!.GetValue(null)!;

    private static Type Load(string members)
    {
        Compiled.Driver().RunGeneratorsAndUpdateCompilation(Compiled.Compilation(Compiled.Policy(Score + members, attribute: Admits)), out Compilation output, out _);
        using var assembly = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = output.Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(assembly.ToArray()).GetType("N.P")!;
    }
}
