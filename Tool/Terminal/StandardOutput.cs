using Microsoft.Win32.SafeHandles;

namespace Squelch.Tool;

/// <summary>Standard output as bytes. Its failures are <see cref="ToolException"/>s: that the reader has gone away, or why nothing can be written.</summary>
internal sealed class StandardOutput(Stream stream) : Stream
{
    /// <summary>How messages and options write it.</summary>
    public const string Name = "-";

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>That of this process.</summary>
    public static StandardOutput OfThisProcess()
    {
        if (!OperatingSystem.IsWindows())
        {
            // The console's own stream does not tell that the reader of a pipe has gone away; a file's would not move the place that processes share.
            var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek)
            {
                return new(pipe);
            }
        }

        return new(Console.OpenStandardOutput());
    }

    /// <summary>True where writing failed because nobody reads any more.</summary>
    // EPIPE; ERROR_BROKEN_PIPE and ERROR_NO_DATA as HRESULTs on Windows.
    public static bool HasNoReader(Exception exception) => exception.HResult is 32 or unchecked((int)0x8007006D) or unchecked((int)0x800700E8);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            stream.Write(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw HasNoReader(exception)
                ? new ToolException(ExitCode.ClosedPipe, "nobody reads standard output any more", exception)
                : new ToolException(ExitCode.Output, $"cannot write to standard output: {exception.Message}", exception);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => stream.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
