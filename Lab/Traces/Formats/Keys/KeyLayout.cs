namespace Squelch.Lab;

/// <summary>How the lines of a key trace are read: what separates their fields, and which field is what.</summary>
internal sealed record KeyLayout
{
    /// <summary>The name of a published layout; empty for others.</summary>
    public string Name { get; init; } = "";

    /// <summary>A comma, a tab, a semicolon, a bar or a space, which stands for any number of them; 0 where a line is one field.</summary>
    public required byte Separator { get; init; }

    /// <summary>A line feed, or the carriage return of old Macs.</summary>
    public required byte LineEnd { get; init; }

    /// <summary>The names of the columns; none where there are no names.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>True where the names are the first line that is no comment.</summary>
    public bool SkipsFirst { get; init; }

    /// <summary>The most fields of a line.</summary>
    public required int Fields { get; init; }

    /// <summary>The columns that make the key.</summary>
    public required int[] Key { get; init; }

    /// <summary>The columns that add up to the size; none where every key counts as 1.</summary>
    public int[] Size { get; init; } = [];

    /// <summary>Bytes that a size of 1 means.</summary>
    public int SizeBytes { get; init; } = 1;

    /// <summary>The column of times, or -1.</summary>
    public int Time { get; init; } = -1;

    /// <summary>The unit of times.</summary>
    public KeyTimeUnit TimeUnit { get; init; }

    /// <summary>The column of operations, or -1.</summary>
    public int Op { get; init; } = -1;

    /// <summary>The column that says how often the key is asked for, or -1.</summary>
    public int Count { get; init; } = -1;

    /// <summary>The column that says how many keys are asked for, from the line's on, or -1.</summary>
    public int Blocks { get; init; } = -1;

    /// <summary>The column of what a miss costs, or -1.</summary>
    public int Cost { get; init; } = -1;

    /// <summary>True where the columns are key[,size[,time]], of which a line may leave out the last.</summary>
    public bool MayEndEarly { get; init; }

    /// <summary>True where a file is known by this layout alone, without a name that says that it holds keys.</summary>
    public bool IsTelling { get; init; }

    /// <summary>What the columns may be instead, where no key comes twice; empty where nothing says so.</summary>
    public string Instead { get; init; } = "";

    /// <summary>The columns that are for something.</summary>
    public IEnumerable<int> Used => Parts().SelectMany(part => part.Columns);

    /// <summary>What separates fields, in words.</summary>
    public static string Word(byte separator) => (char)separator switch
    {
        ',' => "commas",
        '\t' => "tabs",
        ';' => "semicolons",
        '|' => "bars",
        ' ' => "spaces",
        _ => "nothing",
    };

    /// <summary>How it is read, for people: <c>keys (CSV: key, size, time)</c>.</summary>
    public string Describe()
    {
        string kind = Separator == ',' || Separator == 0 ? "CSV" : $"CSV with {Word(Separator)}";
        string[] unused = [.. Names.Where((name, at) => name.Length > 0 && !Used.Contains(at)).Take(8)];
        string left = unused.Length > 0 ? $"; not used: {string.Join(", ", unused)}" : "";
        return $"keys ({kind}{(Name.Length > 0 ? $" of {Name}" : "")}: {Columns(", ")}{left})";
    }

    /// <summary>The columns as <c>--columns</c> takes them.</summary>
    /// <param name="left">A role to leave out.</param>
    public string AsOption(KeyRole? left = null) => string.Join(',', Parts().Where(part => part.Role != left).Select(part => Text(part) + Unit(part.Role)));

    private string Columns(string between)
    {
        var parts = Parts().OrderBy(part => part.Columns[0]).ToList();
        bool isPlain = Names.Count == 0 && parts.Select((part, at) => part.Columns.Length == 1 && part.Columns[0] == at).All(inOrder => inOrder);
        return string.Join(between, parts.Select(part => (isPlain ? part.Role.ToString().ToLowerInvariant() : Text(part)) + After(part.Role)));
    }

    private string Text((KeyRole Role, int[] Columns) part)
        => $"{part.Role.ToString().ToLowerInvariant()}={string.Join('+', part.Columns.Select(column => column < Names.Count ? Names[column] : $"{column}"))}";

    /// <summary>The unit, so that what a message suggests is read as the file was.</summary>
    private string Unit(KeyRole role) => role switch
    {
        KeyRole.Time when TimeUnit is not (KeyTimeUnit.Seconds or KeyTimeUnit.Date or KeyTimeUnit.Unknown) => $":{KeyTimes.Word(TimeUnit)}",
        KeyRole.Size when SizeBytes != 1 => $":{KeyColumns.SizeUnit(SizeBytes)}",
        _ => "",
    };

    private string After(KeyRole role) => role switch
    {
        KeyRole.Time when TimeUnit is not (KeyTimeUnit.Seconds or KeyTimeUnit.Date) => $" in {KeyTimes.Word(TimeUnit)}",
        KeyRole.Size when SizeBytes != 1 => $" in {SizeBytes} bytes",
        _ => "",
    };

    private IEnumerable<(KeyRole Role, int[] Columns)> Parts()
    {
        yield return (KeyRole.Key, Key);
        if (Size.Length > 0)
        {
            yield return (KeyRole.Size, Size);
        }

        foreach ((KeyRole role, int column) in ((KeyRole, int)[])[(KeyRole.Time, Time), (KeyRole.Op, Op), (KeyRole.Count, Count), (KeyRole.Blocks, Blocks), (KeyRole.Cost, Cost)])
        {
            if (column >= 0)
            {
                yield return (role, [column]);
            }
        }
    }
}
