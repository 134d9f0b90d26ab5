using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Squelch.Native;

/// <summary>The known policies, for programs that let people choose.</summary>
internal static unsafe class PolicyExports
{
    [UnmanagedCallersOnly(EntryPoint = "sq_policies")]
    public static long Policies(byte* buffer, long capacity)
    {
        try
        {
            var text = new ArrayBufferWriter<byte>(1 << 14);
            using (var json = new Utf8JsonWriter(text))
            {
                json.WriteStartArray();
                foreach (NativePolicy policy in PolicyNames.Known)
                {
                    Write(json, policy.Descriptor);
                }

                json.WriteEndArray();
            }

            return Utf8Text.WriteWhole(text.WrittenSpan, buffer, capacity);
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
    }

    private static void Write(Utf8JsonWriter json, PolicyDescriptor policy)
    {
        json.WriteStartObject();
        json.WriteString("name", policy.Name);
        json.WriteString("summary", policy.Summary);
        WriteTexts(json, "formula", policy.Formula);
        WriteTexts(json, "features", policy.Features.Select(feature => feature.Name));
        json.WriteString("plan", policy.Plan.Kind.ToString());
        json.WriteBoolean("needsFuture", policy.NeedsFuture);
        json.WriteStartArray("tunables");
        foreach (TunableDescriptor tunable in policy.Tunables)
        {
            json.WriteStartObject();
            json.WriteString("name", tunable.Name);
            json.WriteNumber("min", tunable.Minimum);
            json.WriteNumber("max", tunable.Maximum);
            json.WriteNumber("step", tunable.Step);
            json.WriteNumber("default", tunable.Default);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
