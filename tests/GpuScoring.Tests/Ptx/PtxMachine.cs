namespace Squelch.GpuScoring.Tests.Ptx;

/// <summary>
/// Runs a kernel as a hostile but correct GPU could: its threads take turns by chance, and every product that may be contracted with a sum is. What a GPU would
/// not survive is an error here: memory outside of what the kernel was given, an address that is not aligned, a barrier that not all threads reach.
/// </summary>
/// <param name="seed">Of the order of the threads.</param>
internal sealed unsafe class PtxMachine(int seed)
{
    /// <summary>A device's address of the host's memory is another one than the host's: it has this bit, which is not part of the place.</summary>
    public const ulong OfHost = 1UL << 60;

    /// <summary>Of one thread's turn, in instructions.</summary>
    private const int LongestTurn = 200;

    /// <summary>More than any of our kernels takes in a test.</summary>
    private const long MostInstructions = 2_000_000_000;

    private readonly Random _random = new(seed);
    private readonly HashSet<int> _constant = [];
    private readonly HashSet<int> _written = [];
    private PtxKernel _kernel = null!;
    private byte[] _parameters = [];
    private IReadOnlyList<(ulong Start, ulong Bytes)> _memory = [];
    private ulong _groups;
    private ulong _threads;

    /// <summary>Instructions run so far.</summary>
    public long Instructions { get; private set; }

    /// <summary>Loads of the device's own memory so far.</summary>
    public long Loads { get; private set; }

    /// <summary>Bytes read of the device's own memory so far.</summary>
    public long BytesRead { get; private set; }

    public void Launch(PtxKernel kernel, int groups, int threads, params object[] arguments)
    {
        var own = new PtxArguments(arguments);
        Launch(kernel, groups, threads, own.Bytes, own.Memory);
    }

    /// <param name="kernel">What runs.</param>
    /// <param name="groups">Groups.</param>
    /// <param name="threads">Threads of each.</param>
    /// <param name="parameters">The bytes of the kernel's parameters.</param>
    /// <param name="memory">All that the kernel may touch.</param>
    public void Launch(PtxKernel kernel, int groups, int threads, byte[] parameters, IReadOnlyList<(ulong Start, ulong Bytes)> memory)
    {
        _kernel = kernel;
        _parameters = parameters;
        _memory = memory;
        _constant.Clear();
        _written.Clear();
        _groups = (ulong)groups;
        _threads = (ulong)threads;
        if (parameters.Length != kernel.ParameterBytes)
        {
            throw new InvalidOperationException($"The kernel has {kernel.ParameterBytes} bytes of parameters, not {parameters.Length}.");
        }

        Group[] all = [.. Enumerable.Range(0, groups).Select(group => new Group(group, threads, kernel))];
        List<Group> running = [.. all];
        while (running.Count > 0)
        {
            int turn = _random.Next(running.Count);
            Group group = running[turn];
            Thread thread = group.Threads[_random.Next(threads)];
            if (!thread.Waits && !thread.Done)
            {
                Run(group, thread, _random.Next(1, LongestTurn));
            }

            if (group.Threads.All(thread => thread.Waits || thread.Done))
            {
                Release(group);
                if (group.Threads[0].Done)
                {
                    running.RemoveAt(turn);
                }
            }
        }
    }

    private static void Release(Group group)
    {
        bool done = group.Threads[0].Done;
        int place = group.Threads[0].Next;
        foreach (Thread thread in group.Threads)
        {
            if (thread.Done != done || (!done && thread.Next != place))
            {
                throw new InvalidOperationException("Not all threads of a group come to the same barrier.");
            }

            thread.Waits = false;
        }
    }

    private void Run(Group group, Thread thread, int instructions)
    {
        for (int count = 0; count < instructions && !thread.Done && !thread.Waits; count++)
        {
            if (++Instructions > MostInstructions)
            {
                throw new InvalidOperationException("The kernel does not end.");
            }

            PtxInstruction instruction = _kernel.Code[thread.Next++];
            if (instruction.Guard < 0 || (thread.Registers[instruction.Guard] != 0) != instruction.Unless)
            {
                Run(group, thread, instruction);
            }
        }
    }

    private void Run(Group group, Thread thread, PtxInstruction instruction)
    {
        switch (instruction.Kind)
        {
            case PtxKind.Compute:
                Compute(group, thread, instruction);
                break;
            case PtxKind.Parameter:
                thread.Write(instruction.Destinations[0], Parameter((int)instruction.Address.Value + instruction.Offset, instruction.Bytes));
                break;
            case PtxKind.Branch:
                thread.Next = instruction.Target;
                break;
            case PtxKind.Barrier:
                thread.Waits = true;
                break;
            case PtxKind.Return:
                thread.Done = true;
                break;
            case PtxKind.Fence:
                break;
            default:
                fixed (byte* shared = group.Shared)
                {
                    Access(group, thread, instruction, Place(group, thread, instruction, shared));
                }

                break;
        }
    }

    private void Access(Group group, Thread thread, PtxInstruction instruction, byte* place)
    {
        ulong before = Load(place, instruction.Bytes);
        if (instruction.Kind == PtxKind.Load && !instruction.Shared)
        {
            Loads++;
            BytesRead += Length(instruction);
        }

        if (instruction.Kind != PtxKind.Load)
        {
            ulong value = Read(group, thread, instruction.Sources[0]);
            Store(place, instruction.Bytes, instruction.Compute is { } combine ? combine(before, value, 0) : value);
        }

        for (int index = 0; index < instruction.Destinations.Length; index++)
        {
            thread.Write(instruction.Destinations[index], index == 0 ? before : Load(place + (index * instruction.Bytes), instruction.Bytes));
        }
    }

    private void Compute(Group group, Thread thread, PtxInstruction instruction)
    {
        PtxOperand[] sources = instruction.Sources;
        ulong first = Read(group, thread, sources[0]);
        ulong second = sources.Length > 1 ? Read(group, thread, sources[1]) : 0;
        ulong third = sources.Length > 2 ? Read(group, thread, sources[2]) : 0;
        ulong result = instruction.Compute!(first, second, third);
        (double, double)? product = instruction.Operation switch
        {
            // Only an unmarked product may be contracted; where it is moved or its sign turned, it still may.
            "mul.f64" => (BitConverter.UInt64BitsToDouble(first), BitConverter.UInt64BitsToDouble(second)),
            "mov.f64" => thread.Product(sources[0]),
            "neg.f64" when thread.Product(sources[0]) is { } negated => (-negated.Left, negated.Right),
            _ => null,
        };
        if (instruction.Operation is "add.f64" or "sub.f64")
        {
            result = Contracted(thread, instruction, first, second) ?? result;
        }

        thread.Write(instruction.Destinations[0], result, product);
    }

    /// <summary>The sum with its product rounded once, as the assembler is free to write it.</summary>
    private static ulong? Contracted(Thread thread, PtxInstruction instruction, ulong first, ulong second)
    {
        double sign = instruction.Operation == "sub.f64" ? -1 : 1;
        double? sum = thread.Product(instruction.Sources[0]) is { } left
            ? Math.FusedMultiplyAdd(left.Left, left.Right, sign * BitConverter.UInt64BitsToDouble(second))
            : thread.Product(instruction.Sources[1]) is { } right
            ? Math.FusedMultiplyAdd(sign * right.Left, right.Right, BitConverter.UInt64BitsToDouble(first))
            : null;
        return sum is { } value ? BitConverter.DoubleToUInt64Bits(value) : null;
    }

    private byte* Place(Group group, Thread thread, PtxInstruction instruction, byte* shared)
    {
        ulong address = Read(group, thread, instruction.Address) + (ulong)instruction.Offset;
        ulong bytes = (ulong)Length(instruction);
        int view = instruction.Shared ? -1 : View(address, bytes);
        bool within = instruction.Shared ? address + bytes <= (ulong)group.Shared.Length : view >= 0;
        return !within ? throw new InvalidOperationException($"{instruction.Text} is outside of the kernel's memory.")
            : address % bytes != 0 ? throw new InvalidOperationException($"{instruction.Text} is not aligned.")
            : !instruction.Shared && !IsAllowed(instruction, view) ? throw new InvalidOperationException($"{instruction.Text} is of memory that is read as constant, and written by the same kernel.")
            : instruction.Shared ? shared + address : (byte*)(address & ~OfHost);
    }

    private static int Length(PtxInstruction instruction) => instruction.Bytes * Math.Max(1, instruction.Destinations.Length);

    private int View(ulong address, ulong bytes)
    {
        for (int view = 0; view < _memory.Count; view++)
        {
            if (address >= _memory[view].Start && address + bytes <= _memory[view].Start + _memory[view].Bytes)
            {
                return view;
            }
        }

        return -1;
    }

    /// <summary>What is read by way of the cache for constants must not be written by the same launch: nobody says which of both is read.</summary>
    private bool IsAllowed(PtxInstruction instruction, int view)
    {
        if (instruction.Constant || instruction.Kind != PtxKind.Load)
        {
            _ = (instruction.Constant ? _constant : _written).Add(view);
        }

        return !(_constant.Contains(view) && _written.Contains(view));
    }

    private ulong Read(Group group, Thread thread, PtxOperand operand) => operand.Source switch
    {
        PtxSource.Register => thread.Registers[operand.Value],
        PtxSource.ThreadId => thread.Id,
        PtxSource.ThreadCount => _threads,
        PtxSource.GroupId => group.Id,
        PtxSource.GroupCount => _groups,
        _ => operand.Value,
    };

    private ulong Parameter(int place, int bytes)
    {
        ReadOnlySpan<byte> value = _parameters.AsSpan(place, bytes);
        return bytes == 8 ? BitConverter.ToUInt64(value) : BitConverter.ToUInt32(value);
    }

    private static ulong Load(byte* place, int bytes) => bytes == 8 ? *(ulong*)place : bytes == 4 ? *(uint*)place : throw new NotSupportedException($"{bytes} bytes");

    private static void Store(byte* place, int bytes, ulong value)
    {
        if (bytes == 8)
        {
            *(ulong*)place = value;
        }
        else
        {
            *(uint*)place = (uint)value;
        }
    }

    private sealed class Group(int id, int threads, PtxKernel kernel)
    {
        public ulong Id { get; } = (ulong)id;

        // What a group finds there is chance: no zeros that a kernel could count on.
        public byte[] Shared { get; } = Noise(kernel.SharedBytes, id);

        public Thread[] Threads { get; } = [.. Enumerable.Range(0, threads).Select(thread => new Thread(thread, kernel.Registers))];

        private static byte[] Noise(int bytes, int seed)
        {
            var noise = new byte[bytes];
            new Random(seed).NextBytes(noise);
            return noise;
        }
    }

    private sealed class Thread(int id, int registers)
    {
        private readonly (double Left, double Right)?[] _products = new (double, double)?[registers];

        public ulong Id { get; } = (ulong)id;

        public ulong[] Registers { get; } = new ulong[registers];

        public int Next { get; set; }

        public bool Waits { get; set; }

        public bool Done { get; set; }

        public (double Left, double Right)? Product(PtxOperand operand) => operand.Source == PtxSource.Register ? _products[operand.Value] : null;

        public void Write(int register, ulong value, (double Left, double Right)? product = null)
        {
            Registers[register] = value;
            _products[register] = product;
        }
    }
}
