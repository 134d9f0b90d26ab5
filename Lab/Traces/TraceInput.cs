namespace Squelch.Lab;

/// <summary>
/// The bytes of a trace, unpacked where they are gzip or zstd. It is opened once and its beginning can be looked at before it is read, so that a pipe
/// (<c>/dev/stdin</c>, a process substitution) does as well as a file.
/// </summary>
public sealed class TraceInput : IDisposable
{
    private readonly PeekedStream _packed;
    private readonly PeekedStream _plain;

    /// <param name="stream">Plain, gzip or zstd; closed with this.</param>
    /// <param name="name">What messages call it.</param>
    public TraceInput(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        _packed = new(stream);
        try
        {
            Packing = Lab.Packing.Of(_packed.Peek(Lab.Packing.MarkBytes));
            _plain = new(Lab.Packing.Unpack(Packing, _packed));
        }
        catch (IOException failed)
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

    /// <summary>What to tell the user where reading <see cref="Plain"/> failed.</summary>
    /// <param name="cause">What it threw.</param>
    /// <param name="place">How far reading came: <c>after line 7</c>.</param>
    public SquelchException Unreadable(Exception cause, string place)
    {
        ArgumentNullException.ThrowIfNull(cause);
        string reason = cause.Message.TrimEnd('.');
        return cause is InvalidDataException
            ? new TraceLine(Name, 0).Error($"{place} the {Packing} data is corrupt or cut short ({reason})", $"Copy or download the file again; `{Packing} -t` checks it", cause)
            : new TraceLine(Name, 0).Error($"{place} reading failed ({reason})", "Check the disk or the connection", cause);
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose()
    {
        _plain.Dispose();
        _packed.Dispose();
    }

    /// <summary>A format with the packing.</summary>
    /// <param name="format">Its name.</param>
    public string Describe(string format) => Packing.Length == 0 ? format : $"{format}, {Packing}";
}
