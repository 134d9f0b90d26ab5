namespace Squelch.Native;

/// <summary>A call that cannot be done, with its code.</summary>
internal sealed class Fault(int code, string message) : Exception(message)
{
    public int Code => code;

    public static Fault Argument(string message) => new(Codes.Argument, message);

    public static Fault State(string message) => new(Codes.State, message);

    public static Fault Unknown(string message) => new(Codes.Unknown, message);
}
