using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Squelch;

/// <summary>
/// Reads the head of a GGUF file, version 2 or 3: its metadata, and the table of its tensors, whose data must lie in the file. Whatever the file says of
/// lengths and counts is held against the bytes that are left, before anything is taken for it.
/// </summary>
internal sealed class GgufReader
{
    private const uint Magic = 0x46554747;
    private const int LongestKey = 65_535;
    private const int LongestText = 4096;
    private const int LongestArray = 65_536;

    private readonly Stream _stream;
    private readonly string _path;
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    private GgufReader(Stream stream, string path)
    {
        _stream = stream;
        _path = path;
        if (Left < 24 || UInt32() != Magic)
        {
            throw Fault("it does not begin as a GGUF file does", "Give the model file itself, not a link or a page about it");
        }

        uint version = UInt32();
        if (version is < 2 or > 3)
        {
            throw BinaryPrimitives.ReverseEndianness(version) is 2 or 3
                ? Fault("its numbers are big-endian", "Convert it to little-endian, which llama.cpp reads on this machine too")
                : Fault($"its version is {version}, known are 2 and 3", "Convert the model anew with a llama.cpp of today");
        }

        long tensors = Count("tensors", least: 24);
        long pairs = Count("pairs of metadata", least: 13);
        for (long pair = 0; pair < pairs; pair++)
        {
            string key = Text(LongestKey, "a key");
            if (!_values.TryAdd(key, Value(UInt32(), key)))
            {
                throw Fault($"the key '{Shown(key)}' is there twice", "Convert the model anew");
            }
        }

        CheckTensors(tensors);
    }

    private long Left => _stream.Length - _stream.Position;

    /// <summary>The metadata by key: <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>, or an array of <see cref="long"/>; long texts and other arrays are left out.</summary>
    /// <exception cref="SquelchException">The file cannot be read, or is no whole GGUF file.</exception>
    public static IReadOnlyDictionary<string, object> Metadata(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return file.CanSeek
                ? new GgufReader(file, path)._values
                : throw new SquelchException($"{path}: a GGUF file is not read from a pipe or a device. Save it to a file first.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            string reason = unreadable switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException => "it is a folder, or may not be read",
                _ => unreadable.Message,
            };
            throw new SquelchException($"{path}: the model file cannot be read ({reason}). Check the path and its permissions.", unreadable);
        }
    }

    /// <summary>True for a file that begins as GGUF does; false also where it cannot be read.</summary>
    public static bool Begins(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            Span<byte> first = stackalloc byte[4];
            return file.ReadAtLeast(first, 4, throwOnEndOfStream: false) == 4 && BinaryPrimitives.ReadUInt32LittleEndian(first) == Magic;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The tensors follow the metadata: name, dimensions, type, offset. Their data follows at the next multiple of the alignment.</summary>
    private void CheckTensors(long tensors)
    {
        long alignment = _values.TryGetValue("general.alignment", out object? told) ? told as long? ?? 0 : 32;
        if (alignment is < 1 or > 1 << 20 || !long.IsPow2(alignment))
        {
            throw Fault("general.alignment is no power of two", "Convert the model anew");
        }

        UInt128 end = 0;
        for (long tensor = 0; tensor < tensors; tensor++)
        {
            string name = Text(LongestKey, "the name of a tensor");
            uint dimensions = UInt32();
            if (dimensions > 4)
            {
                throw Fault($"tensor '{Shown(name)}' has {dimensions} dimensions, the most are 4", "Convert the model anew");
            }

            UInt128 numbers = 1;
            for (uint i = 0; i < dimensions; i++)
            {
                ulong size = UInt64();
                numbers = size > long.MaxValue || numbers * size > long.MaxValue ? throw TooLarge(name) : numbers * size;
            }

            (uint block, uint bytes) = BlockOf(UInt32());
            end = UInt128.Max(end, UInt64() + ((numbers + block - 1) / block * bytes));
        }

        UInt128 begin = (UInt128)((_stream.Position + alignment - 1) / alignment * alignment);
        if (tensors > 0 && begin + end > (UInt128)_stream.Length)
        {
            throw Fault($"it is cut off: its tensors end at byte {begin + end}, the file at {_stream.Length}", "Fetch it again");
        }
    }

    /// <summary>Numbers per block of a tensor's type, and bytes of a block (ggml's types); no bytes for a type that is not known here, whose tensors must only begin in the file.</summary>
    private static (uint Numbers, uint Bytes) BlockOf(uint type) => type switch
    {
        0 or 26 => (1, 4),
        1 or 25 or 30 => (1, 2),
        2 or 20 => (32, 18),
        3 => (32, 20),
        6 => (32, 22),
        7 => (32, 24),
        8 => (32, 34),
        9 => (32, 36),
        10 => (256, 84),
        11 or 21 => (256, 110),
        12 => (256, 144),
        13 => (256, 176),
        14 => (256, 210),
        15 => (256, 292),
        16 or 35 => (256, 66),
        17 => (256, 74),
        18 => (256, 98),
        19 => (256, 50),
        22 => (256, 82),
        23 => (256, 136),
        24 => (1, 1),
        27 or 28 => (1, 8),
        29 => (256, 56),
        34 => (256, 54),
        39 => (32, 17),
        _ => (1, 0),
    };

    private object Value(uint type, string key) => type switch
    {
        0 => (long)Bytes(1)[0],
        1 => (long)(sbyte)Bytes(1)[0],
        2 => (long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2)),
        3 => (long)BinaryPrimitives.ReadInt16LittleEndian(Bytes(2)),
        4 => (long)UInt32(),
        5 => (long)(int)UInt32(),
        6 => (double)BinaryPrimitives.ReadSingleLittleEndian(Bytes(4)),
        7 => Bytes(1)[0] != 0,
        8 => Text(LongestText, $"the value of '{Shown(key)}'", keepsLonger: false),
        9 => Array(key),
        10 => UInt64() is <= long.MaxValue and ulong number ? (long)number : throw Fault($"the value of '{Shown(key)}' exceeds 63 bits", "Convert the model anew"),
        11 => (long)UInt64(),
        12 => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(8)),
        _ => throw Fault($"the value of '{Shown(key)}' is of type {type}, which is not known", "Convert the model anew with a llama.cpp of today"),
    };

    /// <summary>Arrays of whole numbers tell what differs from layer to layer. Others, such as a vocabulary, are passed over.</summary>
    private object Array(string key)
    {
        uint type = UInt32();
        int bytes = type switch
        {
            0 or 1 or 7 => 1,
            2 or 3 => 2,
            4 or 5 or 6 => 4,
            8 or 10 or 11 or 12 => 8,
            _ => throw Fault($"'{Shown(key)}' is an array of type {type}, which is not known", "Convert the model anew with a llama.cpp of today"),
        };
        long count = Count($"elements of '{Shown(key)}'", bytes);
        if (type == 8)
        {
            for (long i = 0; i < count; i++)
            {
                Skip(Length("a text", Left));
            }

            return System.Array.Empty<long>();
        }

        if (type is 6 or 7 or 12 || count > LongestArray)
        {
            Skip(count * bytes);
            return System.Array.Empty<long>();
        }

        var numbers = new long[count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (long)Value(type, key);
        }

        return numbers;
    }

    private string Text(int longest, string what, bool keepsLonger = true)
    {
        long length = Length(what, keepsLonger ? longest : long.MaxValue);
        if (length <= longest)
        {
            byte[] bytes = new byte[length];
            _stream.ReadExactly(bytes);
            return Encoding.UTF8.GetString(bytes);
        }

        Skip(length);
        return "";
    }

    private long Length(string what, long longest)
    {
        ulong length = UInt64();
        if (length > (ulong)longest)
        {
            throw Fault($"{what} has {length} bytes, which is too long", "Fetch it again, or convert the model anew");
        }

        return length <= (ulong)Left ? (long)length : throw CutOff();
    }

    private long Count(string what, int least)
    {
        ulong count = UInt64();
        return count <= (ulong)Left / (ulong)least
            ? (long)count
            : throw Fault($"it says that there are {count} {what}, but only {Left} bytes follow", "It is cut off or damaged: fetch it again");
    }

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    private ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    private byte[] Bytes(int count)
    {
        if (count > Left)
        {
            throw CutOff();
        }

        byte[] bytes = new byte[count];
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private void Skip(long bytes) => _stream.Position += bytes;

    private SquelchException CutOff() => Fault($"it is cut off within its metadata, at byte {_stream.Length}", "Fetch it again");

    private SquelchException TooLarge(string tensor) => Fault($"tensor '{Shown(tensor)}' is larger than any file", "It is damaged: fetch it again");

    private SquelchException Fault(string fault, string remedy) => new($"{_path}: {fault}. {remedy}.");

    /// <summary>A text of the file in a message: short, and without what moves a terminal's cursor.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Shown(string? text)
        => text is null ? null : string.Concat(text.Take(60).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter)) + (text.Length > 60 ? "..." : "");
}
