using System.Runtime.InteropServices;
using SkiaSharp;

namespace Squelch.Tool;

/// <summary>Draws into a PNG, on light ground.</summary>
internal sealed class PngCanvas : IChartCanvas
{
    private const float PixelsPerUnit = 2;

    private readonly SKCanvas _canvas;
    private readonly SKTypeface _plain;
    private readonly SKTypeface _bold;

    private PngCanvas(SKCanvas canvas)
    {
        _canvas = canvas;
        _plain = Typeface(SKFontStyle.Normal);
        _bold = Typeface(SKFontStyle.Bold);
    }

    /// <summary>Charts, one under the other, as the bytes of a PNG file.</summary>
    /// <exception cref="SquelchException">The machine has no font to write with, or the command comes without a drawing library for it.</exception>
    public static byte[] File(params IReadOnlyList<Chart> charts)
    {
        try
        {
            return Drawn(charts);
        }
        catch (TypeInitializationException exception) when (exception.InnerException is DllNotFoundException)
        {
            throw new ToolException(
                ExitCode.Output,
                $"no PNG files can be drawn on {RuntimeInformation.RuntimeIdentifier}: the drawing library comes for linux-x64, linux-arm64, osx and win-x64 alone; "
                + "pictures as SVG need none",
                exception);
        }
    }

    private static byte[] Drawn(IReadOnlyList<Chart> charts)
    {
        var size = new SKImageInfo((int)(ChartDrawing.Width * PixelsPerUnit), (int)Math.Ceiling(charts.Sum(ChartDrawing.HeightOf) * PixelsPerUnit));
        using SKSurface surface = SKSurface.Create(size);
        surface.Canvas.Clear(SKColor.Parse(Palette.LightPage.Ground));
        surface.Canvas.Scale(PixelsPerUnit);
        foreach (Chart chart in charts)
        {
            ChartDrawing.Draw(chart, new PngCanvas(surface.Canvas));
            surface.Canvas.Translate(0, (float)ChartDrawing.HeightOf(chart));
        }

        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    public void Line(IReadOnlyList<ChartPoint> points, Ink ink, double width, bool dashed = false)
    {
        using SKPaint paint = Paint(ink, SKPaintStyle.Stroke);
        paint.StrokeWidth = (float)width;
        using SKPathEffect? dash = dashed ? SKPathEffect.CreateDash([5, 3], 0) : null;
        paint.PathEffect = dash;
        using SKPath path = Path(points);
        _canvas.DrawPath(path, paint);
    }

    public void Area(IReadOnlyList<ChartPoint> points, Ink ink)
    {
        using SKPaint paint = Paint(ink, SKPaintStyle.Fill);
        using SKPath path = Path(points);
        _canvas.DrawPath(path, paint);
    }

    public void Dot(ChartPoint centre, double radius, Ink ink)
    {
        using SKPaint paint = Paint(ink, SKPaintStyle.Fill);
        _canvas.DrawCircle((float)centre.X, (float)centre.Y, (float)radius, paint);
    }

    public void Text(ChartPoint at, string text, TextAnchor anchor, Ink ink, double size, bool bold = false, bool upwards = false)
    {
        using SKPaint paint = Paint(ink, SKPaintStyle.Fill);
        using var font = new SKFont(bold ? _bold : _plain, (float)size);
        _canvas.Save();
        _canvas.Translate((float)at.X, (float)at.Y);
        if (upwards)
        {
            _canvas.RotateDegrees(-90);
        }

        SKTextAlign align = anchor switch { TextAnchor.Start => SKTextAlign.Left, TextAnchor.Middle => SKTextAlign.Center, _ => SKTextAlign.Right };
        _canvas.DrawText(text, 0, 0, align, font, paint);
        _canvas.Restore();
    }

    private static SKPath Path(IReadOnlyList<ChartPoint> points)
    {
        var path = new SKPath();
        path.AddPoly([.. points.Select(point => new SKPoint((float)point.X, (float)point.Y))], close: false);
        return path;
    }

    private static SKPaint Paint(Ink ink, SKPaintStyle style)
    {
        string colour = ink == Ink.Text ? Palette.LightPage.Text
            : ink == Ink.Muted ? Palette.LightPage.Muted
            : ink == Ink.Grid ? Palette.LightPage.Grid
            : Palette.Light[ink.Number % Palette.Light.Count];
        return new SKPaint { Color = SKColor.Parse(colour), Style = style, IsAntialias = true };
    }

    private static SKTypeface Typeface(SKFontStyle style)
    {
        foreach (string family in (string[])["Inter", "DejaVu Sans", "Liberation Sans", "Noto Sans", "Segoe UI", "Helvetica", "Arial"])
        {
            if (SKFontManager.Default.MatchFamily(family, style) is { } found && found.ContainsGlyph('A'))
            {
                return found;
            }
        }

        SKTypeface any = SKTypeface.Default;
        return any.ContainsGlyph('A')
            ? any
            : throw new ToolException(ExitCode.Output, "this machine has no font to write into PNG files; install one, such as the package fonts-dejavu-core");
    }
}
