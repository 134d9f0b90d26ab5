using System.Globalization;
using System.Text.Json;

namespace Squelch.Tests.Golden;

/// <summary>The stored results are what the executable specification gives today.</summary>
public class SpecificationTests
{
    [Theory]
    [InlineData("v1", "tiny")]
    [InlineData("v1", "7b")]
    [InlineData("v2", "tinykv")]
    [InlineData("v3", "tinykv")]
    [InlineData("v3", "7b")]
    [InlineData("vllm", "tiny")]
    public void AStoredResultIsMadeAgain(string policy, string model)
    {
        GoldenCase stored = GoldenCase.Of("fuzz-small_sps=1_nums=30").First(golden => golden.Policy == policy && golden.Model == model && golden.Alpha is null or 0.5);
        string file = Path.Combine(Directory.CreateTempSubdirectory("squelch-specification-").FullName, "made.json");
        SeededTraces.Python(
            "run_spec.py",
            [
                SeededTraces.Golden(stored.Trace), "--policy", policy, "--model", model, "--out", file, "--bootstrap", Text(stored.Bootstrap),
                "--capacity", Text(stored.Capacity), "--alpha", Text(stored.Alpha ?? 0),
            ]);

        using JsonDocument made = JsonDocument.Parse(File.ReadAllText(file));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Assert.Equal(stored["num_evictions"].GetInt32(), made.RootElement.GetProperty("evictions").GetArrayLength());
        foreach (JsonProperty property in made.RootElement.EnumerateObject())
        {
            // Only the first evictions are stored; their checksum is over all.
            string text = property.Name == "evictions" ? First(property.Value, stored[property.Name].GetArrayLength()) : property.Value.GetRawText();
            Assert.True(stored[property.Name].GetRawText() == text, $"{stored}: {property.Name} is stored as {stored[property.Name].GetRawText()}, the specification gives {text}");
        }
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string First(JsonElement rows, int count) => $"[{string.Join(',', rows.EnumerateArray().Take(count).Select(row => row.GetRawText()))}]";
}
