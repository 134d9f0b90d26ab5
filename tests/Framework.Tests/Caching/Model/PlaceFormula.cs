namespace Squelch.Tests.Caching.Model;

/// <summary>What is known of a place, in the plain cache's own numbers.</summary>
internal readonly record struct Place(int Position, int FromLastCheckpoint, double ToBranch, int ToEnd, int InputTokens, int SequenceTokens, double BranchLag, double ToLag);

/// <summary>A choice of checkpoints, for the cache and for the plain one.</summary>
/// <param name="Above">Places that are worth more are chosen.</param>
/// <param name="Best">At most so many; 0 is no limit.</param>
/// <param name="NeedsSequence">It reads what a lookup does not know.</param>
/// <param name="Worth">What a place is worth.</param>
internal sealed record PlaceFormula(double Above, int Best, bool NeedsSequence, Func<Place, double> Worth)
{
    private static readonly Dictionary<string, PlaceFormula> s_all = new()
    {
        ["none"] = new(0, 0, false, static _ => 0),
        ["far apart"] = new(5, 0, false, static at => at.FromLastCheckpoint),
        ["at the branch"] = new(-3, 0, false, static at => -Math.Abs(at.ToBranch)),
        ["in the input"] = new(0, 0, false, static at => at.InputTokens - at.Position + 1),
        ["before the lag"] = new(0, 0, true, static at => at.ToEnd - at.BranchLag),
        ["at the lag"] = new(-3, 0, true, static at => -Math.Abs(at.ToLag)),
        ["late"] = new(0.5, 0, true, static at => (double)at.Position / at.SequenceTokens),
        ["no numbers"] = new(double.NegativeInfinity, 0, false, static at => at.Position % 2 == 0 ? double.NaN : 1),
        ["best"] = new(double.NegativeInfinity, 1, true, static at => at.FromLastCheckpoint % 3),
        ["best two"] = new(double.NegativeInfinity, 2, true, static at => at.FromLastCheckpoint * (1 + (at.Position % 3))),
        ["best three of the large"] = new(2, 3, true, static at => Math.Min(at.FromLastCheckpoint, at.ToEnd + 2)),
    };

    public static string[] Names { get; } = [.. s_all.Keys];

    /// <summary>As the policy compiler makes it.</summary>
    public CheckpointFormula Compiled
        => new(
            "Worth",
            "",
            Above,
            Best,
            [.. BuiltInFeatures.OfPlaces.Where(read => NeedsSequence || read.Name is not ("toEnd" or "sequenceTokens" or "toLag"))],
            (in CheckpointPlace at) => Worth(new(at.Position, at.FromLastCheckpoint, at.ToBranch, at.ToEnd, at.InputTokens, at.SequenceTokens, at.BranchLag, at.ToLag)));

    public static PlaceFormula? Of(string name) => name.Length == 0 ? null : s_all[name];

    /// <summary>Those of some places that are chosen, by their positions in tokens.</summary>
    /// <param name="places">Positions, shallowest first.</param>
    /// <param name="held">Tokens to the nearest checkpoint above all of them.</param>
    /// <param name="place">What is known of a position, with the nearest checkpoint above it.</param>
    public HashSet<int> Choose(IReadOnlyList<int> places, int held, Func<int, int, Place> place)
    {
        var chosen = new HashSet<int>();
        double WorthOf(int position) => Worth(place(position, chosen.Where(above => above < position).Append(held).Max()));
        if (Best == 0)
        {
            foreach (int position in places)
            {
                if (WorthOf(position) > Above)
                {
                    chosen.Add(position);
                }
            }

            return chosen;
        }

        while (chosen.Count < Best)
        {
            int[] left = [.. places.Where(position => !chosen.Contains(position) && WorthOf(position) > Above)];
            if (left.Length == 0)
            {
                break;
            }

            chosen.Add(left.OrderByDescending(WorthOf).ThenByDescending(position => position).First());
        }

        return chosen;
    }
}
