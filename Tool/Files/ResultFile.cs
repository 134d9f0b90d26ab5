using System.Text;

namespace Squelch.Tool;

/// <summary>
/// A file that appears whole or not at all: it is written beside its place under a name of its own, and takes its place when it is
/// complete. Devices and pipes (/dev/stdout, /dev/fd/63) are written to directly.
/// </summary>
internal sealed class ResultFile : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly string _shownPath;
    private readonly string _finalPath;
    private readonly string? _temporaryPath;
    private readonly Stream _stream;
    private readonly StreamWriter _writer;
    private bool _isDone;

    private ResultFile(string shownPath, string finalPath, string? temporaryPath, Stream stream)
    {
        _shownPath = shownPath;
        _finalPath = finalPath;
        _temporaryPath = temporaryPath;
        _stream = stream;
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize, leaveOpen: true) { NewLine = "\n" };
    }

    /// <summary>Opens the file for writing, or standard output where it is named.</summary>
    /// <param name="path">Where it shall appear.</param>
    /// <param name="terminal">Of this command.</param>
    /// <exception cref="ToolException">The place cannot be written to.</exception>
    public static ResultFile Create(string path, Terminal terminal)
        => RealPath.IsStandardOutput(path) ? new(path, path, null, terminal.Bytes) : Create(path);

    /// <summary>Opens the file for writing.</summary>
    /// <param name="path">Where it shall appear.</param>
    /// <param name="open">Makes the stream at a path; a new file where this is null.</param>
    /// <exception cref="ToolException">The place cannot be written to.</exception>
    public static ResultFile Create(string path, Func<string, Stream>? open = null)
    {
        try
        {
            string final = RealPath.Of(path);
            if (RealPath.IsDevice(final))
            {
                return new(path, final, null, new FileStream(final, FileMode.Open, FileAccess.Write));
            }

            if (Directory.Exists(final) || Path.EndsInDirectorySeparator(path))
            {
                throw new ToolException(ExitCode.Output, $"cannot write '{path}': it is a folder; give the name of a file");
            }

            RefuseProtected(path, final);
            string temporary = $"{final}.{Guid.NewGuid():N}.tmp";
            return new(path, final, temporary, (open ?? NewFile)(temporary));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Failure(path, exception);
        }
    }

    /// <summary>Adds text.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        try
        {
            _writer.Write(text);
        }
        catch (IOException exception)
        {
            throw Failure(_shownPath, exception);
        }
    }

    /// <summary>Adds bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _writer.Flush();
            _stream.Write(bytes);
        }
        catch (IOException exception)
        {
            throw Failure(_shownPath, exception);
        }
    }

    /// <summary>Lets something write bytes, which must leave the stream open.</summary>
    public void Write(Action<Stream> write)
    {
        try
        {
            _writer.Flush();
            write(_stream);
        }
        catch (IOException exception)
        {
            throw Failure(_shownPath, exception);
        }
    }

    /// <summary>Brings all text to the disk, so that only the renaming is left.</summary>
    public void Flush()
    {
        try
        {
            _writer.Flush();
            if (_temporaryPath is not null && _stream is FileStream file)
            {
                file.Flush(flushToDisk: true);
            }
        }
        catch (IOException exception)
        {
            throw Failure(_shownPath, exception);
        }
    }

    /// <summary>Puts the finished file in its place.</summary>
    public void Complete()
    {
        Flush();
        try
        {
            _stream.Dispose();
            if (_temporaryPath is not null)
            {
                File.Move(_temporaryPath, _finalPath, overwrite: true);
            }

            _isDone = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(_shownPath, exception);
        }
    }

    /// <summary>Removes what was written, unless the file is complete.</summary>
    public void Dispose()
    {
        if (_isDone)
        {
            return;
        }

        _isDone = true;
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // The reason was reported where it first showed; the file goes all the same.
        }

        if (_temporaryPath is not null)
        {
            File.Delete(_temporaryPath);
        }
    }

    /// <summary>A file takes the place of another by renaming, which asks neither it nor, for an administrator, its folder.</summary>
    private static void RefuseProtected(string shown, string final)
    {
        if (File.Exists(final) && IsProtected(final))
        {
            throw new ToolException(ExitCode.Output, $"cannot write '{shown}': there is a write-protected file; give another name, or take the protection away");
        }

        if (!OperatingSystem.IsWindows() && Path.GetDirectoryName(final) is { } folder && Directory.Exists(folder) && IsProtected(folder))
        {
            throw new ToolException(ExitCode.Output, $"cannot write '{shown}': its folder is write-protected; choose another folder");
        }
    }

    private static bool IsProtected(string path)
        => OperatingSystem.IsWindows()
            ? File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly)
            : (File.GetUnixFileMode(path) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0;

    private static FileStream NewFile(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);

    private static ToolException Failure(string path, Exception exception)
    {
        if (StandardOutput.HasNoReader(exception))
        {
            return new(ExitCode.ClosedPipe, $"nobody reads '{path}' any more", exception);
        }

        string reason = exception switch
        {
            DirectoryNotFoundException => "its folder does not exist; make the folder first",
            UnauthorizedAccessException => "access is denied; choose a folder you may write to",
            _ when IsFull(exception) => "the disk is full; free some space or choose another disk. Nothing was left behind",
            _ => exception.Message,
        };
        return new(ExitCode.Output, $"cannot write '{path}': {reason}", exception);
    }

    // ENOSPC and EDQUOT on Linux and macOS; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL as HRESULTs on Windows.
    private static bool IsFull(Exception exception) => exception.HResult is 28 or 122 or 69 or unchecked((int)0x80070070) or unchecked((int)0x80070027);
}
