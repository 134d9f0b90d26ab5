namespace Squelch.Lab;

/// <summary>What columns of key traces are called: of each role the usual names, the surest first. Case and signs between letters do not count.</summary>
internal static class KeyHeader
{
    private static readonly string[] s_keys =
    [
        "key", "keys", "cachekey", "anonymizedkey", "objectkey", "objid", "objectid", "obj", "object", "itemid", "item", "blockid", "blocknumber", "blockno", "block",
        "chunkid", "pageid", "pagenumber", "pageno", "page", "contentid", "docid", "documentid", "videoid", "photoid", "fileid", "anonblobname", "blobname", "blob",
        "hashedhostpathquery", "hashedpathquery", "url", "uri", "path", "filename", "file", "hash", "startblock", "lbn", "lba", "lpn", "sector", "offset", "address", "addr", "id",
    ];

    /// <summary>Places on a disk, which are the same key only on the same one.</summary>
    private static readonly string[] s_places = ["lbn", "lba", "lpn", "sector", "offset"];

    private static readonly string[] s_disks = ["hostname", "host", "disknumber", "diskid", "disk", "deviceid", "device", "dev", "volumeid", "volume", "lun"];

    private static readonly string[] s_sizes =
    [
        "objsize", "objectsize", "size", "sizeinbytes", "sizebytes", "sizeb", "objsizebytes", "objectsizebytes", "objsizeb", "objectsizeb", "bytes", "numbytes", "nbytes", "itemsize", "valuesize", "valsize", "valuebytes", "blobbytes", "filesize",
        "contentlength", "length", "len", "iosize", "requestiosizebytes", "requestsize", "reqsize", "responsesize", "responsebytes", "returnsize",
    ];

    /// <summary>Sizes without the key's.</summary>
    private static readonly string[] s_valueSizes = ["valuesize", "valsize", "valuebytes", "size"];

    private static readonly string[] s_keySizes = ["keysize", "keylength", "keylen", "keybytes"];

    private static readonly string[] s_times =
    [
        "time", "timestamp", "ts", "clocktime", "optime", "realtime", "datetime", "date", "arrivaltime", "arrival", "arrivedat", "requesttime", "reqtime", "requesttimestamp", "accesstime", "arrivaltimestamp", "eventtimestamp", "asctime", "starttime", "eventtime",
        "unixtime", "relativeunix", "epoch", "t",
    ];

    private static readonly string[] s_operations =
    [
        "op", "operation", "optype", "opname", "opcode", "cmd", "command", "iotype", "type", "requesttype", "reqtype", "method", "httpmethod", "verb", "rw", "action",
    ];

    private static readonly string[] s_counts = ["opcount"];

    private static readonly string[] s_costs = ["cost", "misscost", "penalty", "misspenalty", "latency", "responsetime", "duration", "fetchtime", "servicetime"];

    /// <summary>Names of other things: none of them is the key, however few columns are left.</summary>
    private static readonly string[] s_others = ["ttl", "clientid", "client", "nextaccessvtime", "nextaccess", "version", "ver", "hit", "cachehit", "cachehits", "status", "region", "country", "unnamed0"];

    private static readonly string[] s_units = ["milliseconds", "microseconds", "nanoseconds", "seconds", "millis", "micros", "nanos", "msec", "usec", "nsec", "sec", "ms", "us", "ns", "s"];

    /// <summary>True for a name that keys go by.</summary>
    public static bool IsKey(string name) => s_keys.Contains(Plain(name));

    /// <summary>True for a name that anything known goes by.</summary>
    public static bool IsKnown(string name)
        => IsKey(name) || UnitOf(name, s_times, out _) || UnitOf(name, s_costs, out _)
            || s_sizes.Concat(s_keySizes).Concat(s_operations).Concat(s_counts).Concat(s_disks).Concat(s_others).Contains(Plain(name));

    /// <summary>True for a name that says that it is a size.</summary>
    public static bool SoundsLikeSize(string name) => Plain(name) is var plain && (plain.Contains("size", StringComparison.Ordinal) || plain.Contains("bytes", StringComparison.Ordinal));

    /// <summary>The unit that a name of sizes ends with, as <c>--columns</c> takes it after a colon; empty where there is none.</summary>
    public static string SizeUnitOf(string name) => Plain(name) switch
    {
        var plain when plain.EndsWith("kib", StringComparison.Ordinal) => ":KiB",
        var plain when plain.EndsWith("kb", StringComparison.Ordinal) => ":KB",
        var plain when plain.EndsWith("mib", StringComparison.Ordinal) => ":MiB",
        var plain when plain.EndsWith("mb", StringComparison.Ordinal) => ":MB",
        _ => "",
    };

    /// <summary>The columns that make the key: the one with the surest name, and where that is a place on a disk, the disk's. None where no name says so.</summary>
    public static int[] KeyOf(IReadOnlyList<string> names)
    {
        int key = Find(names, s_keys);
        if (key < 0)
        {
            int[] left = [.. Enumerable.Range(0, names.Count).Where(column => names[column].Length > 0 && !IsKnown(names[column]))];
            return left.Length == 1 ? left : [];
        }

        return s_places.Contains(Plain(names[key]))
            ? [.. Enumerable.Range(0, names.Count).Where(column => column == key || s_disks.Contains(Plain(names[column])))]
            : [key];
    }

    /// <summary>The columns that add up to the size: those of key and value, where they are apart.</summary>
    public static int[] SizeOf(IReadOnlyList<string> names)
    {
        int size = Find(names, s_sizes);
        int keySize = Find(names, s_keySizes);
        return size < 0 ? [] : keySize >= 0 && s_valueSizes.Contains(Plain(names[size])) ? [size, keySize] : [size];
    }

    /// <summary>The column of times, or -1.</summary>
    /// <param name="names">The header.</param>
    /// <param name="unit">What its name says; null where it says nothing.</param>
    public static int TimeOf(IReadOnlyList<string> names, out KeyTimeUnit? unit)
    {
        unit = null;
        int time = Find(names, s_times);
        for (int column = 0; time < 0 && column < names.Count; column++)
        {
            time = UnitOf(names[column], s_times, out unit) ? column : -1;
        }

        return time;
    }

    /// <summary>The column of operations, or -1.</summary>
    public static int OperationOf(IReadOnlyList<string> names) => Find(names, s_operations);

    /// <summary>The column that says how often a key is asked for, or -1.</summary>
    public static int CountOf(IReadOnlyList<string> names) => Find(names, s_counts);

    /// <summary>The column of what a miss costs, or -1.</summary>
    public static int CostOf(IReadOnlyList<string> names) => names.ToList().FindIndex(name => UnitOf(name, s_costs, out _));

    /// <summary>The column of a name, or -1.</summary>
    public static int Find(IReadOnlyList<string> names, string name)
    {
        int exact = names.ToList().FindIndex(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return exact >= 0 ? exact : names.ToList().FindIndex(known => Plain(known) == Plain(name));
    }

    private static int Find(IReadOnlyList<string> names, string[] known)
    {
        string[] plain = [.. names.Select(Plain)];
        return known.Select(name => Array.IndexOf(plain, name)).Where(column => column >= 0).DefaultIfEmpty(-1).First();
    }

    /// <summary>True for one of some names, with a unit of time behind it or without.</summary>
    private static bool UnitOf(string name, string[] known, out KeyTimeUnit? unit)
    {
        string plain = Plain(name);
        unit = null;
        if (known.Contains(plain))
        {
            return true;
        }

        string suffix = s_units.FirstOrDefault(word => plain.EndsWith(word, StringComparison.Ordinal) && known.Contains(plain[..^word.Length].TrimEnd()), "");
        unit = suffix.Length > 0 ? KeyTimes.Named(suffix) : null;
        return suffix.Length > 0;
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
