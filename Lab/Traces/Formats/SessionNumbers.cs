using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Squelch.Lab;

/// <summary>Numbers for sessions. Numbers of a file stay what they are; texts get others, from 2^52 on, which every JSON reader holds exactly.</summary>
internal sealed class SessionNumbers
{
    private const long FirstGiven = 1L << 52;

    private readonly Dictionary<string, long> _given = [];

    /// <summary>The number of a session that has one; -1 where it is below 0.</summary>
    public long Of(long number) => number < FirstGiven ? Math.Max(-1, number) : Of(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The number of a session that is named.</summary>
    public long Of(ReadOnlySpan<byte> name) => Of(Encoding.UTF8.GetString(name));

    private long Of(string name)
    {
        ref long number = ref CollectionsMarshal.GetValueRefOrAddDefault(_given, name, out bool known);
        number = known ? number : FirstGiven + _given.Count - 1;
        return number;
    }
}
