namespace Squelch;

/// <summary>Finds what a user probably meant by a name that is not known. The policy compiler compiles this file too.</summary>
public static class NearestName
{
    /// <summary>
    /// The known name with the fewest edits (insert, delete, replace, swap of neighbours; case is ignored), or null where none is near:
    /// a third of the name's letters may differ, at least two. A known name that begins with <paramref name="name"/> is near too.
    /// </summary>
    /// <param name="name">What the user wrote.</param>
    /// <param name="known">What there is; of equally near names the first wins.</param>
    public static string? Find(string name, IEnumerable<string> known)
    {
        _ = name ?? throw new ArgumentNullException(nameof(name));
        _ = known ?? throw new ArgumentNullException(nameof(known));
        string? best = null;
        int bestEdits = Math.Max(2, name.Length / 3) + 1;
        foreach (string candidate in known)
        {
            bool begins = name.Length >= 2 && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase);
            int edits = begins ? 1 : Edits(name, candidate);
            if (edits < bestEdits)
            {
                (best, bestEdits) = (candidate, edits);
            }
        }

        return best;
    }

    private static int Edits(string left, string right)
    {
        int width = right.Length + 1;
        int[] cells = new int[(left.Length + 1) * width];
        for (int j = 0; j < width; j++)
        {
            cells[j] = j;
        }

        for (int i = 1; i <= left.Length; i++)
        {
            cells[i * width] = i;
            for (int j = 1; j < width; j++)
            {
                int cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                int edits = Math.Min(Math.Min(cells[((i - 1) * width) + j], cells[(i * width) + j - 1]) + 1, cells[((i - 1) * width) + j - 1] + cost);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    edits = Math.Min(edits, cells[((i - 2) * width) + j - 2] + 1);
                }

                cells[(i * width) + j] = edits;
            }
        }

        return cells[cells.Length - 1];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
