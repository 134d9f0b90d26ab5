using System.Globalization;

namespace Squelch.Tool;

/// <summary>The words for what is counted in a trace's replays: tokens of prompts, bytes of keys, or keys alone where every size is 1.</summary>
internal sealed class TraceTerms
{
    /// <summary>Looks at the trace.</summary>
    public TraceTerms(Trace trace)
        : this(trace.Model == ModelShape.Keys, trace.Requests.All(request => request.InputTokens == 1))
    {
        HasCosts = IsKeys && trace.HasCosts;
    }

    /// <summary>For what is known without the trace.</summary>
    /// <param name="isKeys">Requests are for keys.</param>
    /// <param name="isUnit">Each request counts as 1.</param>
    public TraceTerms(bool isKeys, bool isUnit) => (IsKeys, IsKeysAlone) = (isKeys, isKeys && isUnit);

    /// <summary>True where requests are for keys: there are no tokens, no FLOPs and no times to first token.</summary>
    public bool IsKeys { get; }

    /// <summary>True where each key counts as 1, so that a capacity is a number of keys.</summary>
    public bool IsKeysAlone { get; }

    /// <summary>True where the trace tells what misses cost.</summary>
    public bool HasCosts { get; }

    /// <summary>What <see cref="ReplayResult.HitTokens"/> are.</summary>
    public string Hit => IsKeysAlone ? "hit" : IsKeys ? "byte hit" : "token hit";

    /// <summary>What <see cref="ReplayResult.TokenHitRate"/> is.</summary>
    public string HitRate => $"{Hit} rate";

    /// <summary>The policies that win by requests where bytes are what rows are ordered by; null where one order is all.</summary>
    public EqualPolicies? BestByRequests(IEnumerable<(EqualPolicies Policies, ReplayOutcome Outcome)> rows)
        => IsKeys && !IsKeysAlone ? rows.Where(row => !row.Policies.NeedsFuture).MaxBy(row => row.Outcome.Result.HitRequests).Policies : null;

    /// <summary>A capacity, such as 20GB or 10,000 keys.</summary>
    public string Capacity(long capacity) => IsKeysAlone ? string.Create(CultureInfo.InvariantCulture, $"{capacity:N0} {(capacity == 1 ? "key" : "keys")}") : ByteSize.Format(capacity);
}
