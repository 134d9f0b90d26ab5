namespace Squelch.Policies.Tests.Keys;

/// <summary>Runs a line of letters through a cache of keys and tells what went, in order. The clock is 1, 2, 3, ... by request.</summary>
internal static class KeyScript
{
    /// <summary>The victims of a script such as <c>A B A C</c>, of keys of one size.</summary>
    /// <param name="room">Keys that fit.</param>
    /// <param name="script">Keys by letter.</param>
    /// <param name="tunables">One value per tunable, or none for the defaults.</param>
    public static string Victims<TPolicy>(int room, string script, params double[] tunables)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => Run<TPolicy>(room, sized: false, script, tunables);

    /// <summary>The victims of a script such as <c>A1 B4 A1</c>, whose keys have sizes.</summary>
    /// <param name="room">Bytes that fit.</param>
    /// <param name="script">Keys by letter, each with its size.</param>
    public static string SizedVictims<TPolicy>(int room, string script)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => Run<TPolicy>(room, sized: true, script, []);

    private static string Run<TPolicy>(int room, bool sized, string script, double[] tunables)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        double[] values = tunables.Length > 0 ? tunables : [.. TPolicy.Descriptor.Tunables.Select(tunable => tunable.Default)];
        var cache = new KeyCache(TPolicy.FromTunables(values).CreateSelector, room, sized);
        var resident = new SortedSet<char>();
        string victims = "";
        foreach (string word in script.Split(' '))
        {
            int size = word.Length == 1 ? 1 : int.Parse(word[1..], System.Globalization.CultureInfo.InvariantCulture);
            cache.Request(new(word[0], size));
            char[] gone = [.. resident.Where(key => !cache.Contains(key))];
            victims += new string(gone);
            resident.ExceptWith(gone);
            resident.Add(word[0]);
        }

        return victims;
    }
}
