using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Squelch.Tool;

/// <summary>
/// Finished replays, and the limits that they are held against, in a folder, a file each, so that a sweep that was interrupted goes on where it stopped. A file is used again only by the very
/// same replay: the trace's requests, the policy, the engine and the lab as they were built, and all settings are part of its name.
/// </summary>
/// <param name="folder">Made where it is not there.</param>
/// <param name="option">Which named it, for messages.</param>
internal sealed class CellStore(string folder, string option)
{
    private const int NameHashDigits = 16;

    private static readonly JsonSerializerOptions s_json = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly ConditionalWeakTable<Trace, string> _traces = [];

    /// <summary>The result of a finished replay, or null where it has to be run.</summary>
    /// <exception cref="SquelchException">The file is damaged or was edited.</exception>
    public ReplayResult? Find(ReplayPlan plan, ReplayCell cell) => Find<ReplayResult>(PathOf(plan, cell));

    /// <summary>Keeps a result; the file appears whole or not at all.</summary>
    /// <exception cref="SquelchException">The folder cannot be written to.</exception>
    public void Keep(ReplayPlan plan, ReplayCell cell, ReplayResult result) => Keep(PathOf(plan, cell), result);

    /// <summary>Limits that were found before, or null where they have to be looked for.</summary>
    /// <exception cref="SquelchException">The file is damaged or was edited.</exception>
    public OfflineLimits? FindLimits(ReplayPlan plan, Trace trace, long capacity, AdmissionKind kind) => Find<OfflineLimits>(PathOf(plan, trace, capacity, kind));

    /// <summary>Keeps limits; the file appears whole or not at all.</summary>
    /// <exception cref="SquelchException">The folder cannot be written to.</exception>
    public void KeepLimits(ReplayPlan plan, Trace trace, long capacity, AdmissionKind kind, OfflineLimits limits) => Keep(PathOf(plan, trace, capacity, kind), limits);

    private T? Find<T>(string path)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(SealedJson.Open(Path.GetFileName(path), File.ReadAllText(path)), s_json) ?? throw new JsonException("it is empty");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException exception)
        {
            throw new ToolException(ExitCode.Input, $"{option}: '{path}' is damaged ({exception.Message}); delete it, and what it held is found again", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Input, $"{option}: cannot read '{path}': {exception.Message} Delete it, or name another folder", exception);
        }
    }

    private void Keep<T>(string path, T result)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Output, $"{option}: cannot make the folder '{folder}': {exception.Message}", exception);
        }

        using ResultFile file = ResultFile.Create(path);
        file.Write(SealedJson.Of(Path.GetFileName(path), JsonSerializer.Serialize(result, s_json)));
        file.Complete();
    }

    private string PathOf(ReplayPlan plan, ReplayCell cell)
    {
        RegisteredPolicy policy = cell.Policy.Policy;
        return PathOf(cell.Trace, policy.Descriptor.Name, cell.CapacityBytes, $"{policy.Type.Module.ModuleVersionId}\n{policy.Type.FullName}\n{plan.Settings(cell).Identity()}");
    }

    /// <summary>Limits depend on nothing but the trace, the model, the capacity and the kind.</summary>
    private string PathOf(ReplayPlan plan, Trace trace, long capacity, AdmissionKind kind)
        => PathOf(trace, "limits", capacity, $"{kind.Identity}\n{new ReplaySettings { CapacityBytes = capacity, Model = trace.Model ?? plan.Model }.Identity()}");

    private string PathOf(Trace trace, string what, long capacity, string identity)
    {
        string whole = $"{_traces.GetValue(trace, HashOf)}\n{typeof(PrefixCache).Module.ModuleVersionId}\n{typeof(Replay).Module.ModuleVersionId}\n{identity}";
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..NameHashDigits];
        string size = capacity == ReplayPlan.Endless ? "endless" : ByteSize.Format(capacity);
        return Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{trace.Name}-{what}-{size}-{hash}.json"));
    }

    private static string HashOf(Trace trace)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{trace.Name}\n{trace.PageTokens}\n"));
        Span<long> numbers = stackalloc long[8];
        foreach (Request request in trace.Requests)
        {
            numbers[0] = request.Pages.Length;
            numbers[1] = request.InputPages;
            numbers[2] = request.InputTokens;
            numbers[3] = request.OutputTokens;
            numbers[4] = BitConverter.DoubleToInt64Bits(request.Time);
            numbers[5] = request.Session;
            numbers[6] = BitConverter.DoubleToInt64Bits(request.Cost);
            numbers[7] = request.DroppedTokens;
            hash.AppendData(MemoryMarshal.AsBytes(numbers));
            hash.AppendData(MemoryMarshal.AsBytes(request.Pages.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
