using Squelch.CodeFixes;
using Squelch.CodeFixes.Fixes;

namespace Squelch.Analyzers.Tests.Fixes;

/// <summary>Fixes of how a policy is declared.</summary>
public class DeclarationFixTests
{
    [Fact]
    public Task APolicyBecomesPartialWithTheTypesAroundIt() => Check(
        new AddPartialFix(),
        """
        using Squelch;

        /// <summary>Holds policies.</summary>
        public static class Holder
        {
            // The oldest goes.
            [EvictionPolicy]
            readonly struct P
            {
                [Score] static double S(double lastAccess) => lastAccess;
            }
        }
        """,
        """
        using Squelch;

        /// <summary>Holds policies.</summary>
        public static partial class Holder
        {
            // The oldest goes.
            [EvictionPolicy]
            readonly partial struct P
            {
                [Score] static double S(double lastAccess) => lastAccess;
            }
        }
        """);

    [Fact]
    public Task AllPoliciesOfATypeBecomePartialTogether() => CheckAll(
        new AddPartialFix(),
        """
        using Squelch;
        class Holder
        {
            [EvictionPolicy] public readonly struct P { [Score] static double S(double lastAccess) => lastAccess; }
            [EvictionPolicy] public readonly struct Q { [Score] static double S(double hits) => hits; }
        }
        """,
        """
        using Squelch;
        partial class Holder
        {
            [EvictionPolicy] public readonly partial struct P { [Score] static double S(double lastAccess) => lastAccess; }
            [EvictionPolicy] public readonly partial struct Q { [Score] static double S(double hits) => hits; }
        }
        """);

    [Fact]
    public Task AWritablePolicyBecomesReadonlyWithItsPropertiesAndFields() => Check(
        new MakeReadonlyFix(),
        """
        using Squelch;
        [EvictionPolicy]
        public partial struct P
        {
            // The weight.
            [Tunable(0, 1)] public double Alpha { get; set; } // kept
            int _spare;
            static int s_count;
            public P(int spare) => _spare = spare + s_count++;
            public int Spare => _spare;
            [Term(Weight = nameof(Alpha))] static double T(double hits) => hits;
        }
        """,
        """
        using Squelch;
        [EvictionPolicy]
        public readonly partial struct P
        {
            // The weight.
            [Tunable(0, 1)] public double Alpha { get; init; } // kept
            readonly int _spare;
            static int s_count;
            public P(int spare) => _spare = spare + s_count++;
            public int Spare => _spare;
            [Term(Weight = nameof(Alpha))] static double T(double hits) => hits;
        }
        """);

    [Fact]
    public Task ARecordStructBecomesAReadonlyStruct() => Check(
        new MakeReadonlyFix(),
        """
        using Squelch;
        [EvictionPolicy]
        public partial record struct [|P|]
        {
            [Score] static double S(double lastAccess) => lastAccess;
        }
        """,
        """
        using Squelch;
        [EvictionPolicy]
        public readonly partial struct P
        {
            [Score] static double S(double lastAccess) => lastAccess;
        }
        """,
        new Fault("SQ1002"));

    [Fact]
    public Task AllPoliciesBecomeReadonly() => CheckAll(
        new MakeReadonlyFix(),
        """
        using Squelch;
        [EvictionPolicy] partial struct P { [Score] static double S(double lastAccess) => lastAccess; }
        [EvictionPolicy] partial struct Q { [Score] static double S(double hits) => hits; }
        """,
        """
        using Squelch;
        [EvictionPolicy] readonly partial struct P { [Score] static double S(double lastAccess) => lastAccess; }
        [EvictionPolicy] readonly partial struct Q { [Score] static double S(double hits) => hits; }
        """);

    [Fact]
    public async Task APolicyThatWritesToItselfIsLeftToItsAuthor() => Assert.Empty(await Fixed.Titles(
        new MakeReadonlyFix(),
        "using Squelch; [EvictionPolicy] partial struct P { int _n; void Count() => _n++; [Score] static double S(double hits) => hits; }"));

    [Fact]
    public Task AParameterIsRenamedWithItsUses() => Check(
        new RenameParameterFix(),
        """
        using Squelch;
        [EvictionPolicy]
        readonly partial struct P
        {
            /// <summary>The age; see <paramref name="lastAcess"/>.</summary>
            /// <param name="now">The clock.</param>
            /// <param name="lastAcess">The last use.</param>
            [Score]
            static double S(double now, double [|lastAcess|] /* ticks */)
            {
                double age = now - lastAcess; // at least 0
                return lastAcess > 1 ? -age : lastAcess;
            }
        }
        """,
        """
        using Squelch;
        [EvictionPolicy]
        readonly partial struct P
        {
            /// <summary>The age; see <paramref name="lastAccess"/>.</summary>
            /// <param name="now">The clock.</param>
            /// <param name="lastAccess">The last use.</param>
            [Score]
            static double S(double now, double lastAccess /* ticks */)
            {
                double age = now - lastAccess; // at least 0
                return lastAccess > 1 ? -age : lastAccess;
            }
        }
        """,
        new Fault("SQ1005", ("name", "lastAccess")));

    [Fact]
    public Task AllParametersAreRenamed() => CheckAll(
        new RenameParameterFix(),
        """
        using Squelch;
        [EvictionPolicy]
        readonly partial struct P
        {
            [Tunable(0, 1)] public double Is { get; init; }
            [Term] static double T(double [|hit|], double [|iss|]) => hit * iss;
            [Term] static double U(double [|hitz|]) => hitz;
        }
        """,
        """
        using Squelch;
        [EvictionPolicy]
        readonly partial struct P
        {
            [Tunable(0, 1)] public double Is { get; init; }
            [Term] static double T(double hits, double @is) => hits * @is;
            [Term] static double U(double hits) => hits;
        }
        """,
        new("SQ1005", ("name", "hits")),
        new("SQ1005", ("name", "is")),
        new("SQ1005", ("name", "hits")));

    [Fact]
    public async Task AParameterIsNotRenamedToOneThatIsThere() => Assert.Empty(await Fixed.Titles(
        new RenameParameterFix(), Compiled.Policy("[Score] static double S(double hits, double [|hit|]) => hits + hit;"), new Fault("SQ1005", ("name", "hits"))));

    [Fact]
    public async Task AParameterWithoutANearNameIsLeftToItsAuthor() => Assert.Empty(await Fixed.Titles(
        new RenameParameterFix(), Compiled.Policy("[Score] static double S(double [|weather|]) => weather;"), new Fault("SQ1005")));

    [Fact]
    public Task AWeightNamesTheNearestTunable() => Check(
        new NearestMemberFix(),
        Compiled.Policy("[Tunable(0, 1)] public double Alpha { get; init; }\n[Term(Weight = \"Alfa\")] static double [|T|](double hits) => hits;"),
        Compiled.Policy("[Tunable(0, 1)] public double Alpha { get; init; }\n[Term(Weight = nameof(Alpha))] static double T(double hits) => hits;"),
        new Fault("SQ1006", ("name", "Alpha")));

    [Fact]
    public Task AnEvictionNamesTheNearestState() => Check(
        new NearestMemberFix(),
        Compiled.Policy("[PolicyState] double Age { get; init; }\n[Score] static double S(double hits, double age) => hits + age;\n[OnEvict(\"Agee\" /* old */)] static double [|R|](double victimScore) => victimScore;"),
        Compiled.Policy("[PolicyState] double Age { get; init; }\n[Score] static double S(double hits, double age) => hits + age;\n[OnEvict(nameof(Age) /* old */)] static double R(double victimScore) => victimScore;"),
        new Fault("SQ1012", ("name", "Age")));

    [Fact]
    public Task AHitNamesTheNearestStateToo() => Check(
        new NearestMemberFix(),
        Compiled.Policy("[PolicyState] double Age { get; init; }\n[PolicyState] double Gap { get; init; }\n[Score] static double S(double age, double gap) => gap + age;\n[OnEvict(nameof(Age)), OnHit(\"Gapp\")] static double [|R|](double now) => now;"),
        Compiled.Policy("[PolicyState] double Age { get; init; }\n[PolicyState] double Gap { get; init; }\n[Score] static double S(double age, double gap) => gap + age;\n[OnEvict(nameof(Age)), OnHit(nameof(Gap))] static double R(double now) => now;"),
        new Fault("SQ1012", ("name", "Gap")));

    [Fact]
    public Task AllWeightsAndTheTunerNameTheNearestTunable() => CheckAll(
        new NearestMemberFix(),
        """
        using Squelch;
        [EvictionPolicy, BootstrapTuner("alpha", Multiplier = 3)]
        readonly partial struct [|P|]
        {
            [Tunable(0, 1, Step = 0.5)] public double Alpha { get; init; }
            [Term(Weight = "alpha", Normalize = Normalize.MinMax)] static double [|T|](double hits) => hits;
            [Term(Weight = "Alph")] static double [|U|](double tokens) => tokens;
        }
        """,
        """
        using Squelch;
        [EvictionPolicy, BootstrapTuner(nameof(Alpha), Multiplier = 3)]
        readonly partial struct P
        {
            [Tunable(0, 1, Step = 0.5)] public double Alpha { get; init; }
            [Term(Weight = nameof(Alpha), Normalize = Normalize.MinMax)] static double T(double hits) => hits;
            [Term(Weight = nameof(Alpha))] static double U(double tokens) => tokens;
        }
        """,
        new Fault("SQ1006", ("name", "Alpha")));

    [Fact]
    public Task AFormulaBecomesStatic() => Check(
        new AddStaticFix(),
        Compiled.Policy("    // What is used stays.\n    [Score]\n    double S(double hits) => hits;"),
        Compiled.Policy("    // What is used stays.\n    [Score]\n    static double S(double hits) => hits;"));

    [Fact]
    public Task AFormulaThatReadsItsTunablesTakesThemAsParameters() => Check(
        new AddStaticFix(),
        Compiled.Policy("[Tunable(0, 1)] public double Alpha { get; init; }\n[PolicyState] double Age { get; init; }\n[Score] private readonly double S(double hits) => hits * Alpha + this.Age * (Alpha + 1);\n[OnEvict(nameof(Age))] static double R(double victimScore) => victimScore;"),
        Compiled.Policy("[Tunable(0, 1)] public double Alpha { get; init; }\n[PolicyState] double Age { get; init; }\n[Score] private static double S(double hits, double alpha, double age) => hits * alpha + age * (alpha + 1);\n[OnEvict(nameof(Age))] static double R(double victimScore) => victimScore;"));

    [Fact]
    public Task AllFormulasBecomeStatic() => CheckAll(
        new AddStaticFix(),
        Compiled.Policy("[Term] double T(double hits) => hits;\n[Term] public double U(double tokens) => tokens;"),
        Compiled.Policy("[Term] static double T(double hits) => hits;\n[Term] public static double U(double tokens) => tokens;"));

    [Theory]
    [InlineData("[Score] static double S<T>(double hits) => hits;")]
    [InlineData("[Score] static string S(double hits) => \"\";")]
    [InlineData("int Spare => 1; [Score] double S(double hits) => hits + Spare;")]
    public async Task StaticIsOfferedOnlyWhereItHelps(string body) => Assert.Empty(await Fixed.Titles(new AddStaticFix(), Compiled.Policy(body)));

    [Fact]
    public Task AnUnreadTunableGoesWithItsTuner() => Check(
        new RemoveUnreadFix(),
        """
        using Squelch;
        [EvictionPolicy]
        [BootstrapTuner(nameof(Alpha))]
        readonly partial struct P
        {
            /// <summary>Of no use.</summary>
            [Tunable(0, 1, Step = 0.5)] public double Alpha { get; init; }

            // The oldest goes.
            [Score] static double S(double lastAccess) => lastAccess;
        }
        """,
        """
        using Squelch;
        [EvictionPolicy]
        readonly partial struct P
        {
            // The oldest goes.
            [Score] static double S(double lastAccess) => lastAccess;
        }
        """);

    [Fact]
    public Task AnUnreadTunableGoesWithItsShadowTuner() => Check(
        new RemoveUnreadFix(),
        """
        using Squelch;
        [EvictionPolicy, ShadowTuner(nameof(Alpha))]
        readonly partial struct P
        {
            [Tunable(0, 1, Step = 0.5)] public double Alpha { get; init; }
            [Score] static double S(double lastAccess) => lastAccess;
        }
        """,
        """
        using Squelch;
        [EvictionPolicy]
        readonly partial struct P
        {
            [Score] static double S(double lastAccess) => lastAccess;
        }
        """);

    [Fact]
    public Task AnUnreadStateGoesWithWhatWritesAndReadsIt() => Check(
        new RemoveUnreadFix(),
        """
        using Squelch;
        [EvictionPolicy]
        readonly partial struct P
        {
            [Score] static double S(double lastAccess) => lastAccess;

            [PolicyState] double Age { get; init; }

            [OnEvict(nameof(Age))] static double Raise(double victimScore) => victimScore;

            [OnHit(nameof(Age))] static double Learn(double now) => now;

            [Feature, OnInsert, OnHit] static double Credit(double age, double hits) => age + hits;
        }
        """,
        """
        using Squelch;
        [EvictionPolicy]
        readonly partial struct P
        {
            [Score] static double S(double lastAccess) => lastAccess;
        }
        """);

    [Fact]
    public Task AllThatIsUnreadGoesTogether() => CheckAll(
        new RemoveUnreadFix(),
        """
        using Squelch;
        [EvictionPolicy]
        readonly partial struct P
        {
            [Tunable(0, 1)] public double Alpha { get; init; }
            [PolicyState] double Age { get; init; }
            [Feature, OnInsert] static double Credit(double age) => age;
            [Feature, OnHit] static double Credit(double credit, double hits) => credit + hits;
            [Score] static double S(double lastAccess) => lastAccess;
        }
        """,
        """
        using Squelch;
        [EvictionPolicy]
        readonly partial struct P
        {
            [Score] static double S(double lastAccess) => lastAccess;
        }
        """);

    [Fact]
    public async Task AnUnreadTunableThatTheProgramSetsIsLeftToItsAuthor() => Assert.Empty(await Fixed.Titles(
        new RemoveUnreadFix(),
        Compiled.Policy("[Tunable(0, 1)] public double Alpha { get; init; } [Score] static double S(double lastAccess) => lastAccess;") + "class User { P Policy = new() { Alpha = 1 }; }"));

    [Fact]
    public Task ScoresAreNumberedInTheirOrder() => Check(
        new RenumberScoresFix(),
        Compiled.Policy("[Score(Order = 7)] static double C(double draw) => draw;\n[Score(Order = 2)] static double A(double hits) => hits;\n[Score(Order = 2)] static double B(double lastAccess) => lastAccess;"),
        Compiled.Policy("[Score(Order = 2)] static double C(double draw) => draw;\n[Score] static double A(double hits) => hits;\n[Score(Order = 1)] static double B(double lastAccess) => lastAccess;"));

    [Fact]
    public Task TheScoresOfAllPoliciesAreNumbered() => CheckAll(
        new RenumberScoresFix(),
        "using Squelch;\n[EvictionPolicy] readonly partial struct P { [Score] static double A(double hits) => hits; [Score] static double B(double lastAccess) => lastAccess; }\n"
        + "[EvictionPolicy] readonly partial struct Q { [Score(Order = 1)] static double A(double hits) => hits; }\n",
        "using Squelch;\n[EvictionPolicy] readonly partial struct P { [Score] static double A(double hits) => hits; [Score(Order = 1)] static double B(double lastAccess) => lastAccess; }\n"
        + "[EvictionPolicy] readonly partial struct Q { [Score] static double A(double hits) => hits; }\n");

    [Fact]
    public Task ATypeWithAScoreBecomesAPolicy() => Check(
        new DeclarePolicyFix(),
        """
        using Squelch;
        partial class Holder
        {
            /// <summary>The oldest goes.</summary>
            internal readonly partial struct P
            {
                [Score] static double S(double lastAccess) => lastAccess;
            }
        }
        """,
        """
        using Squelch;
        partial class Holder
        {
            /// <summary>The oldest goes.</summary>
            [EvictionPolicy]
            internal readonly partial struct P
            {
                [Score] static double S(double lastAccess) => lastAccess;
            }
        }
        """);

    [Fact]
    public Task ATypeOfSeveralTermsBecomesAPolicyOnce() => CheckAll(
        new DeclarePolicyFix(),
        """
        readonly partial struct P
        {
            [Squelch.Term(Weight = 1, Normalize = Squelch.Normalize.MinMax)] static double A(double hits) => hits;
            [Squelch.Term(Weight = 1, Normalize = Squelch.Normalize.MinMax)] static double B(double lastAccess) => lastAccess;
        }
        """,
        """
        [Squelch.EvictionPolicy]
        readonly partial struct P
        {
            [Squelch.Term(Weight = 1, Normalize = Squelch.Normalize.MinMax)] static double A(double hits) => hits;
            [Squelch.Term(Weight = 1, Normalize = Squelch.Normalize.MinMax)] static double B(double lastAccess) => lastAccess;
        }
        """);

    private static async Task Check(PolicyFix fix, string before, string after, params Fault[] faults) => await Fixed.Is(after, await Fixed.One(fix, before, faults), fix);

    private static async Task CheckAll(PolicyFix fix, string before, string after, params Fault[] faults) => await Fixed.Is(after, await Fixed.All(fix, before, faults), fix);
}
