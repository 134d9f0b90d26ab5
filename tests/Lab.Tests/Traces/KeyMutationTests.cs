using System.Globalization;
using System.Text;

namespace Squelch.Lab.Tests;

/// <summary>Whatever the bytes, a key trace is read or refused.</summary>
public sealed class KeyMutationTests
{
    /// <summary>How many inputs; SQUELCH_INPUTS asks for more.</summary>
    private static readonly int s_inputs = int.Parse(Environment.GetEnvironmentVariable("SQUELCH_INPUTS") ?? "3000", CultureInfo.InvariantCulture);

    private static readonly string[] s_texts =
    [
        "time,obj_id,obj_size\n1,7,100\n2,8,200\n3,7,100\n",
        "7;100;1\n8;200;2\n7;100;3\n",
        "\"a,b\",5\n\"c \"\"d\"\"\",6\n# x\n\"a,b\",5\n",
        "1,k1,4,100,1,get,0\n2,k2,4,200,0,get,0\n2,k1,4,100,0,set,60\n",
        "5 3 0 0\n6 1 0 1\n100 2 0 2\n",
        "128166372003061629,hm,1,Read,383496192,32768,413\n128166372016382155,hm,0,Write,383496192,16384,400\n",
        "key,op,size,op_count,key_size\n7,GET,82,2,40\n8,SET,82,1,40\n",
        "1,1,2024-05-01T10:00:00Z\n2,1,2024-05-01T10:01:00Z\n",
        "\u0001\0\0\0\u0007\0\0\0\0\0\0\0\u0005\0\0\0\u0003\0\0\0\0\0\0\0\u0002\0\0\0\u0008\0\0\0\0\0\0\0\u0005\0\0\0\u0003\0\0\0\0\0\0\0",
    ];

    private static readonly string[] s_pieces = [",", ";", "\t", " ", "|", "\"", "\"\"", "\n", "\r", "\r\n", "#", "-", "0", "99999999999999999999", "1e308", "-1", ".", "NaN", "key", "get", "\0", "\u00FF", "Infinity", "65536"];

    [Fact]
    public void AnyBytesAreReadOrRefused()
    {
        var random = new Random(13);
        string[] names = ["k.csv", "k", "k.txt", "k.lis", "k.tsv", "k.oracleGeneral.bin"];
        string?[] columns = [null, null, null, .. KeyColumns.Layouts, "time=0,key=1,size=2", "key=0,size=1", "key=1+0", "key=key,size=size"];
        int read = 0;
        for (int i = 0; i < s_inputs; i++)
        {
            byte[] bytes = Mutated(random);
            string name = names[random.Next(names.Length)];
            try
            {
                KeyTraceText.Load(bytes, name, columns[random.Next(columns.Length)], random.Next(2) == 0);
                read++;
            }
            catch (SquelchException refused)
            {
                Assert.StartsWith(name, refused.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(read, s_inputs / 20, s_inputs * 19 / 20);
    }

    /// <summary>A small file does not fill the memory.</summary>
    [Fact]
    public void LinesThatStandForTooManyRequestsAreRefused()
        => Assert.Contains("more than 256 each", KeyTraceText.ErrorOf(string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i} 65536 0 {i}\n")), "t.lis"), StringComparison.Ordinal);

    [Theory]
    [InlineData(",")]
    [InlineData("\"")]
    [InlineData("7")]
    [InlineData("#")]
    [InlineData(" ")]
    public void LongLinesAreReadOrRefused(string letter)
    {
        string line = string.Concat(Enumerable.Repeat(letter, 300_000));
        foreach (string text in (string[])[line, $"{line}\n{line}\n", $"1,5\n{line}\n", $"1,5\n{line},5\n"])
        {
            try
            {
                KeyTraceText.Load(text);
            }
            catch (SquelchException refused)
            {
                Assert.InRange(refused.Message.Length, 1, 1000);
            }
        }
    }

    private static byte[] Mutated(Random random)
    {
        List<byte> bytes = [.. Encoding.Latin1.GetBytes(s_texts[random.Next(s_texts.Length)])];
        for (int changes = random.Next(6); changes >= 0; changes--)
        {
            int at = random.Next(bytes.Count + 1);
            int length = Math.Min(random.Next(8), bytes.Count - at);
            switch (random.Next(4))
            {
                case 0:
                    bytes.InsertRange(at, Encoding.Latin1.GetBytes(s_pieces[random.Next(s_pieces.Length)]));
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }
}
