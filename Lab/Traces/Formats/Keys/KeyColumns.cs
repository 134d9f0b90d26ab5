using System.Globalization;

namespace Squelch.Lab;

/// <summary>
/// Which column of a key trace is what, as a user names them: the name of a known layout, or a list as <c>time=0,key=1,size=2</c>. A column is its
/// number, from 0, or its name in the header. Columns that are joined by + are one key, or are added up to one size.
/// </summary>
public sealed class KeyColumns
{
    /// <summary>A line with more columns than this is no request.</summary>
    internal const int MostColumns = 256;

    private const string Example = "Write them as time=0,key=1,size=2, with numbers from 0 or names of the header";

    /// <summary>Layouts by name. Where they are published: docs/formats.md.</summary>
    private static readonly (string Name, string Columns)[] s_layouts =
    [
        ("lis", "key=0,blocks=1"),
        ("twitter", "time=0,key=1,size=2+3,op=5"),
        ("cachelib", "key=key,op=op,size=size+key_size,count=op_count"),
        ("msr", "time=0:filetime,key=1+2+4,size=5,cost=6"),
        ("azure", "time=Timestamp:ms,key=AnonBlobName,size=BlobBytes,op=Read"),
        ("alibaba", "key=0+2,size=3,time=4:us"),
        ("tencent", "time=0:s,key=4+1,size=2:sectors"),
    ];

    private static readonly (string Name, int Bytes)[] s_sizeUnits = [("B", 1), ("sectors", 512), ("KB", 1000), ("KiB", 1024), ("MB", 1_000_000), ("MiB", 1 << 20)];

    private readonly Dictionary<KeyRole, IReadOnlyList<string>> _columns = [];

    private KeyColumns(string layout) => Layout = layout;

    /// <summary>The layouts that have a name.</summary>
    public static IReadOnlyList<string> Layouts { get; } = [.. s_layouts.Select(layout => layout.Name)];

    /// <summary>The layout's name; empty where the columns are listed.</summary>
    public string Layout { get; }

    /// <summary>The unit of times; null where their values tell.</summary>
    internal KeyTimeUnit? TimeUnit { get; private set; }

    /// <summary>Bytes that a size of 1 means.</summary>
    internal int SizeBytes { get; private set; } = 1;

    /// <summary>What is said.</summary>
    internal IEnumerable<KeyRole> Roles => _columns.Keys;

    /// <summary>True where a column goes by its name.</summary>
    internal bool HasNames => _columns.Values.Any(columns => columns.Any(column => NumberOf(column) < 0));

    /// <summary>The columns of a role, numbers or names; none where it has none.</summary>
    internal IReadOnlyList<string> this[KeyRole role] => _columns.GetValueOrDefault(role) ?? [];

    /// <summary>Reads what a user wrote.</summary>
    /// <param name="text">A layout's name, or a list as <c>time=0:ms,key=1,size=2+3,op=5</c>. Times may have a unit: s, ms, us, ns or filetime.</param>
    /// <exception cref="SquelchException">It cannot be understood.</exception>
    public static KeyColumns Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string name = text.Trim();
        if (Array.Find(s_layouts, layout => layout.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Name: not null } known)
        {
            return Parse(known.Columns, known.Name);
        }

        return name.Contains('=', StringComparison.Ordinal)
            ? Parse(name, "")
            : throw Wrong(name, $"it is no layout; known are {string.Join(", ", Layouts)}");
    }

    /// <summary>The layouts that go by names of a header.</summary>
    internal static IEnumerable<KeyColumns> OfHeaders => s_layouts.Select(layout => Parse(layout.Columns, layout.Name)).Where(layout => layout.HasNames);

    /// <summary>The unit of sizes of so many bytes, as it is written.</summary>
    internal static string SizeUnit(int bytes) => Array.Find(s_sizeUnits, known => known.Bytes == bytes).Name;

    /// <summary>A column's number, or -1 where it goes by its name.</summary>
    internal static int NumberOf(string column) => int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;

    private static KeyColumns Parse(string list, string layout)
    {
        var columns = new KeyColumns(layout);
        foreach (string item in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            columns.Add(list, item);
        }

        return columns[KeyRole.Key].Count > 0 ? columns : throw Wrong(list, "it does not say which column is the key");
    }

    private void Add(string list, string item)
    {
        string[] sides = item.Split('=', 2, StringSplitOptions.TrimEntries);
        if (sides.Length < 2 || !Enum.TryParse(sides[0], ignoreCase: true, out KeyRole role) || char.IsDigit(sides[0][0]) || !Enum.IsDefined(role))
        {
            throw Wrong(list, $"'{item}' is none of {string.Join(", ", Enum.GetNames<KeyRole>().Select(name => name.ToLowerInvariant() + "="))}");
        }

        int colon = sides[1].LastIndexOf(':');
        string unit = colon < 0 || role is not (KeyRole.Time or KeyRole.Size) ? "" : sides[1][(colon + 1)..].Trim();
        string[] names = (unit.Length > 0 ? sides[1][..colon] : sides[1]).Split('+', StringSplitOptions.TrimEntries);
        if (names.Any(name => name.Length == 0 || NumberOf(name) >= MostColumns))
        {
            throw Wrong(list, $"'{item}' names no column");
        }

        if (names.Length > 1 && role is not (KeyRole.Key or KeyRole.Size))
        {
            throw Wrong(list, $"'{item}' joins columns, which only a key and a size can be made of");
        }

        if (!_columns.TryAdd(role, names))
        {
            throw Wrong(list, $"it says {role.ToString().ToLowerInvariant()} twice");
        }

        SetUnit(list, role, unit);
    }

    private void SetUnit(string list, KeyRole role, string unit)
    {
        if (role == KeyRole.Time && unit.Length > 0)
        {
            TimeUnit = KeyTimes.Named(unit) ?? throw Wrong(list, $"'{unit}' is no unit of time; it is s, ms, us, ns or filetime");
        }
        else if (unit.Length > 0)
        {
            SizeBytes = Array.Find(s_sizeUnits, known => known.Name.Equals(unit, StringComparison.OrdinalIgnoreCase)) is { Name: not null } known
                ? known.Bytes
                : throw Wrong(list, $"'{unit}' is no unit of size; it is B, KB, KiB, MB, MiB or sectors (of 512 bytes)");
        }
    }

    private static SquelchException Wrong(string text, string what) => new($"The columns '{text}' cannot be understood: {what}. {Example}, or name a layout: {string.Join(", ", Layouts)}.");
}

/// <summary>What a column of a key trace is for.</summary>
internal enum KeyRole
{
    /// <summary>What is asked for.</summary>
    Key,

    /// <summary>Bytes.</summary>
    Size,

    /// <summary>When it is asked for.</summary>
    Time,

    /// <summary>What is done with the key.</summary>
    Op,

    /// <summary>How often it is asked for.</summary>
    Count,

    /// <summary>How many keys are asked for, from the line's on.</summary>
    Blocks,

    /// <summary>What a miss costs.</summary>
    Cost,
}
