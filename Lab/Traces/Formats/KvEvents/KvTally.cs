namespace Squelch.Lab;

/// <summary>What is counted while a group's events are read, for notes.</summary>
internal sealed class KvTally
{
    /// <summary>Events that stored blocks.</summary>
    public int Stores { get; set; }

    /// <summary>Blocks that they stored.</summary>
    public long Blocks { get; set; }

    /// <summary>Those of them that the engine had removed before.</summary>
    public long Again { get; set; }

    /// <summary>Blocks that were stored behind another block than before.</summary>
    public long Moved { get; set; }

    /// <summary>Requests that go on where another ended shortly before.</summary>
    public int GoOn { get; set; }
}
