using System.Text.Json;

namespace Squelch.Native.Tests;

/// <summary>Policies are known by name, without reflection.</summary>
public class PolicyTests
{
    [Fact]
    public void AllBuiltInPoliciesAreKnown()
    {
        string[] there =
        [
            .. from type in typeof(Policies.Lru).Assembly.GetExportedTypes()
               where type.IsValueType && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEvictionPolicy<>))
               orderby type.Name
               select type.Name,
        ];
        Assert.Equal(there, BuiltInPolicies.All.Select(policy => policy.Descriptor.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void OwnPoliciesAreKnownOnceTheyAreRegistered()
    {
        Assert.Equal(1, Abi.Register());
        Assert.Equal(1, Abi.Register());
        Assert.Equal(0, Abi.CloseCache(Abi.Cache("""{ "policy": "smallest", "capacity": 1000000000, "model": "marconi-7b", "tunables": {"weight": 2} }""")));
    }

    [Fact]
    public void APolicyOfATakenNameIsRefused()
    {
        Assert.Equal(Codes.Argument, NativePolicy.Register(NativePolicy.Of<Lru>()));
        Assert.Contains("Two policies are called 'Lru'", Abi.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePoliciesAreListedAsJson()
    {
        using JsonDocument policies = JsonDocument.Parse(Abi.Policies());
        JsonElement marconi = policies.RootElement.EnumerateArray().Single(policy => policy.GetProperty("name").GetString() == "Marconi");
        Assert.Equal(["name", "summary", "formula", "features", "plan", "needsFuture", "tunables"], marconi.EnumerateObject().Select(field => field.Name));
        Assert.Equal("Alpha", marconi.GetProperty("tunables")[0].GetProperty("name").GetString());
        Assert.Equal(["name", "min", "max", "step", "default"], marconi.GetProperty("tunables")[0].EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public unsafe void ATextThatDoesNotFitIsNotWritten()
    {
        delegate* unmanaged<byte*, long, long> policies = &PolicyExports.Policies;
        byte first = 42;
        Assert.True(policies(&first, 1) > 1000);
        Assert.Equal(42, first);
        Assert.Equal(Codes.Argument, policies(&first, -1));
        Assert.Equal(Codes.Argument, policies(null, 10));
    }

    /// <summary>Of the same name as a built-in one.</summary>
    private readonly struct Lru : IEvictionPolicy<Lru>
    {
        public static PolicyDescriptor Descriptor => Policies.Lru.Descriptor;

        public static Lru FromTunables(ReadOnlySpan<double> values) => default;

        public IVictimSelector CreateSelector(NodeTable nodes, ulong seed) => throw new NotSupportedException();

        public void CopyTunables(Span<double> values)
        {
        }
    }
}
