using System.Globalization;
using System.Text.RegularExpressions;

namespace Squelch.GpuScoring.Tests.Ptx;

/// <summary>A kernel's text, read for a <see cref="PtxMachine"/>.</summary>
internal sealed partial class PtxKernel
{
    private readonly Dictionary<string, int> _registers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _parameters = new(StringComparer.Ordinal);
    private readonly List<(int Place, int Bytes)> _sizes = [];
    private readonly Dictionary<string, int> _shared = new(StringComparer.Ordinal);

    private PtxKernel(string text)
    {
        var code = new List<PtxInstruction>();
        var jumps = new List<string?>();
        foreach (string line in text.Split('\n').Select(line => line.Split("//")[0].Trim()))
        {
            if (Parameter().Match(line) is { Success: true } parameter)
            {
                int bytes = parameter.Groups["count"].Success ? int.Parse(parameter.Groups["count"].Value, CultureInfo.InvariantCulture) : Width(parameter.Groups["type"].Value);
                ParameterBytes = Place(_parameters, parameter, Math.Min(bytes, 8), bytes, ParameterBytes);
                _sizes.Add((ParameterBytes - bytes, bytes));
            }
            else if (Variable().Match(line) is { Success: true } variable)
            {
                int align = int.Parse(variable.Groups["align"].Value, CultureInfo.InvariantCulture);
                SharedBytes = Place(_shared, variable, align, int.Parse(variable.Groups["count"].Value, CultureInfo.InvariantCulture), SharedBytes);
            }
            else if (line.EndsWith(':'))
            {
                _labels.Add(line[..^1], code.Count);
            }
            else if (line.EndsWith(';') && !line.StartsWith('.'))
            {
                code.Add(Read(line[..^1], out string? label));
                jumps.Add(label);
            }
            else if (line.Length > 0 && line[0] is not ('.' or '{' or '}' or '(' or ')'))
            {
                throw new FormatException($"This is no line of PTX: {line}");
            }
        }

        for (int index = 0; index < code.Count; index++)
        {
            if (jumps[index] is { } label)
            {
                code[index].Target = _labels[label];
            }
        }

        Code = [.. code];
    }

    public PtxInstruction[] Code { get; }

    /// <summary>Registers of a thread.</summary>
    public int Registers => _registers.Count;

    /// <summary>Bytes of all parameters, each aligned to its size.</summary>
    public int ParameterBytes { get; }

    /// <summary>Where each parameter lies among these bytes.</summary>
    public IReadOnlyList<(int Place, int Bytes)> Parameters => _sizes;

    /// <summary>Bytes of shared memory.</summary>
    public int SharedBytes { get; }

    public static PtxKernel Parse(string text) => new(text);

    /// <summary>The kernels of a module, by name.</summary>
    public static Dictionary<string, PtxKernel> ParseModule(string text)
        => text.Split(".visible .entry ").Skip(1).ToDictionary(kernel => kernel[..kernel.IndexOf('(', StringComparison.Ordinal)].Trim(), kernel => new PtxKernel(kernel[(kernel.IndexOf('(', StringComparison.Ordinal) + 1)..]));

    private static int Width(string type) => int.Parse(type[1..], CultureInfo.InvariantCulture) / 8;

    private static int Place(Dictionary<string, int> places, Match match, int align, int bytes, int end)
    {
        int at = (end + align - 1) / align * align;
        places.Add(match.Groups["name"].Value, at);
        return at + bytes;
    }

    private PtxInstruction Read(string line, out string? label)
    {
        label = null;
        Match match = Instruction().Match(line);
        if (!match.Success)
        {
            throw new FormatException($"This is no instruction: {line}");
        }

        string operation = match.Groups["operation"].Value;
        string[] operands = [.. Operands().Matches(match.Groups["operands"].Value).Select(operand => operand.Value.Trim()).Where(operand => operand.Length > 0)];
        string name = operation.Split('.')[0];
        PtxInstruction read;
        if (name is "bra")
        {
            label = operands[0];
            read = new(line, PtxKind.Branch) { Operation = operation };
        }
        else if (name is "bar" or "membar" or "ret")
        {
            read = new(line, name switch { "bar" => PtxKind.Barrier, "membar" => PtxKind.Fence, _ => PtxKind.Return }) { Operation = operation };
        }
        else
        {
            read = name is "ld" or "st" or "atom" or "red" ? ReadMemory(line, name, operation, operands) : ReadComputation(line, operation, operands);
        }

        return match.Groups["guard"].Success
            ? read with { Guard = Register(match.Groups["guard"].Value), Unless = match.Groups["unless"].Success }
            : read;
    }

    private PtxInstruction ReadComputation(string line, string operation, string[] operands)
        => new(line, PtxKind.Compute)
        {
            Operation = operation,
            Destinations = [Register(operands[0])],
            Sources = [.. operands.Skip(1).Select(Operand)],
            Compute = PtxOperations.All.GetValueOrDefault(operation) ?? throw new FormatException($"'{operation}' is not among the instructions that are known to round as .NET does: {line}"),
        };

    private PtxInstruction ReadMemory(string line, string name, string operation, string[] operands)
    {
        string[] parts = operation.Split('.');
        string address = operands.Single(operand => operand.StartsWith('['))[1..^1];
        string[] sum = address.Split('+');
        int offset = sum.Length > 1 ? int.Parse(sum[1], CultureInfo.InvariantCulture) : 0;
        bool parameter = parts[1] == "param";
        bool loads = name is "ld" or "atom";
        string[] values = [.. operands.Where(operand => !operand.StartsWith('[')).Skip(loads ? 1 : 0)];
        return new(line, parameter ? PtxKind.Parameter : name switch { "ld" => PtxKind.Load, "st" => PtxKind.Store, _ => PtxKind.Atomic })
        {
            Operation = operation,
            Destinations = loads ? Vector(line, parts, operands[0]) : [],
            Sources = [.. values.Select(Operand)],
            Address = parameter ? new(PtxSource.Immediate, (ulong)_parameters[sum[0]]) : Operand(sum[0]),
            Offset = offset,
            Bytes = Width(parts[^1]),
            Shared = parts.Contains("shared"),
            Constant = parts.Contains("nc"),
            Compute = name is "atom" or "red" ? PtxOperations.All[$"{parts.First(part => part is "add" or "min" or "max")}.{parts[^1]}"] : null,
        };
    }

    /// <summary>The registers of a load: as many as the instruction says, of 16 bytes at most.</summary>
    private int[] Vector(string line, string[] parts, string registers)
    {
        int count = parts.Contains("v4") ? 4 : parts.Contains("v2") ? 2 : 1;
        string[] names = registers.Trim('{', '}').Split(',', StringSplitOptions.TrimEntries);
        return registers.StartsWith('{') == (count > 1) && names.Length == count && count * Width(parts[^1]) <= 16 && (!parts.Contains("nc") || parts is ["ld", "global", ..])
            ? [.. names.Select(Register)]
            : throw new FormatException($"This is no load: {line}");
    }

    private int Register(string name)
    {
        if (!_registers.TryGetValue(name, out int register))
        {
            _registers.Add(name, register = _registers.Count);
        }

        return register;
    }

    private PtxOperand Operand(string text) => text switch
    {
        "%tid.x" => new(PtxSource.ThreadId, 0),
        "%ntid.x" => new(PtxSource.ThreadCount, 0),
        "%ctaid.x" => new(PtxSource.GroupId, 0),
        "%nctaid.x" => new(PtxSource.GroupCount, 0),
        "%nctaid.y" or "%nctaid.z" => new(PtxSource.Immediate, 1),
        _ when text.StartsWith('%') => new(PtxSource.Register, (ulong)Register(text)),
        _ when text.StartsWith("0x", StringComparison.Ordinal) || text.StartsWith("0f", StringComparison.Ordinal)
            => new(PtxSource.Immediate, ulong.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        _ when text.StartsWith("0d", StringComparison.OrdinalIgnoreCase) => new(PtxSource.Immediate, ulong.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        _ when _shared.TryGetValue(text, out int place) => new(PtxSource.Immediate, (ulong)place),
        _ when text.StartsWith('-') => new(PtxSource.Immediate, (ulong)long.Parse(text, CultureInfo.InvariantCulture)),
        _ => new(PtxSource.Immediate, ulong.Parse(text, CultureInfo.InvariantCulture)),
    };

    [GeneratedRegex(@"^\.param (\.align \d+ )?\.(?<type>[bf]\d+) (?<name>\w+)(\[(?<count>\d+)\])?,?$")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\{[^}]*\}|[^,{}]+")]
    private static partial Regex Operands();

    [GeneratedRegex(@"^\.shared \.align (?<align>\d+) \.b8 (?<name>\w+)\[(?<count>\d+)\];$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(@(?<unless>!)?(?<guard>%\w+)\s+)?(?<operation>[a-z][\w.]*)\s*(?<operands>.*)$")]
    private static partial Regex Instruction();
}
