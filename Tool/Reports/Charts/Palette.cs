namespace Squelch.Tool;

/// <summary>The colours of charts, on light and on dark ground. Neighbours differ in lightness too, for those who see few colours.</summary>
internal static class Palette
{
    /// <summary>Series on light ground; numbers past the end begin anew.</summary>
    public static IReadOnlyList<string> Light { get; } =
        ["#0b5fa5", "#d1495b", "#1f8a5b", "#8a4fbf", "#c77800", "#127c8a", "#a33b8f", "#5f6b00", "#3d4fd1", "#9a5b3c", "#6c7a89", "#e0559a"];

    /// <summary>Series on dark ground.</summary>
    public static IReadOnlyList<string> Dark { get; } =
        ["#6db3f2", "#ff8a96", "#5fd3a0", "#c79cf5", "#ffb84d", "#58d0de", "#f08fdc", "#c6d04a", "#9aa8ff", "#e0a583", "#b4c1cd", "#ff9fcb"];

    /// <summary>Text, muted text and grid on light ground.</summary>
    public static (string Text, string Muted, string Grid, string Ground) LightPage { get; } = ("#1b1f24", "#57606a", "#d8dee4", "#ffffff");

    /// <summary>Text, muted text and grid on dark ground.</summary>
    public static (string Text, string Muted, string Grid, string Ground) DarkPage { get; } = ("#e8eaed", "#a9b1ba", "#3a424c", "#14181d");

    /// <summary>The style sheet that gives the inks of drawings their colours by class.</summary>
    public static string StyleSheet()
    {
        IEnumerable<string> classes = Enumerable.Range(0, Light.Count).Select(i => $".k{i}{{stroke:var(--c{i})}}.f{i}{{fill:var(--c{i})}}");
        return $":root{{color-scheme:light dark;{Variables(Light, LightPage)}}}"
            + $"@media (prefers-color-scheme:dark){{:root{{{Variables(Dark, DarkPage)}}}}}"
            + $"@media print{{:root{{{Variables(Light, LightPage)}}}}}"
            + ".kt{stroke:var(--text)}.km{stroke:var(--muted)}.kg{stroke:var(--grid)}.ft{fill:var(--text)}.fm{fill:var(--muted)}.fg{fill:var(--grid)}"
            + string.Concat(classes);
    }

    private static string Variables(IReadOnlyList<string> series, (string Text, string Muted, string Grid, string Ground) page)
        => string.Concat(series.Select((colour, i) => $"--c{i}:{colour};")) + $"--text:{page.Text};--muted:{page.Muted};--grid:{page.Grid};--ground:{page.Ground}";
}
