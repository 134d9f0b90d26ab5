using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Squelch.Tool;

/// <summary>Bytes or requests per second.</summary>
internal sealed class RateColumn : ProgressColumn
{
    /// <summary>Under this key a task keeps its <see cref="ProgressUnit"/>.</summary>
    public const string UnitKey = "unit";

    /// <inheritdoc/>
    protected override bool NoWrap => true;

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        string text = task.Speed is not { } speed ? "" : task.State.Get<ProgressUnit>(UnitKey) switch
        {
            ProgressUnit.Bytes => string.Create(CultureInfo.InvariantCulture, $"{speed / 1e6:0.0} MB/s"),
            ProgressUnit.Requests => string.Create(CultureInfo.InvariantCulture, $"{speed:N0} req/s"),
            _ => "",
        };
        return new Text(text, new Style(foreground: Color.Grey)).RightJustified();
    }
}
