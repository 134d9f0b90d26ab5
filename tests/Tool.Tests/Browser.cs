using System.Diagnostics;
using System.Net;

namespace Squelch.Tool.Tests;

/// <summary>A browser without a window, which opens a page as a reader would.</summary>
internal sealed class Browser
{
    /// <summary>Why a page was not looked at.</summary>
    public const string Missing = "there is no browser here: install the package chromium";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _path;

    private Browser(string path) => _path = path;

    /// <summary>The browser of this machine, or null; where CI runs there must be one.</summary>
    public static Browser? Find()
    {
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.False(found is null && Environment.GetEnvironmentVariable("CI") == "true", "CI needs a browser: install the package chromium.");
        return found is null ? null : new(found);
    }

    /// <summary>
    /// Opens a page in a frame of some width and runs a script in it when it is loaded. The script is added to a copy: the page has none.
    /// </summary>
    /// <param name="html">The page.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="dark">The reader prefers dark ground.</param>
    /// <param name="script">An expression whose value is text.</param>
    /// <param name="folder">For the copy.</param>
    /// <returns>The value, or what went wrong.</returns>
    public async Task<string> EvaluateAsync(string html, int width, bool dark, string script, string folder)
    {
        string probe = "<script>let errors=[];addEventListener('error',e=>errors.push(e.message));addEventListener('load',()=>{let out;try{out=" + script
            + "}catch(e){out='error: '+e.stack}parent.postMessage(errors.length?'error: '+errors:out,'*')})</script>";
        string copy = html.Replace("<head>", "<head>" + probe, StringComparison.Ordinal);
        string frame = "<!DOCTYPE html><html><body><pre id=\"out\"></pre><iframe style=\"width:" + width + "px;height:3000px;border:0\" srcdoc=\"" + WebUtility.HtmlEncode(copy)
            + "\"></iframe><script>addEventListener('message',e=>document.getElementById('out').textContent=e.data)</script></body></html>";
        string page = Path.Combine(folder, $"frame-{width}-{dark}.html");
        await File.WriteAllTextAsync(page, frame);
        var start = new ProcessStartInfo(_path) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", $"--blink-settings=preferredColorScheme={(dark ? 0 : 1)}", $"--user-data-dir={Path.Combine(folder, "profile")}", "--dump-dom", new Uri(page).AbsoluteUri])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        string dom = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        int begin = dom.IndexOf("<pre id=\"out\">", StringComparison.Ordinal) + "<pre id=\"out\">".Length;
        int end = dom.IndexOf("</pre>", begin, StringComparison.Ordinal);
        return end > begin ? WebUtility.HtmlDecode(dom[begin..end]) : $"error: the page did not answer. {await errors}";
    }
}
