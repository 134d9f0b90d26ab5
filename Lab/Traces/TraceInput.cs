using System.Text;

namespace Squelch.Lab;

/// <summary>
/// The bytes of a trace, unpacked where they are gzip or zstd. It is opened once and its beginning can be looked at before it is read, so that a pipe
/// (<c>/dev/stdin</c>, a process substitution) does as well as a file.
/// </summary>
public sealed class TraceInput : IDisposable
{
    /// <summary>As much is looked at first.</summary>
    internal const int SampleBytes = 1 << 16;

    private readonly PeekedStream _packed;
    private readonly PeekedStream _plain;
    private readonly Encoding? _encoding;

    /// <param name="stream">Plain, gzip or zstd; closed with this.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="SquelchException">It is a file of another kind, such as bzip2 or Parquet, or cannot be read.</exception>
    public TraceInput(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        _packed = new(stream);
        try
        {
            Packing = Lab.Packing.Of(_packed.Peek(Lab.Packing.MarkBytes));
            _plain = new(new UnpackedStream(Lab.Packing.Unpack(Packing, _packed), _packed, Packing));
            ReadOnlySpan<byte> head = _plain.Peek(ForeignFile.MarkBytes);
            if ((ForeignFile.FindPackedAgain(Packing, head) ?? ForeignFile.Find(head)) is { } foreign)
            {
                throw new TraceLine(name, 0).Error(foreign.What, foreign.Remedy);
            }

            _encoding = TextEncoding.Of(head);
            _plain = _encoding is null ? _plain : new(Encoding.CreateTranscodingStream(_plain, _encoding, Encoding.UTF8));
        }
        catch (Exception failed) when (failed is IOException or InvalidDataException)
        {
            throw Unreadable(failed, "at its beginning");
        }
    }

    /// <summary>What messages call it: the file as the user named it.</summary>
    public string Name { get; }

    /// <summary>gzip or zstd; empty where it is not packed.</summary>
    public string Packing { get; }

    /// <summary>The plain bytes, from first to last, once.</summary>
    /// <remarks>Reading throws <see cref="InvalidDataException"/> or <see cref="IOException"/>: <see cref="Unreadable"/> makes a message of them.</remarks>
    public Stream Plain => _plain;

    /// <summary>Bytes read so far, packed as they are.</summary>
    public long BytesRead => _packed.BytesRead;

    /// <summary>Opens a file or a pipe.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SquelchException">It cannot be opened.</exception>
    public static TraceInput Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan), path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            string reason = Directory.Exists(path) ? "it is a folder" : unreadable.Message.TrimEnd('.');
            throw new TraceLine(path, 0).Error($"the trace cannot be read ({reason})", "Check the path and its permissions", unreadable);
        }
    }

    /// <summary>The first plain bytes, which stay to be read; fewer where there are no more.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="SquelchException">They cannot be read.</exception>
    public ReadOnlySpan<byte> Peek(int count)
    {
        try
        {
            return _plain.Peek(count);
        }
        catch (Exception failed) when (failed is InvalidDataException or IOException)
        {
            throw Unreadable(failed, "at its beginning");
        }
    }

    /// <summary>The beginning, parsed, which stays to be read.</summary>
    /// <param name="bytes">How many bytes of it.</param>
    /// <exception cref="SquelchException">They cannot be read.</exception>
    public TraceSample Sample(int bytes = SampleBytes)
    {
        byte[] head = Peek(bytes).ToArray();
        return new(Name, head, isWhole: head.Length < bytes);
    }

    /// <summary>What to tell the user where reading <see cref="Plain"/> failed.</summary>
    /// <param name="cause">What it threw.</param>
    /// <param name="place">How far reading came: <c>after line 7</c>.</param>
    public SquelchException Unreadable(Exception cause, string place)
    {
        ArgumentNullException.ThrowIfNull(cause);
        string reason = cause.Message.TrimEnd('.');
        return cause switch
        {
            UnpackedTooLargeException => new TraceLine(Name, 0).Error($"{place} {reason}, which no trace does", "If it is meant to repeat itself so often, unpack it first", cause),
            InvalidDataException => new TraceLine(Name, 0).Error($"{place} the {Packing} data is corrupt or cut short ({reason})", $"Copy or download the file again; `{Packing} -t` checks it", cause),
            _ => new TraceLine(Name, 0).Error($"{place} reading failed ({reason})", "Check the disk or the connection", cause),
        };
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose()
    {
        _plain.Dispose();
        _packed.Dispose();
    }

    /// <summary>A format with the packing.</summary>
    /// <param name="format">Its name.</param>
    public string Describe(string format) => string.Join(", ", ((string[])[format, _encoding is null ? "" : "UTF-16", Packing]).Where(word => word.Length > 0));
}
