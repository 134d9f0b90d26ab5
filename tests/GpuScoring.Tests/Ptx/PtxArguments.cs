using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;

namespace Squelch.GpuScoring.Tests.Ptx;

/// <summary>A kernel's arguments as a device gets them: views as an address and a length, all fields at multiples of their size.</summary>
internal sealed class PtxArguments
{
    private readonly List<byte> _bytes = [];
    private readonly List<(ulong Start, ulong Bytes)> _memory = [];

    public PtxArguments(object[] arguments)
    {
        foreach (object argument in arguments)
        {
            Pad(Fields(argument).Max(Size));
            Add(argument);

            // Structs are arrays of bytes to PTX, whose length is a multiple of what their fields are aligned to.
            Pad(Fields(argument).Max(Size));
        }

        Bytes = [.. _bytes];
    }

    public byte[] Bytes { get; }

    /// <summary>What the views show: all that the kernel may touch.</summary>
    public IReadOnlyList<(ulong Start, ulong Bytes)> Memory => _memory;

    private void Add(object value)
    {
        foreach (object field in Fields(value))
        {
            Pad(Size(field));
            _bytes.AddRange(field switch
            {
                int number => BitConverter.GetBytes(number),
                long number => BitConverter.GetBytes(number),
                ulong number => BitConverter.GetBytes(number),
                double number => BitConverter.GetBytes(number),
                float number => BitConverter.GetBytes(number),
                _ => throw new NotSupportedException(field.GetType().Name),
            });
        }
    }

    private void Pad(int size)
    {
        while (_bytes.Count % size != 0)
        {
            _bytes.Add(0);
        }
    }

    private static int Size(object field) => Marshal.SizeOf(field);

    /// <summary>The numbers that a value is made of.</summary>
    private IEnumerable<object> Fields(object value) => value switch
    {
        int or long or ulong or double or float => [value],
        ArrayView<double> view => View(view),
        ArrayView<float> view => View(view),
        ArrayView<long> view => View(view),
        ArrayView<ulong> view => View(view),
        ArrayView<int> view => View(view),
        _ => value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .OrderBy(field => field.MetadataToken)
            .SelectMany(field => Fields(field.GetValue(value)!)),
    };

    private unsafe object[] View<T>(ArrayView<T> view)
        where T : unmanaged
    {
        if (!view.IsValid || view.Length == 0)
        {
            return [0L, 0L];
        }

        ulong start = (ulong)Unsafe.AsPointer(ref view[0]);
        _memory.Add((start, (ulong)view.Length * (ulong)sizeof(T)));
        return [(long)start, view.Length];
    }
}
