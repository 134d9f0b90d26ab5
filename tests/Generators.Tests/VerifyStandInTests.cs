#if !USE_VERIFY
using VerifyXunit;

namespace Squelch.Generators.Tests;

public class VerifyStandInTests
{
    [Fact]
    public async Task AMissingADifferentAndAStaleFileFail()
    {
        string folder = Directory.CreateTempSubdirectory("verify-").FullName;
        string source = Path.Combine(folder, "Some.cs");
        string verified = Path.Combine(folder, "Some.Case.verified.txt");
        Assert.Contains("New:", await Failure("one"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "Some.Case.received.txt")));

        File.Move(Path.Combine(folder, "Some.Case.received.txt"), verified);
        await Verifier.Verify("one", "txt", source, "Case");
        Assert.Contains("- one", await Failure("two"), StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(folder, "Some.Case#Gone.verified.txt"), "old");
        Assert.Contains("Delete:", await Failure("one"), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);

        async Task<string> Failure(string text) => (await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(async () => await Verifier.Verify(text, "txt", source, "Case"))).Message;
    }
}
#endif
