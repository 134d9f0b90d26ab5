using Squelch;

namespace HybridChat;

/// <summary>A model's weights in native memory.</summary>
public sealed class LlamaModel : IDisposable
{
    private nint _model;

    /// <summary>Loads a hybrid from a GGUF file.</summary>
    /// <exception cref="SquelchException">llama.cpp does not load, or refuses the file, or the model is no hybrid.</exception>
    public LlamaModel(string path)
    {
        // What can be said better than "refused" is said first.
        Shape = ModelShape.FromGguf(path);
        LlamaLibrary.Require();
        _model = LlamaNative.ModelLoad(path, LlamaNative.ModelDefaultParams());
        if (_model == 0)
        {
            throw new SquelchException($"{path}: llama.cpp refuses the model, though its metadata can be read. It may be too large for the memory, or lack a tensor: try it with llama.cpp's own programs.");
        }

        if (!LlamaNative.ModelIsHybrid(_model))
        {
            Dispose();
            throw new SquelchException($"{path}: llama.cpp says that the model is no hybrid. Give one with attention and recurrent layers.");
        }

        Vocabulary = LlamaNative.VocabularyTokens(LlamaNative.ModelVocabulary(_model));
    }

    /// <summary>Bytes and FLOPs, from the file's metadata.</summary>
    public ModelShape Shape { get; }

    /// <summary>Token ids lie below it.</summary>
    public int Vocabulary { get; }

    internal nint Handle => _model;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_model != 0)
        {
            LlamaNative.ModelFree(_model);
            _model = 0;
        }
    }
}
