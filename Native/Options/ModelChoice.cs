using System.Runtime.InteropServices;
using System.Text.Json;

namespace Squelch.Native;

/// <summary>The model that options name or describe.</summary>
internal static class ModelChoice
{
    private const string Wanted = "the name of a model, the path of a JSON file, or an object as in such a file";

    public static ModelShape Of(OptionFields options)
    {
        JsonElement model = options.Require("model", $"{Wanted}; \"keys\" where single keys are cached");
        return model.ValueKind switch
        {
            JsonValueKind.String => Named(options.RequireText("model", Wanted)),
            JsonValueKind.Object => ModelShape.FromJson(JsonMarshal.GetRawUtf8Value(model).ToArray(), "The option 'model'"),
            _ => throw OptionFields.Wrong("model", model, Wanted),
        };
    }

    private static ModelShape Named(string name)
    {
        if (string.Equals(name, ModelShape.Keys.Name, StringComparison.OrdinalIgnoreCase))
        {
            return ModelShape.Keys;
        }

        try
        {
            return ModelCatalog.Resolve(name);
        }
        catch (SquelchException unknown) when (!File.Exists(name))
        {
            throw Fault.Unknown(unknown.Message);
        }
    }
}
