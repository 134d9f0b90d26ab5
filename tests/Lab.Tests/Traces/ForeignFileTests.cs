using System.IO.Compression;
using System.Text;

namespace Squelch.Lab.Tests.Traces;

/// <summary>Files that are no traces are told by what is in them, whatever their name.</summary>
public sealed class ForeignFileTests
{
    [Theory]
    [InlineData("<!DOCTYPE html>\n<html><body>404</body></html>\n", "it is a web page or other XML")]
    [InlineData("\uFEFF \n<HTML>\n", "it is a web page or other XML")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "it is a web page or other XML")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "git lfs pull")]
    [InlineData("key,size\nlong,10\nb\0,20\n", "it begins as text, but line 3 has a byte 00")]
    public void ATextThatIsNoTraceIsNamed(string text, string message) => Assert.Contains(message, KeyTraceText.ErrorOf(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("1F9D90000102", "it is packed with compress")]
    [InlineData("5D00008000FFFFFFFF", "it is packed with lzma")]
    [InlineData("789C4BCC494C", "it is packed with zlib")]
    [InlineData("F0DEBC9A785634120100", "it is an lcs file of libCacheSim")]
    [InlineData("FFFE00006B000000", "it is text in UTF-32")]
    public void BytesThatAreNoTraceAreNamed(string hex, string message) => Assert.Contains(message, ErrorOf(Convert.FromHexString(hex)), StringComparison.Ordinal);

    [Fact]
    public void WhatIsPackedTwiceIsNamed()
        => Assert.Equal("k.csv: it is packed twice: gzip in gzip. Unpack it once (gzip -d).", ErrorOf(Gzip(Gzip(Encoding.UTF8.GetBytes("key,size\na,1\n")))));

    [Fact]
    public void DamageIsToldInPlainWords()
    {
        byte[] packed = Gzip(Encoding.UTF8.GetBytes("key,size\na,1\n"));
        packed[^5] ^= 0xFF;

        Assert.Equal("k.csv: at its beginning the gzip data is corrupt or cut short (its bytes or its checksum are wrong). Copy or download the file again; `gzip -t` checks it.", ErrorOf(packed));
    }

    [Theory]
    [InlineData("{\"timestamp\": 0, \"input_length\": 10, \"output_length\": 4}\n", "it tells how many tokens a request has (input_length, output_length), but not which")]
    [InlineData("{\"ts\": 0, \"input_tokens\": 3, \"output_tokens\": 1}\n", "it tells how many tokens a request has (input_tokens, output_tokens), but not which")]
    [InlineData("{'timestamp': 0, 'hash_ids': [1]}\n", "''timestamp'' is Python's and no JSON: json.dumps writes it right")]
    [InlineData("{\"timestamp\": 0, \"input_length\": 8, \"hash_ids\": [1], \"session_id\": None}\n", "'None' is Python's and no JSON")]
    [InlineData("{\"session_id\": 1, \"delay\": 5, \"delay\": 9, \"input_length\": 4, \"hash_ids\": [1]}\n", "line 1: property 'delay' appears twice")]
    [InlineData("{\"chat_id\": 1, \"chat_id\": 2, \"timestamp\": 0, \"input_length\": 4, \"hash_ids\": [1]}\n", "line 1: property 'chat_id' appears twice")]
    [InlineData("{\"timestamp\": 1700000000, \"input_length\": 4, \"hash_ids\": [1]}\n{\"timestamp\": 1700000002000, \"input_length\": 4, \"hash_ids\": [1]}\n", "line 2: timestamp is 1700000002000, 53816 years after the first")]
    public void JsonThatIsNoTraceSaysWhy(string text, string message) => Assert.Contains(message, KeyTraceText.ErrorOf(text, "t.jsonl"), StringComparison.Ordinal);

    private static string ErrorOf(byte[] bytes) => Assert.Throws<SquelchException>(() => KeyTraceText.Load(bytes)).Message;

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal))
        {
            stream.Write(plain);
        }

        return packed.ToArray();
    }
}
