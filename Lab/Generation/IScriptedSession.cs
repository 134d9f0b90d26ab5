namespace Squelch.Lab;

/// <summary>A session whose requests are known, but not their times.</summary>
public interface IScriptedSession
{
    /// <summary>Its number; sessions begin in this order.</summary>
    int Number { get; }

    /// <summary>True after the last request.</summary>
    bool IsOver { get; }

    /// <summary>The next request.</summary>
    /// <param name="time">When it arrives, in seconds.</param>
    Request Next(double time);
}
