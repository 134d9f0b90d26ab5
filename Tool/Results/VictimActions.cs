namespace Squelch.Tool;

/// <summary>What was done to a victim, as files and tables call it.</summary>
internal static class VictimActions
{
    /// <summary>In one word.</summary>
    public static string Name(StateActionKind action) => action switch
    {
        StateActionKind.Free => "leaf",
        StateActionKind.Trim => "tail",
        StateActionKind.Join => "join",
        StateActionKind.FreeCheckpoint => "checkpoint",
        _ => action.ToString(),
    };
}
