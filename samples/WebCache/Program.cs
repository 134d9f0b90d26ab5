using Microsoft.Extensions.Caching.Hybrid;
using OpenTelemetry.Metrics;
using Squelch.Caching;
using WebCache;

// A web application over a slow source. HybridCache keeps articles in memory under a formula that knows how long each took to load.
//   dotnet run -c Release --project samples/WebCache      then open http://localhost:5000
WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<SlowSource>();
builder.Services.AddHybridCache();
builder.Services.AddSquelchMemoryCache<LoadTime>(options =>
{
    options.Capacity = 100;
    options.Clock = CacheClock.Seconds;
});
builder.Services.AddOptions<PolicyMemoryCacheOptions>().Configure<SlowSource>((options, source) => options.CostOf = (key, _) => source.CostOf((string)key));
builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("Squelch.Caching").AddPrometheusExporter());

WebApplication app = builder.Build();
app.MapGet("/", () => Results.Content(Page.Html, "text/html; charset=utf-8"));
app.MapGet("/articles/{article:int}", async (int article, HybridCache cache, SlowSource source, CancellationToken token) => await Read(article, cache, source, token));

// Readers of 1,000 articles, some of which are asked for far more often than others.
app.MapPost("/traffic", async (HybridCache cache, SlowSource source, CancellationToken token) =>
    await Parallel.ForAsync(0, 500, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = token }, async (_, stop) =>
        await Read((int)(1000 * Math.Pow(Random.Shared.NextDouble(), 3)), cache, source, stop)));
app.MapGet("/numbers", (PolicyMemoryCache<LoadTime> cache, SlowSource source) => new
{
    cache.Count,
    cache.Metrics.Hits,
    cache.Metrics.Misses,
    cache.Metrics.HitRate,
    cache.Metrics.Evictions,
    source.SpentMilliseconds,
    Slow = cache.Keys.Count(key => source.CostOf((string)key) > 30),
});
app.MapPrometheusScrapingEndpoint("/metrics");
app.Run();

static ValueTask<string> Read(int article, HybridCache cache, SlowSource source, CancellationToken token)
    => cache.GetOrCreateAsync(SlowSource.KeyOf(article), stop => source.ReadAsync(article, stop), cancellationToken: token);
