namespace Squelch.Lab;

/// <summary>Finds how a key trace is laid out: by what a user says, by its header, or by its values.</summary>
internal sealed class KeyLayoutFinder
{
    private readonly string _name;
    private readonly KeySample _sample;
    private readonly KeyColumns? _asked;

    private KeyLayoutFinder(string name, KeySample sample, KeyColumns? asked) => (_name, _sample, _asked) = (name, sample, asked);

    /// <summary>The layout of a file that begins so.</summary>
    /// <param name="sample">Its beginning.</param>
    /// <param name="asked">What the columns are; null where the file has to say so.</param>
    /// <exception cref="SquelchException">It cannot be told; the message says what was seen, and how to say it.</exception>
    public static KeyLayout Find(TraceSample sample, KeyColumns? asked)
    {
        KeySample rows = KeySample.Of(sample, asked is not null)
            ?? throw new TraceLine(sample.Name, 0).Error(sample.Describe(), "Keys are lines of text, as in key,size,time, or oracleGeneral records");
        return rows.Rows.Count > 0
            ? new KeyLayoutFinder(sample.Name, rows, asked).Find()
            : throw new TraceLine(sample.Name, 0).Error("the trace has no requests", "Give a file with keys; lines that begin with # are comments");
    }

    private KeyLayout Find()
    {
        (IReadOnlyList<string> names, bool isFirst) = Header();
        string[][] rows = [.. _sample.Rows.Skip(isFirst ? 1 : 0)];
        int fields = names.Count > 0 && _asked is null or { HasNames: true } ? names.Count : Math.Max(_sample.Fields, names.Count);
        KeyColumnStats[] columns = [.. Enumerable.Range(0, fields).Select(column => new KeyColumnStats(rows, column))];
        var plain = new KeyLayout { Separator = _sample.Separator, LineEnd = _sample.LineEnd, Names = names, SkipsFirst = isFirst, Fields = columns.Length, Key = [0] };
        KeyLayout found = Asked(plain, columns) is { } asked ? asked : names.Count > 0 ? ByNames(plain, columns) : ByShape(plain, columns);
        found = found.Time >= 0 && columns[found.Time].Values.Count == 0 && rows.Length > 0 ? found with { Time = -1 } : found;
        return Once(found) with { TimeUnit = Unit(found, columns, found.TimeUnit) };
    }

    private static KeyTimeUnit Unit(KeyLayout found, KeyColumnStats[] columns, KeyTimeUnit known)
    {
        if (found.Time < 0 || known != KeyTimeUnit.Unknown)
        {
            return known;
        }

        return columns[found.Time].Values is [string first, ..] ? KeyTimes.Of(System.Text.Encoding.UTF8.GetBytes(first)) : KeyTimeUnit.Seconds;
    }

    /// <summary>The names of the columns, and whether they are the first line and not a comment before it; no names where there are none.</summary>
    private (IReadOnlyList<string> Names, bool IsFirst) Header()
    {
        string[] first = _sample.Rows[0];
        if (IsHeader(first))
        {
            return (first, true);
        }

        bool isComment = _sample.Comment.Length > 0 && _sample.Comment.Length == _sample.Fields && _sample.Comment.Any(KeyHeader.IsKey) && !_sample.Comment.Any(KeyColumnStats.IsNumber);
        return isComment ? (_sample.Comment, false) : ([], false);
    }

    /// <summary>A line of names: it has no number, and names that are known, or numbers below.</summary>
    private bool IsHeader(string[] first)
    {
        // pandas leaves the name of its index empty.
        if (first.Skip(1).Any(name => name.Length == 0) || first.Any(KeyColumnStats.IsNumber))
        {
            return false;
        }

        if (first.Length == 1 && _sample.Rows.Count(row => row[0] == first[0]) > 1)
        {
            return false;
        }

        if (first.Any(KeyHeader.IsKey) || first.Count(KeyHeader.IsKnown) > 1 || IsNamedByUser(first))
        {
            return true;
        }

        string[][] others = [.. _sample.Rows.Skip(1)];
        return others.Length > 0 && Enumerable.Range(0, first.Length).Any(column => new KeyColumnStats(others, column) is { AreNumbers: true } numbers && numbers.Values.Count == others.Length);
    }

    private bool IsNamedByUser(string[] first) => _asked is { HasNames: true } && _asked.Roles.SelectMany(role => _asked[role]).Any(name => KeyHeader.Find(first, name) >= 0);

    /// <summary>The layout that the user asked for, or whose header this is; null where there is no such.</summary>
    private KeyLayout? Asked(KeyLayout plain, KeyColumnStats[] columns)
    {
        KeyColumns? asked = _asked ?? KeyColumns.OfHeaders.FirstOrDefault(known => plain.Names.Count > 0 && known.Roles.SelectMany(role => known[role]).All(name => KeyHeader.Find(plain.Names, name) >= 0));
        if (asked is null)
        {
            bool isLis = KeyTraceReader.IsNamed(_name, ".lis") && columns.Length > 1 && columns.All(column => column.AreWhole);
            string? shape = plain.Names.Count > 0 ? null : isLis ? "lis" : KeyShape.LayoutOf(_sample, columns);
            asked = shape is null ? null : KeyColumns.Parse(shape);
        }

        if (asked is null)
        {
            return null;
        }

        // A unit in the name counts also where the user names the column.
        int time = Column(plain, asked, KeyRole.Time);
        time = time < 0 && _asked is null ? KeyHeader.TimeOf(plain.Names, out _) : time;
        KeyTimeUnit? unit = null;
        _ = time >= 0 && time < plain.Names.Count ? KeyHeader.TimeOf([plain.Names[time]], out unit) : -1;
        return plain with
        {
            Name = asked.Layout,
            Key = Columns(plain, asked, KeyRole.Key),
            Size = Columns(plain, asked, KeyRole.Size),
            SizeBytes = asked.SizeBytes,
            Time = time,
            TimeUnit = asked.TimeUnit ?? unit ?? KeyTimeUnit.Unknown,
            Op = Column(plain, asked, KeyRole.Op),
            Count = Column(plain, asked, KeyRole.Count),
            Blocks = Column(plain, asked, KeyRole.Blocks),
            Cost = Column(plain, asked, KeyRole.Cost),
            IsTelling = true,
        };
    }

    private int Column(KeyLayout plain, KeyColumns asked, KeyRole role) => Columns(plain, asked, role) is [int column, ..] ? column : -1;

    private int[] Columns(KeyLayout plain, KeyColumns asked, KeyRole role) => [.. asked[role].Select(column => Column(plain, column))];

    private int Column(KeyLayout plain, string column)
    {
        int number = KeyColumns.NumberOf(column);
        number = number >= 0 ? number : KeyHeader.Find(plain.Names, column);
        return number >= 0 && number < plain.Fields ? number
            : number >= 0 ? throw Refuse($"there is no column {number}: its lines have {Seen()}", "Columns count from 0")
            : plain.Names.Count == 0 ? throw Refuse($"there is no column '{column}', since it has no header: its lines have {Seen()}", "Give columns by their numbers, from 0, as in --columns key=0,size=1")
            : throw Refuse($"there is no column '{column}': its header has {string.Join(", ", plain.Names)}", "Give one of these, or a number from 0");
    }

    private KeyLayout ByNames(KeyLayout plain, KeyColumnStats[] columns)
    {
        int[] key = KeyHeader.KeyOf(plain.Names);
        RefuseOthers(plain.Names, key);
        if (key.Length == 0)
        {
            string maybe = plain.Names.FirstOrDefault(name => name.Length > 0 && !KeyHeader.IsKnown(name), plain.Names[^1]);
            throw Refuse($"none of its columns is known as the key: {string.Join(", ", plain.Names)}", $"Say which it is, as in --columns key={maybe}");
        }

        int time = KeyHeader.TimeOf(plain.Names, out KeyTimeUnit? unit);
        int operation = KeyHeader.OperationOf(plain.Names);
        int[] size = KeyHeader.SizeOf(plain.Names);
        int repeated = Enumerable.Range(0, plain.Names.Count).FirstOrDefault(column => plain.Names[column].Length > 0 && !key.Contains(column) && (KeyHeader.IsKey(plain.Names[column]) || !KeyHeader.IsKnown(plain.Names[column])) && columns[column].ComeAgain, -1);
        return plain with
        {
            Key = key,
            Size = size,
            Time = time,
            TimeUnit = unit ?? KeyTimeUnit.Unknown,
            Op = operation >= 0 && columns[operation].AreOperations ? operation : -1,
            Count = KeyHeader.CountOf(plain.Names),
            Cost = KeyHeader.CostOf(plain.Names),
            MayEndEarly = key is [0] && size is [] or [1] && time is -1 or 2,
            IsTelling = plain.Names.Any(KeyHeader.IsKey),
            Instead = repeated < 0 ? "" : $"key={plain.Names[repeated]}{(size.Length > 0 ? $",size={plain.Names[size[0]]}" : "")}{(time >= 0 ? $",time={plain.Names[time]}" : "")}",
        };
    }

    /// <summary>Refuses traces of models: they have requests, not keys.</summary>
    private void RefuseOthers(IReadOnlyList<string> names, int[] key)
    {
        if (KeyHeader.Find(names, "hash_ids") >= 0)
        {
            throw Refuse("its hash_ids say that it is a trace of blocks, which is not read as CSV", "Write JSON lines, as {\"timestamp\": 0, \"input_length\": 1024, \"hash_ids\": [1, 2]}");
        }

        string[] counts = TokenCounts.Among(names);
        bool isKeyed = key is [var only, ..] && KeyHeader.IsKey(names[only]) && !names[only].Equals("id", StringComparison.OrdinalIgnoreCase);
        if (counts.Length > 0 && !isKeyed)
        {
            throw Refuse(TokenCounts.Describe(counts), $"{TokenCounts.Remedy}. If a column tells what is asked for, name it: --columns key=..");
        }
    }

    /// <summary>Refuses a name that two columns have: which of them is meant nobody knows.</summary>
    private KeyLayout Once(KeyLayout found)
    {
        bool areNumbers = _asked is { HasNames: false };
        string? twice = areNumbers ? null : found.Used.Where(column => column < found.Names.Count).Select(column => found.Names[column])
            .FirstOrDefault(name => found.Names.Count(other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1);
        return twice is null ? found : throw Refuse($"two of its columns are called '{Names.Cut(twice)}'", "Rename one, or give columns by their numbers, from 0, as in --columns key=0,size=1");
    }

    /// <summary>Without a header: key[,size[,time]], unless the values say time,key[,size].</summary>
    private KeyLayout ByShape(KeyLayout plain, KeyColumnStats[] columns)
    {
        if (columns.Length == 1)
        {
            bool areTexts = KeyTraceReader.IsNamed(_name, ".txt") || columns[0].ComeAgain;
            return plain with { IsTelling = columns[0].AreWhole || (areTexts && !columns[0].Values.Any(value => value.Contains(' ', StringComparison.Ordinal))) };
        }

        if (columns.Length > 3)
        {
            throw Refuse($"its lines have {Seen()} and no header that names them", $"Say which is which, as in --columns time=0,key=1,size=2, or name a layout ({string.Join(", ", KeyColumns.Layouts)})");
        }

        if (KeyShape.BeginsWithTime(columns))
        {
            return plain with { Time = 0, Key = [1], Size = columns.Length > 2 ? [2] : [], IsTelling = true };
        }

        int numbers = columns[1].Values.Count(KeyColumnStats.IsNumber);
        return numbers * 2 >= columns[1].Values.Count
            ? plain with
            {
                Size = [1],
                Time = columns.Length > 2 ? 2 : -1,
                MayEndEarly = true,
                IsTelling = columns[1].AreNumbers,
                Instead = KeyShape.MayBeginWithTime(columns) ? $"time=0,key=1{(columns.Length > 2 ? ",size=2" : "")}" : "",
            }
            : throw Refuse($"its lines have {Seen()}, of which the second is no size: '{Names.Cut(columns[1].Values[0])}'", "A line is key[,size[,time]]; say what else the columns are, as in --columns key=1,time=0");
    }

    private string Seen() => _sample.Separator == 0 ? "1 column, no comma, tab, semicolon or bar" : $"{_sample.Fields} columns between {KeyLayout.Word(_sample.Separator)}";

    private SquelchException Refuse(string what, string remedy)
    {
        string first = string.Join((char)_sample.Separator, _sample.Rows[0]);
        return new TraceLine(_name, 0).Error($"{what}; the first is '{(first.Length > 60 ? first[..60] + "..." : first)}'", remedy);
    }
}
