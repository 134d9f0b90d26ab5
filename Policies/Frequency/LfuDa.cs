namespace Squelch.Policies;

/// <summary>LFU with dynamic aging (Arlitt et al., Performance Evaluation Review 2000): hits plus the key of the last victim, so that old fame fades.</summary>
[EvictionPolicy(Candidates = Candidates.Leaves)]
public readonly partial struct LfuDa
{
    [PolicyState] double Age { get; init; }

    [Feature(Unit.Count), OnInsert] static double Uses(double continues, double parentUses) => continues > 0 ? parentUses : 1;

    [Feature(Unit.Count), OnHit] static double Uses(double uses) => uses + 1;

    [Feature, OnInsert, OnHit] static double Key(double uses, double age) => uses + age;

    [Score] static double Score(double key) => key;

    [OnEvict(nameof(Age))] static double Raise(double victimScore) => victimScore;
}
