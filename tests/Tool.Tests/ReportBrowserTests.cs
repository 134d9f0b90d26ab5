using System.Text.Json;

namespace Squelch.Tool.Tests;

/// <summary>The report in a real browser: it renders, fits, and can be read, on light and dark ground, on a desk and on a phone.</summary>
public sealed class ReportBrowserTests : IDisposable
{
    private const double LeastContrast = 4.5;
    private const double LeastTextPixels = 9;

    /// <summary>
    /// Measures the page with every fold open: how far it is wider than the window, the smallest text, the least contrast of text against the ground
    /// (WCAG 2.1, relative luminance), text that leaves its drawing, labels of one drawing that cover each other, tables that scroll sideways without a hint, and drawings without size.
    /// </summary>
    private const string Probe = """
        (()=>{
          document.querySelectorAll('details').forEach(d=>d.open=true);
          const rgb=c=>{const k=document.createElement('canvas').getContext('2d');k.fillStyle=c;k.fillRect(0,0,1,1);return [...k.getImageData(0,0,1,1).data]};
          const lum=c=>{const [r,g,b]=rgb(c).slice(0,3).map(v=>{v/=255;return v<=.03928?v/12.92:((v+.055)/1.055)**2.4});return .2126*r+.7152*g+.0722*b};
          const contrast=(a,b)=>{const [x,y]=[lum(a),lum(b)].sort((p,q)=>q-p);return (x+.05)/(y+.05)};
          const ground=getComputedStyle(document.body).backgroundColor;
          let small=1e9,poor=1e9,outside=0,covered=0,empty=0,where=[];
          const svgs=[...document.querySelectorAll('svg')];
          for(const svg of svgs){
            const frame=svg.getBoundingClientRect();
            if(frame.width<200||frame.height<80)empty++;
            const boxes=[];
            for(const t of svg.querySelectorAll('text')){
              const b=t.getBoundingClientRect();
              if(!b.width)continue;
              small=Math.min(small,parseFloat(t.getAttribute('font-size'))*frame.width/svg.viewBox.baseVal.width);
              poor=Math.min(poor,contrast(getComputedStyle(t).fill,ground));
              if(b.left<frame.left-1||b.right>frame.right+1||b.top<frame.top-1||b.bottom>frame.bottom+1){outside++;where.push(t.textContent)}
              for(const o of boxes)if(Math.min(b.right,o.right)-Math.max(b.left,o.left)>2&&Math.min(b.bottom,o.bottom)-Math.max(b.top,o.top)>3){covered++;where.push((svg.querySelector('title')?.textContent??'')+': '+t.textContent+' on '+o.text)}
              b.text=t.textContent;
              boxes.push(b);
            }
          }
          let unsigned=0;
          for(const box of document.querySelectorAll('.scroll'))if(box.scrollWidth>box.clientWidth&&getComputedStyle(box.querySelector('.hint')).display==='none'){unsigned++;where.push('no hint: '+box.textContent.slice(0,60))}
          for(const e of document.querySelectorAll('p,td,th,li,summary,caption,h1,h2,h3'))if(e.textContent.trim()){
            const s=getComputedStyle(e);
            small=Math.min(small,parseFloat(s.fontSize));
            const own=s.backgroundColor==='rgba(0, 0, 0, 0)'?ground:s.backgroundColor;
            poor=Math.min(poor,contrast(s.color,own));
          }
          return JSON.stringify({wide:document.documentElement.scrollWidth-innerWidth,small,poor,outside,covered,unsigned,empty,svgs:svgs.length,dark:lum(ground)<.2,where});
        })()
        """;

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [SkippableTheory]
    [InlineData(1280, false, "all", false)]
    [InlineData(1280, true, "all", true)]
    [InlineData(1280, false, "Lru,Marconi,Sieve", true)]
    [InlineData(400, false, "all", true)]
    [InlineData(400, true, "Lru,Marconi,Sieve", false)]
    [InlineData(360, true, "all", false)]
    public async Task ThePageRendersAndCanBeRead(int width, bool dark, string policies, bool keys)
    {
        Browser? browser = Browser.Find();
        Skip.If(browser is null, Browser.Missing);

        AssertReadable(await browser!.EvaluateAsync(await PageAsync(policies, keys), width, dark, Probe, _workplace.Folder), dark);
    }

    /// <summary>The page of a study, whose charts and tables are others.</summary>
    [SkippableTheory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task TheStudysPageCanBeReadToo(int width, bool dark)
    {
        Browser? browser = Browser.Find();
        Skip.If(browser is null, Browser.Missing);

        ToolRun run = await ToolRun.OfAsync("study", _workplace.Trace, "--quick", "--figures", "3b,5,8,10,11,12a,random", "--out", _workplace.PathOf("study"));
        Assert.Equal("", run.Error);
        string page = await File.ReadAllTextAsync(_workplace.PathOf(Path.Combine("study", "study.html")));

        AssertReadable(await browser!.EvaluateAsync(page, width, dark, Probe, _workplace.Folder), dark);
    }

    /// <summary>What the measurements above are worth: a page that breaks each rule is found out.</summary>
    [SkippableFact]
    public async Task APageThatCannotBeReadIsFoundOut()
    {
        Browser? browser = Browser.Find();
        Skip.If(browser is null, Browser.Missing);

        string broken = "<!DOCTYPE html><html><head><style>body{background:#fff}p{color:#aaa;font-size:7px;width:900px}</style></head><body><p>grey</p>"
            + "<div class=\"scroll\" style=\"overflow:auto;width:100px\"><p class=\"hint\" style=\"display:none\"></p><table><tr><td>a_word_that_is_wider_than_its_box</td></tr></table></div>"
            + "<svg viewBox=\"0 0 460 200\" width=\"300\"><text x=\"450\" y=\"20\" font-size=\"12\">leaves it</text><text x=\"455\" y=\"22\" font-size=\"12\">covers it</text></svg></body></html>";
        string measured = await browser!.EvaluateAsync(broken, 360, false, Probe, _workplace.Folder);
        using JsonDocument json = JsonDocument.Parse(measured);
        JsonElement seen = json.RootElement;

        Assert.True(seen.GetProperty("wide").GetDouble() > 0, measured);
        Assert.True(seen.GetProperty("small").GetDouble() < LeastTextPixels, measured);
        Assert.True(seen.GetProperty("poor").GetDouble() < LeastContrast, measured);
        Assert.Equal(2, seen.GetProperty("outside").GetInt32());
        Assert.Equal(1, seen.GetProperty("covered").GetInt32());
        Assert.Equal(1, seen.GetProperty("unsigned").GetInt32());
    }

    private async Task<string> PageAsync(string policies, bool keys)
    {
        string path = _workplace.PathOf("report.html");
        ToolRun run = await ToolRun.OfAsync("replay", keys ? _workplace.Keys : _workplace.Trace, "--policy", policies, "--capacity", keys ? "2KB,10KB,1MB" : "70MB,100MB,1GB", "--report", path);
        Assert.Equal("", run.Error);
        return await File.ReadAllTextAsync(path);
    }

    private static void AssertReadable(string measured, bool dark)
    {
        Assert.StartsWith("{", measured, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(measured);
        JsonElement seen = json.RootElement;
        Assert.True(seen.GetProperty("svgs").GetInt32() > 8, measured);
        Assert.Equal(0, seen.GetProperty("empty").GetInt32());
        Assert.True(seen.GetProperty("wide").GetDouble() <= 0, $"wider than the window: {measured}");
        Assert.True(seen.GetProperty("small").GetDouble() >= LeastTextPixels, $"text too small: {measured}");
        Assert.True(seen.GetProperty("poor").GetDouble() >= LeastContrast, $"too little contrast: {measured}");
        Assert.True(seen.GetProperty("outside").GetInt32() == 0, $"text leaves its drawing: {measured}");
        Assert.True(seen.GetProperty("covered").GetInt32() == 0, $"labels cover each other: {measured}");
        Assert.True(seen.GetProperty("unsigned").GetInt32() == 0, $"a table is cut without a sign: {measured}");
        Assert.Equal(dark, seen.GetProperty("dark").GetBoolean());
    }
}
