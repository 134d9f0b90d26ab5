namespace WebCache;

/// <summary>The page with the cache's numbers.</summary>
internal static class Page
{
    public const string Html = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Articles in a cache</title>
        <style>
          body { font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color: #1f2933; background: #fbfbfa }
          dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: 1rem }
          dl div { background: #fff; border: 1px solid #dde2e6; border-radius: .5rem; padding: .75rem 1rem }
          dt { color: #52606d; font-size: .875rem }
          dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums }
          button { font: inherit; padding: .5rem 1rem; border: 0; border-radius: .5rem; background: #0b6e4f; color: #fff; cursor: pointer }
          button:disabled { background: #9aa5b1 }
        </style>
        <h1>Articles in a cache</h1>
        <p>1,000 articles, room for 100. Every tenth takes 60 ms to load, the others 5 ms. The policy keeps what took long and is asked for often:
          <code>hits * cost / max(now - lastAccess, 1)</code>.</p>
        <dl id="numbers"></dl>
        <p><button id="traffic">500 readers</button> <a href="/articles/10">one article</a> · <a href="/metrics">metrics for Prometheus</a></p>
        <script>
          const names = { count: 'articles kept', slow: 'of them slow ones', hits: 'hits', misses: 'misses', hitRate: 'hit rate', evictions: 'evictions', spentMilliseconds: 'ms spent loading' };
          async function show() {
            const numbers = await (await fetch('/numbers')).json();
            document.getElementById('numbers').innerHTML = Object.entries(names).map(([key, name]) =>
              `<div><dt>${name}</dt><dd>${key === 'hitRate' ? (100 * numbers[key]).toFixed(1) + ' %' : numbers[key].toLocaleString()}</dd></div>`).join('');
          }
          document.getElementById('traffic').onclick = async event => {
            event.target.disabled = true;
            await fetch('/traffic', { method: 'POST' });
            event.target.disabled = false;
            show();
          };
          show();
        </script>
        </html>
        """;
}
