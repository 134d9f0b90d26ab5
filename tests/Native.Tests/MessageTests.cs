using System.Text;

namespace Squelch.Native.Tests;

public class MessageTests
{
    [Fact]
    public void AMessageIsTheThreadsOwn()
    {
        Abi.CloseCache(0);
        string here = Abi.LastError;
        string elsewhere = "?";
        var other = new Thread(() => elsewhere = Abi.LastError);
        other.Start();
        other.Join();
        Assert.Equal(("0 is not the handle of a cache; pass the number that sq_cache_open gave.", ""), (here, elsewhere));
    }

    [Fact]
    public unsafe void AMessageIsCutBetweenCharacters()
    {
        Abi.OpenCache("{ \"policy\": \"ääää\" }", out _);
        string whole = Abi.LastError;
        delegate* unmanaged<byte*, long, long> lastError = &LibraryExports.Message;
        byte* buffer = stackalloc byte[100];
        for (int room = 1; room < 40; room++)
        {
            new Span<byte>(buffer, 100).Fill(0xee);
            Assert.Equal(Encoding.UTF8.GetByteCount(whole), lastError(buffer, room));
            int length = new Span<byte>(buffer, 100).IndexOf((byte)0);
            Assert.InRange(length, room - 2, room - 1);
            Assert.StartsWith(new UTF8Encoding(false, true).GetString(buffer, length), whole, StringComparison.Ordinal);
            Assert.Equal(0xee, buffer[room]);
        }
    }

    [Fact]
    public unsafe void ABufferThatCannotBeIsRefused()
    {
        delegate* unmanaged<byte*, long, long> lastError = &LibraryExports.Message;
        byte buffer;
        Assert.Equal(Codes.Argument, lastError(&buffer, -1));
        Assert.Equal(Codes.Argument, lastError(null, 1));
    }
}
