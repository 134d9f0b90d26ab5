using System.Text.Json;

namespace Squelch.Architecture.Tests;

/// <summary>What comes with the projects that an engine ships.</summary>
public sealed class PackageTests
{
    /// <summary>No zstd, no ILGPU, no console or tokenizer library: no package at all.</summary>
    [Theory]
    [InlineData("Framework/obj/project.assets.json")]
    [InlineData("Policies/obj/project.assets.json")]
    [InlineData("Native/obj/project.assets.json")]
    public void AnEngineThatShipsPoliciesShipsNoOtherLibrary(string assets)
    {
        using JsonDocument restored = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Repository, assets)));
        Faults.None(
            from target in restored.RootElement.GetProperty("targets").EnumerateObject()
            from library in target.Value.EnumerateObject()
            where library.Value.GetProperty("type").GetString() == "package"
            where library.Value.TryGetProperty("runtime", out JsonElement runtime) && runtime.EnumerateObject().Any()
            select $"{assets}: {library.Name}");
    }
}
