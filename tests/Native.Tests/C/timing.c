/* What loading, the first call and a request of 700 tokens cost: the numbers of docs/how-to/use-from-c.md. usage: timing LIBRARY */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "squelch_load.h"

static double ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

/* Microseconds per request under Marconi: lookup, plan and commit, most of them with an eviction. */
static double request(const sq_api* api, sq_cache cache)
{
    enum { REQUESTS = 20000, TOKENS = 700 };
    static int32_t ids[TOKENS];
    uint32_t drawn = 1;
    double start = ms();
    for (int32_t i = 0; i < REQUESTS; i++) {
        drawn = drawn * 1664525u + 1013904223u;
        int32_t conversation = (int32_t)(drawn >> 24);
        for (int32_t token = 100; token < TOKENS; token++) ids[token] = conversation * 1000 + token;
        sq_lease lease;
        const sq_planned* nodes;
        sq_result result = {.size = sizeof result};
        int64_t states[8] = {i};
        if (api->f_cache_lookup(cache, ids, 4, 600, 0, 0, NULL, SQ_TICK, &lease) != SQ_OK) return -1;
        int32_t count = api->f_cache_plan(cache, &lease, ids, 4, TOKENS, 0, &nodes);
        if (count < 0 || api->f_cache_commit(cache, &lease, ids, 4, TOKENS, 0, states, count, SQ_TICK, &result) != SQ_OK) return -1;
    }
    return (ms() - start) * 1e3 / REQUESTS;
}

int main(int argc, char** argv)
{
    static const char options[] = "{\"policy\": \"Marconi\", \"model\": \"marconi-7b\", \"capacity\": 5000000000}";
    sq_api api;
    sq_cache cache;
    char error[512];
    double start = ms();
    if (argc != 2 || sq_load_path(&api, argv[1], error, sizeof error) != 0) return 1;
    double loaded = ms();
    if (api.f_cache_open(options, (int64_t)strlen(options), &cache) != SQ_OK) return 1;
    double opened = ms();
    for (int i = 0; i < 1000000; i++) api.f_abi_version();
    double called = ms();
    printf("load, version and sq_register %.2f ms, first open %.2f ms, a call that does nothing %.1f ns, a request of 700 tokens %.2f us\n",
           loaded - start, opened - loaded, called - opened, request(&api, cache));
    return 0;
}
