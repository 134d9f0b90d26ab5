using System.Globalization;
using System.Text;

namespace Squelch.Tool.Tests;

/// <summary>Whatever stands in a file, it is read or refused. SQUELCH_MUTATIONS says how often it is tried.</summary>
public sealed class ConversationMutationTests
{
    [Fact]
    public void AMutatedFileIsReadOrRefused()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("SQUELCH_MUTATIONS"), CultureInfo.InvariantCulture, out int given) ? given : 3_000;
        TheoryData<string, string>[] sources =
        [
            ConversationNotationTests.PlainNotations, ConversationNotationTests.ToolNotations, ConversationSourceTests.PlainSources,
            ConversationSourceTests.TwoTurnsSources, ConversationSourceTests.WithToolSources, ConversationSourceTests.WithThoughtSources,
        ];
        byte[][] texts = [.. sources.SelectMany(source => source).Select(row => Encoding.UTF8.GetBytes((string)row[1]))];
        byte[][] words = [.. ((string[])["null", "{}", "[]", "\"\"", "7", "\"role\":", "\"messages\":", "\"content\":", "\"\\ud800\"", "[[", "}}", "\"type\":\"tool_use\"", ","]).Select(Encoding.UTF8.GetBytes)];
        var draws = new Random(13);
        for (int i = 0; i < count; i++)
        {
            List<byte> bytes = [.. texts[draws.Next(texts.Length)]];
            for (int changes = draws.Next(1, 6); changes > 0; changes--)
            {
                Mutate(bytes, words, draws);
            }

            try
            {
                using var input = new TraceInput(new MemoryStream([.. bytes]), "chats.jsonl");
                new ConversationFormat(null).Load(input, new());
            }
            catch (SquelchException refused)
            {
                Assert.StartsWith("chats.jsonl", refused.Message, StringComparison.Ordinal);
            }
            catch (Exception defect)
            {
                Assert.Fail($"{Encoding.Latin1.GetString([.. bytes])}\n{defect}");
            }
        }
    }

    /// <summary>Cuts, doubles or changes a stretch; often from one quote to another, so that what comes out is still JSON.</summary>
    private static void Mutate(List<byte> bytes, byte[][] words, Random draws)
    {
        if (bytes.Count == 0)
        {
            return;
        }

        int begin = draws.Next(bytes.Count);
        int quote = bytes.IndexOf((byte)'"', begin);
        begin = draws.Next(4) > 0 && quote >= 0 ? quote : begin;
        int next = bytes.IndexOf((byte)'"', Math.Min(bytes.Count - 1, begin + 1));
        int length = Math.Min(bytes.Count - begin, next > begin ? next - begin + 1 : draws.Next(1, 9));
        switch (draws.Next(4))
        {
            case 0:
                bytes.RemoveRange(begin, length);
                break;
            case 1:
                bytes.InsertRange(begin, bytes.GetRange(begin, length));
                break;
            case 2:
                bytes[begin] = (byte)draws.Next(256);
                break;
            default:
                bytes.RemoveRange(begin, length);
                bytes.InsertRange(begin, words[draws.Next(words.Length)]);
                break;
        }
    }
}
