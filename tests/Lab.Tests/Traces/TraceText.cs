using System.IO.Compression;
using System.Text;

namespace Squelch.Lab.Tests;

/// <summary>Reads traces that tests spell out.</summary>
internal static class TraceText
{
    public const string TwoTokenRequests = """
        {"session_id":3,"turn_id":0,"ts":0.0,"num_input_tokens":3,"num_output_tokens":2,"input_tokens":[1,22,2147483647],"output_tokens":[0,5]}
        {"session_id":3,"turn_id":1,"ts":1.5,"num_input_tokens":2,"num_output_tokens":0,"input_tokens":[7,8],"output_tokens":[]}

        """;

    public static List<Request> Read(string text, int bufferBytes = 1 << 16) => [.. TraceReader.Read(Stream(text), "t.jsonl", bufferBytes)];

    public static string ErrorOf(string text) => Assert.Throws<SquelchException>(() => Read(text)).Message;

    public static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
