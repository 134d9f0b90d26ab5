using System.Globalization;

namespace Squelch.Tool;

/// <summary>One <c>--set Policy.Tunable=value</c>.</summary>
/// <param name="Policy">The policy's name as written.</param>
/// <param name="Tunable">The tunable's name as written.</param>
/// <param name="Value">Its value.</param>
internal sealed record TunableSetting(string Policy, string Tunable, double Value)
{
    /// <summary>The setting that the text means.</summary>
    /// <exception cref="UsageException">The text has another form.</exception>
    public static TunableSetting Parse(string text)
    {
        int equals = text.IndexOf('=');
        int dot = text.IndexOf('.');
        if (dot <= 0 || equals <= dot + 1)
        {
            throw new UsageException($"--set '{text}' is not of the form Policy.Tunable=value, as in --set Marconi.Alpha=0.5");
        }

        string number = text[(equals + 1)..].Trim();
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            throw new UsageException($"--set '{text}': '{number}' is not a number; write it as in --set Marconi.Alpha=0.5");
        }

        return new(text[..dot].Trim(), text[(dot + 1)..equals].Trim(), value);
    }
}
