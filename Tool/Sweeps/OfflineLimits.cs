namespace Squelch.Tool;

/// <summary>What knowing the future is worth on one trace at one capacity, for policies of one admission.</summary>
/// <param name="AnyAdmission">Input tokens that no policy exceeds, whatever it admits.</param>
/// <param name="OwnAdmission">Input tokens that no policy of this admission exceeds.</param>
/// <param name="BestRule">The best rule that knows the future.</param>
internal sealed record OfflineLimits(long AnyAdmission, long OwnAdmission, BestOfflineRule BestRule)
{
    /// <summary>Finds them.</summary>
    public static OfflineLimits Of(Trace trace, ModelShape model, long capacity, AdmissionKind kind, FutureUses uses, CancellationToken cancellation)
    {
        long any = UpperBound.HitTokens(trace, model, capacity, uses, cancellation);
        long own = Math.Min(any, UpperBound.HitTokens(trace, model, capacity, kind.Admission, kind.Candidates, uses, cancellation));
        return new(any, own, BestOfflineRule.Find(trace, model, capacity, kind.Admission, kind.Candidates, own, uses, cancellation));
    }
}
