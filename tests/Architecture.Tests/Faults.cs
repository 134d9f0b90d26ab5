namespace Squelch.Architecture.Tests;

internal static class Faults
{
    /// <summary>Fails with all of them, a line each.</summary>
    public static void None(IEnumerable<string> faults)
    {
        string[] all = [.. faults];
        Assert.True(all.Length == 0, string.Join(Environment.NewLine, all));
    }
}
