namespace Squelch.Native;

/// <summary>Turns what is thrown into a code, and keeps its message for the thread.</summary>
internal static class LastError
{
    [ThreadStatic]
    private static string? t_message;

    public static string Message => t_message ?? "";

    /// <summary>The code of an exception.</summary>
    public static int Of(Exception exception)
    {
        int code = exception switch
        {
            Fault fault => fault.Code,
            SquelchException or ArgumentException => Codes.Argument,
            ObjectDisposedException or InvalidOperationException => Codes.State,
            NotSupportedException => Codes.Unsupported,
            _ => Codes.Inside,
        };
        t_message = code == Codes.Inside
            ? $"A fault inside the library, {exception.GetType().Name}: {exception.Message} Please report it with the calls that led to it."
            : Plain(exception);
        return code;
    }

    /// <summary>The message without .NET's names of parameters, which a C program does not have.</summary>
    private static string Plain(Exception exception)
    {
        string message = exception.Message;
        if (exception is ArgumentException { ParamName: not null })
        {
            // Published ahead of time, .NET's own texts are left out, and the name of the text stands in its place.
            int parameter = Math.Max(message.LastIndexOf(" (Parameter '", StringComparison.Ordinal), message.LastIndexOf(" Arg_ParamName_Name", StringComparison.Ordinal));
            return parameter < 0 ? message : message[..parameter];
        }

        return message;
    }
}
