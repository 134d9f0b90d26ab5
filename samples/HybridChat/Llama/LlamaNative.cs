using System.Runtime.InteropServices;

namespace HybridChat;

/// <summary>The calls of llama.cpp that the sample needs, with the structs of the version that LLamaSharp.Backend.Cpu 0.30.0 holds.</summary>
internal static unsafe partial class LlamaNative
{
    public const string Library = "llama";

    /// <summary>Of the state calls: the recurrent part alone.</summary>
    public const uint RecurrentOnly = 1;

    [StructLayout(LayoutKind.Sequential)]
    public struct ModelParams
    {
        public nint Devices;
        public nint BufferOverrides;
        public int GpuLayers;
        public int SplitMode;
        public int LoadMode;
        public int MainGpu;
        public nint TensorSplit;
        public nint Progress;
        public nint ProgressData;
        public nint KeyOverrides;
        public byte VocabularyOnly;
        public byte CheckTensors;
        public byte UseExtraBuffers;
        public byte NoHost;
        public byte NoAlloc;
        public byte LoadMtp;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ContextParams
    {
        public uint Context;
        public uint Batch;
        public uint MicroBatch;
        public uint Sequences;
        public uint Snapshots;
        public uint Outputs;
        public int Threads;
        public int BatchThreads;
        public int ContextType;
        public int RopeScaling;
        public int Pooling;
        public int Attention;
        public int FlashAttention;
        public fixed float Rope[6];
        public uint YarnContext;
        public float Defrag;
        public nint OnEval;
        public nint OnEvalData;
        public int KeyType;
        public int ValueType;
        public nint OnAbort;
        public nint OnAbortData;
        public byte Embeddings;
        public byte OffloadKqv;
        public byte NoPerf;
        public byte OpOffload;
        public byte SwaFull;
        public byte KvUnified;
        public nint Samplers;
        public nuint SamplerCount;
        public nint Other;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Batch
    {
        public int Count;
        public int* Tokens;
        public float* Embeddings;
        public int* Positions;
        public int* SequenceCounts;
        public int** Sequences;
        public byte* Logits;
    }

    [LibraryImport(Library, EntryPoint = "llama_backend_init")]
    public static partial void BackendInit();

    [LibraryImport(Library, EntryPoint = "llama_log_set")]
    public static partial void LogSet(delegate* unmanaged[Cdecl]<int, byte*, void*, void> callback, void* data);

    [LibraryImport(Library, EntryPoint = "llama_model_default_params")]
    public static partial ModelParams ModelDefaultParams();

    [LibraryImport(Library, EntryPoint = "llama_context_default_params")]
    public static partial ContextParams ContextDefaultParams();

    [LibraryImport(Library, EntryPoint = "llama_model_load_from_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ModelLoad(string path, ModelParams parameters);

    [LibraryImport(Library, EntryPoint = "llama_model_free")]
    public static partial void ModelFree(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_is_hybrid")]
    [return: MarshalAs(UnmanagedType.I1)]
    public static partial bool ModelIsHybrid(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_get_vocab")]
    public static partial nint ModelVocabulary(nint model);

    [LibraryImport(Library, EntryPoint = "llama_vocab_n_tokens")]
    public static partial int VocabularyTokens(nint vocabulary);

    [LibraryImport(Library, EntryPoint = "llama_init_from_model")]
    public static partial nint ContextInit(nint model, ContextParams parameters);

    [LibraryImport(Library, EntryPoint = "llama_free")]
    public static partial void ContextFree(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_ctx_seq")]
    public static partial uint ContextTokens(nint context);

    [LibraryImport(Library, EntryPoint = "llama_get_memory")]
    public static partial nint Memory(nint context);

    [LibraryImport(Library, EntryPoint = "llama_memory_seq_rm")]
    [return: MarshalAs(UnmanagedType.I1)]
    public static partial bool MemoryRemove(nint memory, int sequence, int from, int to);

    [LibraryImport(Library, EntryPoint = "llama_decode")]
    public static partial int Decode(nint context, Batch batch);

    [LibraryImport(Library, EntryPoint = "llama_get_logits_ith")]
    public static partial float* Logits(nint context, int index);

    [LibraryImport(Library, EntryPoint = "llama_state_seq_get_size_ext")]
    public static partial nuint StateSize(nint context, int sequence, uint flags);

    [LibraryImport(Library, EntryPoint = "llama_state_seq_get_data_ext")]
    public static partial nuint StateSave(nint context, byte* to, nuint size, int sequence, uint flags);

    [LibraryImport(Library, EntryPoint = "llama_state_seq_set_data_ext")]
    public static partial nuint StateRestore(nint context, byte* from, nuint size, int sequence, uint flags);
}
