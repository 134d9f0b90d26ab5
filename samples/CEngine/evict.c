/* A prefix cache under a formula, from C: keeps the states of requests, and frees those of the victims. */
#include <stdio.h>
#include <string.h>

#include "squelch.h"

static int failed(const char* call)
{
    char why[512];
    sq_last_error(why, sizeof why);
    return fprintf(stderr, "%s: %s\n", call, why), 1;
}

int main(void)
{
    const char* options = "{\"policy\": \"Gdsf\", \"model\": \"transformer-7b\", \"capacity\": 700000000}";
    sq_cache cache;
    if (sq_register() < 0 || sq_cache_open(options, (int64_t)strlen(options), &cache) < 0) return failed("open");
    for (int32_t request = 0; request < 6; request++) {
        int32_t tokens[400];                                             /* a system prompt of 100, then its own */
        for (int32_t i = 0; i < 400; i++) tokens[i] = i < 100 ? i : request % 4 * 1000 + i;
        sq_lease lease;
        const sq_planned* nodes;
        sq_result result = {.size = sizeof result};
        if (sq_cache_lookup(cache, tokens, 4, 300, 0, 0, NULL, SQ_TICK, &lease) < 0) return failed("lookup");
        int32_t count = sq_cache_plan(cache, &lease, tokens, 4, 400, 0, &nodes);
        if (count < 0) return failed("plan");
        int64_t states[8];                                               /* the engine's own numbers of states */
        for (int32_t i = 0; i < count; i++) states[i] = 10 * (request + 1) + i;
        if (sq_cache_commit(cache, &lease, tokens, 4, 400, 0, states, count, SQ_TICK, &result) < 0) return failed("commit");
        printf("request %d reused %d of 300 tokens\n", request, lease.hit_tokens);
        for (int32_t i = 0; i < result.count; i++)
            if (result.actions[i].kind == SQ_ACTION_FREE) printf("  free state %lld\n", (long long)result.actions[i].handle);
    }
    return sq_cache_close(cache) < 0 ? failed("close") : 0;
}
