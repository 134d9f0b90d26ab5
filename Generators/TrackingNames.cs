namespace Squelch.Generators;

/// <summary>Names of the incremental steps, for tests of what an edit runs again.</summary>
internal static class TrackingNames
{
    public const string Policy = "Squelch.Policy";
}
