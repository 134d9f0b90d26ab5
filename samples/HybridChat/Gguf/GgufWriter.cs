using System.Text;

namespace HybridChat;

/// <summary>Writes a GGUF file, version 3: metadata, the table of the tensors, then their numbers.</summary>
internal sealed class GgufWriter
{
    private const int Alignment = 32;

    private readonly List<(string Key, uint Type, Action<BinaryWriter> Write)> _metadata = [];
    private readonly List<(string Name, int[] Dimensions, TensorType Type, Func<int, float> Number)> _tensors = [];

    private enum TensorType
    {
        Single = 0,
        Half = 1,
    }

    public void Add(string key, string value) => _metadata.Add((key, 8, file => WriteText(file, value)));

    public void Add(string key, int value) => _metadata.Add((key, 4, file => file.Write(value)));

    public void Add(string key, float value) => _metadata.Add((key, 6, file => file.Write(value)));

    public void Add(string key, int[] values) => _metadata.Add((key, 9, file =>
    {
        file.Write(5);
        file.Write((long)values.Length);
        Array.ForEach(values, file.Write);
    }));

    /// <summary>A tensor in fp32, as llama.cpp wants all that is no matrix.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="dimensions">Its dimensions, the fastest first.</param>
    /// <param name="number">The number at a place.</param>
    public void AddSingle(string name, int[] dimensions, Func<int, float> number) => _tensors.Add((name, dimensions, TensorType.Single, number));

    /// <summary>A matrix in fp16.</summary>
    /// <inheritdoc cref="AddSingle"/>
    public void AddHalf(string name, int[] dimensions, Func<int, float> number) => _tensors.Add((name, dimensions, TensorType.Half, number));

    public void Write(string path)
    {
        using var file = new BinaryWriter(File.Create(path));
        file.Write("GGUF"u8);
        file.Write(3);
        file.Write((long)_tensors.Count);
        file.Write((long)_metadata.Count);
        foreach ((string key, uint type, Action<BinaryWriter> write) in _metadata)
        {
            WriteText(file, key);
            file.Write(type);
            write(file);
        }

        long offset = 0;
        foreach ((string name, int[] dimensions, TensorType type, _) in _tensors)
        {
            WriteText(file, name);
            file.Write(dimensions.Length);
            Array.ForEach(dimensions, size => file.Write((long)size));
            file.Write((int)type);
            file.Write(offset);
            long bytes = Count(dimensions) * (type == TensorType.Half ? 2 : 4);
            offset += (bytes + Alignment - 1) / Alignment * Alignment;
        }

        foreach ((_, int[] dimensions, TensorType type, Func<int, float> number) in _tensors)
        {
            Pad(file);
            for (int i = 0; i < Count(dimensions); i++)
            {
                if (type == TensorType.Half)
                {
                    file.Write((Half)number(i));
                }
                else
                {
                    file.Write(number(i));
                }
            }
        }

        Pad(file);
    }

    private static int Count(int[] dimensions) => dimensions.Aggregate(1, (product, size) => product * size);

    private static void WriteText(BinaryWriter file, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        file.Write((long)utf8.Length);
        file.Write(utf8);
    }

    private static void Pad(BinaryWriter file)
    {
        while (file.BaseStream.Position % Alignment != 0)
        {
            file.Write((byte)0);
        }
    }
}
