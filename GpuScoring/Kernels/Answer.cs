namespace Squelch.GpuScoring;

/// <summary>
/// Where things lie in the one block of device memory that a selection reads and writes: a header, the extremes, then the rows chosen, each with the key of
/// its first score. It is copied to the host as a whole, once.
/// </summary>
internal static class Answer
{
    /// <summary>Rows chosen so far.</summary>
    public const int Found = 0;

    /// <summary>0 until the rows chosen hold all victims asked for, then <see cref="Chosen"/>, and where there are bounds one of the two after it.</summary>
    public const int Done = 1;

    /// <summary>The rows are chosen, by their upper bounds where there are bounds.</summary>
    public const ulong Chosen = 1;

    /// <summary>The rows are all whose bounds leave it open whether they are victims.</summary>
    public const ulong Complete = 2;

    /// <summary>There are more of those than there is room for.</summary>
    public const ulong TooMany = 3;

    /// <summary>The guessed threshold left too few rows, or more than there is room for.</summary>
    public const ulong Missed = 4;

    /// <summary>A column is NaN somewhere, so that the blocks' bounds say nothing.</summary>
    public const ulong Spoiled = 5;

    /// <summary>Victims still to be found among the active rows.</summary>
    public const int Wanted = 2;

    /// <summary>Rows that may still be victims.</summary>
    public const int Active = 3;

    /// <summary>Rows that stay active after this round.</summary>
    public const int Next = 4;

    /// <summary>Which of the scores the keys of the active rows stand for; the last one is the creation number.</summary>
    public const int Order = 5;

    /// <summary>Least key of the active rows.</summary>
    public const int Low = 6;

    /// <summary>Greatest key of the active rows.</summary>
    public const int High = 7;

    /// <summary>Least key of the rows that stay active.</summary>
    public const int NextLow = 8;

    /// <summary>Greatest key of the rows that stay active.</summary>
    public const int NextHigh = 9;

    /// <summary>How far keys are shifted to give their bin.</summary>
    public const int Shift = 10;

    /// <summary>The bin in which the last victim lies.</summary>
    public const int Bin = 11;

    /// <summary>1 where the rows of that bin are taken with those below it.</summary>
    public const int Take = 12;

    /// <summary>Rows in the bins below.</summary>
    public const int Below = 13;

    /// <summary>Groups that are done with a step; the last one ends it.</summary>
    public const int Ticket = 14;

    /// <summary>The key of the first score that the active rows share, once further scores or creation numbers tell them apart.</summary>
    public const int Shared = 15;

    /// <summary>Rounds that ended since the keys were computed.</summary>
    public const int Rounds = 16;

    /// <summary>The key of a score that no victim is above.</summary>
    public const int Limit = 17;

    /// <summary>Numbers in the header.</summary>
    public const int Header = 18;

    /// <summary>Where a chosen row lies; its key follows.</summary>
    public static int Place(int terms, int slot) => Header + (2 * terms) + (2 * slot);
}
