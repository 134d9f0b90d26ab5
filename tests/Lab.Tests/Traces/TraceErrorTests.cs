namespace Squelch.Lab.Tests;

public sealed class TraceErrorTests
{
    private const string Good = "{\"ts\":5,\"input_tokens\":[1,2],\"output_tokens\":[3]}\n";
    private const string GoodBlocks = "{\"timestamp\":5,\"input_length\":8,\"hash_ids\":[1,2],\"block_size\":4}\n";

    [Theory]
    [InlineData("{\"ts\":6,\"input_tokens\":[1,2", "the line ends where ',' or ']' after input_tokens[1] is expected", "cut short")]
    [InlineData("{\"ts\":6,\"input_tokens\":[1,", "the line ends where input_tokens[1] is expected", "cut short")]
    [InlineData("{\"ts\":6,\"input_tokens\":[1,2],\"outp", "the line ends where the end of a string", "cut short")]
    [InlineData("{\"ts\":6,\"input_tokens\":[1,2],\"output_tokens\":[3]", "the line ends where ','", "cut short")]
    [InlineData("{\"ts\":", "the line ends where the value of ts", "cut short")]
    [InlineData("{", "the line ends where '\"'", "cut short")]
    [InlineData("{\"ts\":6,\"x\":[1,", "the line ends where a value", "cut short")]
    [InlineData("{\"ts\":6,\"x\":\"a\\", "the line ends where the end of a string", "cut short")]
    [InlineData("{\"ts\":6 \"x\":1}", "malformed JSON: expected ',', found '\"x\"'", "Correct or remove")]
    [InlineData("{\"ts\":6,\"x\":tru}", "malformed JSON: expected a value, found 'tru'", "Correct or remove")]
    [InlineData("{\"ts\":6,\"input_tokens\":[1 2]}", "malformed JSON: expected ',' or ']'", "Correct or remove")]
    [InlineData("{\"ts\":6,\"input_tokens\":[1],\"output_tokens\":[]} x", "malformed JSON: expected the end of the line, found 'x'", "Correct or remove")]
    [InlineData("12", "expected a JSON object, found '12'", "remove")]
    [InlineData("{\"input_tokens\":[1],\"output_tokens\":[]}", "property 'ts' is missing", "write the trace again")]
    [InlineData("{\"ts\":6,\"output_tokens\":[]}", "property 'input_tokens' is missing", "write the trace again")]
    [InlineData("{\"ts\":6,\"input_tokens\":[1]}", "property 'output_tokens' is missing", "write the trace again")]
    [InlineData("{\"ts\":6,\"ts\":7,\"input_tokens\":[1],\"output_tokens\":[]}", "property 'ts' appears twice", "Remove one")]
    [InlineData("{\"ts\":-1,\"input_tokens\":[1],\"output_tokens\":[]}", "ts is -1, which is negative", "shift")]
    [InlineData("{\"ts\":4.5,\"input_tokens\":[1],\"output_tokens\":[]}", "ts is 4.5, less than 5 on the request before", "sort the lines")]
    [InlineData("{\"ts\":1e999,\"input_tokens\":[1],\"output_tokens\":[]}", "ts is '1e999'", "Write a smaller number")]
    [InlineData("{\"ts\":\"6\",\"input_tokens\":[1],\"output_tokens\":[]}", "ts is '\"6\"'", "must be a number")]
    [InlineData("{\"ts\":NaN,\"input_tokens\":[1],\"output_tokens\":[]}", "ts is 'NaN'", "must be a number")]
    [InlineData("{\"ts\":6,\"input_tokens\":[4,-5],\"output_tokens\":[]}", "input_tokens[1] is '-5'", "0 to 2147483647")]
    [InlineData("{\"ts\":6,\"input_tokens\":[2147483648],\"output_tokens\":[]}", "input_tokens[0] is '2147483648'", "0 to 2147483647")]
    [InlineData("{\"ts\":6,\"input_tokens\":[1],\"output_tokens\":[1,99999999999999999999999999999]}", "output_tokens[1] is '999999999999999999999999...'", "0 to 2147483647")]
    [InlineData("{\"ts\":6,\"input_tokens\":[1.5],\"output_tokens\":[]}", "input_tokens[0] is '1.5'", "whole numbers")]
    [InlineData("{\"ts\":6,\"input_tokens\":[007],\"output_tokens\":[]}", "input_tokens[0] is '007'", "whole numbers")]
    [InlineData("{\"ts\":6,\"input_tokens\":[\"a\"],\"output_tokens\":[]}", "input_tokens[0] is '\"a\"'", "whole numbers")]
    [InlineData("{\"ts\":6,\"input_tokens\":[1,],\"output_tokens\":[]}", "input_tokens[1] is ']'", "whole numbers")]
    [InlineData("{\"ts\":6,\"input_tokens\":null,\"output_tokens\":[]}", "input_tokens is 'null', not an array", "Write [1, 2")]
    [InlineData("{\"ts\":6,\"num_input_tokens\":3,\"input_tokens\":[1,2],\"output_tokens\":[]}", "num_input_tokens is 3, but input_tokens has 2", "write it again")]
    [InlineData("{\"ts\":6,\"num_output_tokens\":3,\"input_tokens\":[1,2],\"output_tokens\":[]}", "num_output_tokens is 3, but output_tokens has 0", "write it again")]
    [InlineData("{\"ts\":06,\"input_tokens\":[1],\"output_tokens\":[]}", "ts is '06'", "must be a number")]
    [InlineData("{\"ts\":6.,\"input_tokens\":[1],\"output_tokens\":[]}", "ts is '6.'", "must be a number")]
    [InlineData("{\"ts\":.5,\"input_tokens\":[1],\"output_tokens\":[]}", "ts is '.5'", "must be a number")]
    [InlineData("{\"ts\":6.e1,\"input_tokens\":[1],\"output_tokens\":[]}", "ts is '6.e1'", "must be a number")]
    [InlineData("{\"ts\":-,\"input_tokens\":[1],\"output_tokens\":[]}", "ts is '-'", "must be a number")]
    [InlineData("{\"ts\":+6,\"input_tokens\":[1],\"output_tokens\":[]}", "ts is '+6'", "must be a number")]
    [InlineData("{\"ts\":6,\"input_tokens\":[],\"output_tokens\":[1]}", "the input is empty: input_tokens has 0 tokens", "remove the line")]
    [InlineData("{\"ts\":6,\"session_id\":1.5,\"input_tokens\":[1,2],\"output_tokens\":[]}", "session_id is 1.5", "whole number")]
    public void ABadTokenRequestIsNamedWithFileLineFaultAndRemedy(string line, string fault, string remedy)
    {
        string message = TraceText.ErrorOf(Good + line);

        Assert.StartsWith("t.jsonl, line 2: ", message);
        Assert.Contains(fault, message);
        Assert.Contains(remedy, message);
    }

    [Theory]
    [InlineData("{\"timestamp\":6,\"input_length\":13,\"hash_ids\":[1,2],\"block_size\":4}", "hash_ids has 2 blocks, but input_length 13 makes 4 blocks of 4 tokens", "may be left out: 3")]
    [InlineData("{\"timestamp\":6,\"input_length\":8,\"hash_ids\":[1,2,3],\"block_size\":4}", "hash_ids has 3 blocks, but input_length 8 makes 2 blocks", "one id per block")]
    [InlineData("{\"timestamp\":6,\"input_length\":8,\"hash_ids\":[1],\"block_size\":8}", "block_size is 8, but 4 on the requests before", "split the trace")]
    [InlineData("{\"timestamp\":6,\"input_length\":8,\"hash_ids\":[1],\"block_size\":0}", "block_size is 0", "from 1 to")]
    [InlineData("{\"timestamp\":4,\"input_length\":8,\"hash_ids\":[1,2],\"block_size\":4}", "timestamp is 4, less than 5", "sort the lines")]
    [InlineData("{\"timestamp\":-4,\"input_length\":8,\"hash_ids\":[1,2],\"block_size\":4}", "timestamp is -4, which is negative", "shift")]
    [InlineData("{\"timestamp\":6,\"input_length\":8,\"hash_ids\":[1,-2],\"block_size\":4}", "hash_ids[1] is '-2'", "Block ids are whole numbers")]
    [InlineData("{\"timestamp\":6,\"input_length\":8,\"hash_ids\":[18446744073709551616,1],\"block_size\":4}", "hash_ids[0] is '18446744073709551616'", "Block ids are whole numbers")]
    [InlineData("{\"timestamp\":6,\"input_length\":-8,\"hash_ids\":[1],\"block_size\":4}", "input_length is -8", "whole number")]
    [InlineData("{\"timestamp\":6,\"input_length\":99999999999,\"hash_ids\":[1],\"block_size\":4}", "input_length is 99999999999", "at most 2147483647")]
    [InlineData("{\"timestamp\":6,\"input_length\":0,\"hash_ids\":[],\"block_size\":4}", "the input is empty: input_length has 0 tokens", "remove the line")]
    [InlineData("{\"timestamp\":6,\"hash_ids\":[1],\"block_size\":4}", "property 'input_length' is missing", "Every line needs it")]
    [InlineData("{\"timestamp\":6,\"input_length\":8,\"block_size\":4}", "property 'hash_ids' is missing", "Every line needs it")]
    [InlineData("{\"input_length\":8,\"hash_ids\":[1,2],\"block_size\":4}", "property 'timestamp' is missing", "Every line needs it")]
    [InlineData("{\"timestamp\":6,\"input_length\":8,\"hash_ids\":[1,2", "the line ends where", "cut short")]
    public void ABadBlockRequestIsNamedWithFileLineFaultAndRemedy(string line, string fault, string remedy)
    {
        string message = TraceText.ErrorOf(GoodBlocks + line);

        Assert.StartsWith("t.jsonl, line 2: ", message);
        Assert.Contains(fault, message);
        Assert.Contains(remedy, message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \r\n\n")]
    public void ATraceWithoutRequestsIsRefused(string text)
        => Assert.Equal("t.jsonl: the trace has no requests. Give a file with one JSON object per line.", TraceText.ErrorOf(text));

    [Fact]
    public void AnUnknownFormatIsRefusedWithTheFormatsThatAreKnown()
    {
        string message = TraceText.ErrorOf("\n{\"prompt\":\"hello\",\"model\":\"x\"}\n");

        Assert.StartsWith("t.jsonl, line 2: unknown trace format: its properties are prompt, model.", message);
        Assert.Contains("input_tokens", message);
        Assert.Contains("hash_ids", message);
    }

    [Fact]
    public void ALineOfBothFormatsIsRefused()
        => Assert.Contains("both input_tokens and hash_ids", TraceText.ErrorOf("{\"input_tokens\":[1],\"hash_ids\":[1]}"));

    [Fact]
    public void ATextThatIsNoJsonIsRefused()
        => Assert.StartsWith("t.jsonl, line 1: expected a JSON object, found 'time'", TraceText.ErrorOf("time,tokens\n1,2\n"));

    [Fact]
    public void NestingBeyondReasonIsRefused()
        => Assert.Contains("nested more than 32 deep", TraceText.ErrorOf(Good + "{\"x\":" + new string('[', 1000) + "}"));

    [Fact]
    public void EveryPrefixOfAGoodLineIsRefusedAsCutShort()
    {
        string line = "{\"x\":{\"y\":[1,\"\\\"z\"]},\"ts\":6,\"num_input_tokens\":2,\"input_tokens\":[10,20],\"output_tokens\":[30]}";
        for (int length = 1; length < line.Length; length++)
        {
            string message = TraceText.ErrorOf(Good + line[..length]);

            Assert.StartsWith("t.jsonl, line 2: the line ends", message);
        }
    }

    [Fact]
    public void EveryChangedByteOfAGoodLineIsReadOrRefusedButNeverCrashes()
    {
        byte[] line = System.Text.Encoding.ASCII.GetBytes("{\"x\":{\"y\":[1,\"\\\"z\"]},\"ts\":6,\"num_input_tokens\":2,\"input_tokens\":[10,20],\"output_tokens\":[30]}");
        for (int at = 0; at < line.Length; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] changed = [.. line];
                changed[at] = (byte)value;
                try
                {
                    TraceReader.Read(new MemoryStream(changed)).Count();
                }
                catch (SquelchException refused)
                {
                    Assert.StartsWith("trace", refused.Message);
                }
            }
        }
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void GzipThatWasCutShortIsRefused(double share)
    {
        byte[] packed = TraceText.Gzip(string.Concat(Enumerable.Range(0, 4000).Select(i => $"{{\"ts\":5,\"input_tokens\":[{i * 7919 % 65537},{i * 104729 % 99991}],\"output_tokens\":[]}}\n")));
        var stream = new MemoryStream(packed[..(int)(packed.Length * share)]);

        var error = Assert.Throws<SquelchException>(() => TraceReader.Read(stream, "t.gz").Count());

        Assert.Contains("t.gz", error.Message);
        Assert.Contains("corrupt or cut short", error.Message);
        Assert.Contains("gzip -t", error.Message);
    }

    [Fact]
    public void GzipThatWasCutAtAnyByteIsRefused()
    {
        byte[] packed = TraceText.Gzip(TraceText.TwoTokenRequests);
        for (int length = 2; length < packed.Length; length++)
        {
            Assert.Throws<SquelchException>(() => TraceReader.Read(new MemoryStream(packed[..length]), "t.gz").Count());
        }
    }

    [Fact]
    public void GzipFilesThatWereJoinedAreOneTrace()
    {
        byte[] packed = [.. TraceText.Gzip("{\"ts\":0,\"input_tokens\":[1,2,3,4,5,6,7],\"output_tokens\":[]}\n"), .. TraceText.Gzip("{\"ts\":0,\"input_tokens\":[1],\"output_tokens\":[]}\n")];

        Assert.Equal(2, TraceReader.Read(new MemoryStream(packed), "t.gz").Count());
    }

    [Fact]
    public void GzipWithADamagedByteIsRefused()
    {
        byte[] packed = TraceText.Gzip(string.Concat(Enumerable.Range(0, 4000).Select(i => $"{{\"ts\":5,\"input_tokens\":[{i * 7919 % 65537}],\"output_tokens\":[]}}\n")));
        packed.AsSpan(packed.Length / 2, 8).Fill(0xFF);

        Assert.StartsWith("t.gz", Assert.Throws<SquelchException>(() => TraceReader.Read(new MemoryStream(packed), "t.gz").Count()).Message);
    }

    [Fact]
    public void AFileThatIsNotThereIsNamed()
    {
        string message = Assert.Throws<SquelchException>(() => TraceReader.Load("no/such/trace.jsonl")).Message;

        Assert.StartsWith("no/such/trace.jsonl: the trace cannot be read", message);
        Assert.EndsWith("Check the path and its permissions.", message);
    }

    [Fact]
    public void AFolderIsNoTrace()
        => Assert.Contains("it is a folder", Assert.Throws<SquelchException>(() => TraceReader.Load(Path.GetTempPath())).Message);
}
