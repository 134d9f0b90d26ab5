namespace Squelch.Native;

/// <summary>What calls return where they do not return 0 or a count.</summary>
internal static class Codes
{
    public const int Ok = 0;
    public const int Argument = -1;
    public const int State = -2;
    public const int Unknown = -3;
    public const int TooFew = -4;
    public const int Unsupported = -5;
    public const int Inside = -99;
}
