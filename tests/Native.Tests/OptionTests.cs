namespace Squelch.Native.Tests;

/// <summary>What is wrong in options is told, with the remedy, and nothing is opened.</summary>
public class OptionTests
{
    private const string Good = """ "policy": "Lru", "capacity": 1000000000, "model": "marconi-7b" """;

    [Theory]
    [InlineData("{", Codes.Argument, "not valid JSON, at line 1")]
    [InlineData("[]", Codes.Argument, "no object")]
    [InlineData("{ \"policy\": \"Lru\", \"capacity\": 1000000000, \"model\": \"marconi-7b\" } x", Codes.Argument, "not valid JSON")]
    [InlineData("{ }", Codes.Argument, "The option 'policy' is missing")]
    [InlineData("{ \"policy\": 1 }", Codes.Argument, "It must be a text")]
    [InlineData("{ \"policy\": \"\\ud800\" }", Codes.Argument, "a text of whole characters")]
    [InlineData("{ \"policy\": \"Marcni\" }", Codes.Unknown, "There is no policy 'Marcni'; did you mean 'Marconi'?")]
    [InlineData("{ \"policy\": \"Lru\" }", Codes.Argument, "The option 'capacity' is missing")]
    [InlineData("{ \"policy\": \"Lru\", \"capacity\": 1000000000 }", Codes.Argument, "The option 'model' is missing")]
    [InlineData("{ \"policy\": \"Lru\", \"polizy\": 1 }", Codes.Unknown, "There is no option 'polizy'. Did you mean 'policy'?")]
    [InlineData("{ \"policy\": \"Lru\", \"policy\": \"Lru\" }", Codes.Argument, "there twice")]
    [InlineData("{ \"policy\": \"Lru\", \"capacity\": 1, \"model\": \"marconi-7b\" }", Codes.Argument, "cannot hold one checkpoint and one token")]
    [InlineData("{ \"policy\": \"Lru\", \"capacity\": -5, \"model\": \"marconi-7b\" }", Codes.Argument, "The option 'capacity' is -5. It must be a whole number from 1")]
    [InlineData("{ \"policy\": \"Lru\", \"capacity\": 1.5, \"model\": \"marconi-7b\" }", Codes.Argument, "a whole number")]
    [InlineData("{ \"policy\": \"Lru\", \"capacity\": 1000000000, \"model\": \"marconi-8b\" }", Codes.Unknown, "Did you mean 'marconi-7b'?")]
    [InlineData("{ \"policy\": \"Lru\", \"capacity\": 1000000000, \"model\": 7 }", Codes.Argument, "The option 'model' is 7")]
    [InlineData("{ \"policy\": \"Lru\", \"capacity\": 1000000000, \"model\": {\"name\": \"m\", \"layerz\": []} }", Codes.Argument, "The option 'model': property 'layerz' is not known.")]
    [InlineData("{ \"policy\": \"Marconi\", \"tunables\": {\"alpa\": 1} }", Codes.Unknown, "Marconi has no tunable 'alpa'; did you mean 'Alpha'?")]
    [InlineData("{ \"policy\": \"Marconi\", \"tunables\": {\"alpha\": -1} }", Codes.Argument, "Marconi.Alpha lies between")]
    [InlineData("{ \"policy\": \"Marconi\", \"tunables\": {\"alpha\": \"1\"} }", Codes.Argument, "It must be a number")]
    [InlineData("{ \"policy\": \"Marconi\", \"tunables\": {\"alpha\": 1, \"Alpha\": 1} }", Codes.Argument, "there twice")]
    [InlineData("{ \"policy\": \"Marconi\", \"tunables\": 3 }", Codes.Argument, "an object of numbers")]
    [InlineData("{ \"policy\": \"Marconi\", \"tuning\": \"background\" }", Codes.Unsupported, "would not live through a fork")]
    [InlineData("{ \"policy\": \"Lru\", \"tuning\": \"synchronous\" }", Codes.Unsupported, "Lru declares no tuner")]
    [InlineData("{ \"policy\": \"Marconi\", \"tuning\": \"sync\" }", Codes.Unknown, "There is no tuning 'sync'")]
    public void AWrongOptionIsRefused(string json, int code, string message)
    {
        Assert.Equal(code, Abi.OpenCache(json, out ulong cache));
        Assert.Contains(message, Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(0UL, cache);
    }

    [Theory]
    [InlineData("\"page\": 0", "The option 'page' is 0")]
    [InlineData("\"page\": 3000000000", "The option 'page' is 3000000000")]
    [InlineData("\"seed\": -1", "The option 'seed' is -1")]
    [InlineData("\"checks\": 1", "It must be true or false")]
    public void AValueThatCannotBeIsRefused(string option, string message)
    {
        Assert.Equal(Codes.Argument, Abi.OpenCache($"{{ {Good}, {option} }}", out _));
        Assert.Contains(message, Abi.LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "policy": "lru", "capacity": 1000000000, "model": "marconi-7b", "page": 16, "seed": 18446744073709551615, "checks": false, "tuning": "off", "tunables": {} }""")]
    [InlineData("""{ "policy": "Marconi", "capacity": 1000000000, "model": "marconi-7b", "tunables": {"alpha": 1.5}, "tuning": "synchronous" }""")]
    [InlineData("""{ "policy": "Gdsf", "capacity": 100, "model": "keys" }""")]
    [InlineData("""{ "policy": "Lru", "capacity": 1000000000, "model": {"name": "mine", "layers": [{"kind": "attention", "count": 2, "hidden": 64, "heads": 4, "headDim": 16}]} }""")]
    public void EveryOptionIsUnderstood(string json) => Assert.Equal(0, Abi.CloseCache(Abi.Cache(json)));

    [Fact]
    public unsafe void NoTextAndNoRoomForTheHandleAreRefused()
    {
        delegate* unmanaged<byte*, long, ulong*, int> open = &CacheExports.Open;
        ulong cache;
        Assert.Equal(Codes.Argument, open(null, 5, &cache));
        byte text = (byte)'{';
        Assert.Equal(Codes.Argument, open(&text, -1, &cache));
        Assert.Equal(Codes.Argument, open(&text, 0, &cache));
        Assert.Equal(Codes.Argument, open(&text, 1, null));
    }
}
