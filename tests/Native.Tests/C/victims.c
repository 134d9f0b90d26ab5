/* Plays the same log under many policies, through a cache and a pool, and prints one hash of all that was chosen.
   usage: victims LIBRARY [FORKS]
   With FORKS: then forks so often, after use and collections; each child plays it again, and must come to the same hash. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "squelch_load.h"

static sq_api api;

static const char* const policies[] = {"Lru", "Lfu", "Gdsf", "Marconi", "Hyperbolic", "Lrfu", "LruK", "SegLen", "KvCacheInTheWild", "ExpectedSaving",
                                       "Pgdsf", "RandomCompute", "RandomLeaf", "Ttl", "S3Fifo", "Sieve", "Arc", "WTinyLfu", "Lhd", "TailOptimizedLru"};

static uint64_t drawn = 1;

static uint32_t draw(uint32_t below)
{
    drawn = drawn * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((drawn >> 33) % below);
}

static void mix(uint64_t* hash, int64_t value)
{
    *hash = (*hash ^ (uint64_t)value) * 1099511628211u;
}

static int64_t must(int64_t code, const char* call)
{
    if (code < 0) {
        char why[512];
        api.f_last_error(why, sizeof why);
        fprintf(stderr, "%s: %lld %s\n", call, (long long)code, why);
        exit(1);
    }
    return code;
}

static void play_cache(const char* policy, uint64_t* hash)
{
    char options[200];
    snprintf(options, sizeof options, "{\"policy\": \"%s\", \"model\": \"tinykv\", \"capacity\": 300000, \"seed\": 5}", policy);
    sq_cache cache;
    must(api.f_cache_open(options, (int64_t)strlen(options), &cache), "open");
    for (int32_t request = 0; request < 1500; request++) {
        int32_t ids[400];
        int32_t conversation = (int32_t)(draw(40) * draw(40) / 20), count = 20 + (int32_t)draw(300);
        for (int32_t i = 0; i < count; i++) ids[i] = i < 16 ? i : conversation * 1000 + i;
        sq_hints hints = {.size = sizeof hints, .given = SQ_HINT_PRIORITY | SQ_HINT_TURN, .priority = draw(3), .turn = 1 + draw(5)};
        sq_lease lease;
        const sq_planned* nodes;
        sq_result result = {.size = sizeof result};
        int64_t states[64];
        must(api.f_cache_lookup(cache, ids, 4, count / 2, 0, 0, &hints, request * 3, &lease), "lookup");
        int64_t planned = must(api.f_cache_plan(cache, &lease, ids, 4, count, 0, &nodes), "plan");
        for (int64_t i = 0; i < planned; i++) states[i] = request * 100 + i + 1;
        must(api.f_cache_commit(cache, &lease, ids, 4, count, 0, states, (int32_t)planned, request * 3 + 1, &result), "commit");
        mix(hash, lease.hit_tokens);
        for (int32_t i = 0; i < result.count; i++) {
            mix(hash, result.actions[i].kind);
            mix(hash, result.actions[i].handle);
            mix(hash, result.actions[i].other);
        }
    }
    must(api.f_cache_close(cache), "close");
}

static void play_pool(const char* policy, uint64_t* hash)
{
    enum { SLOTS = 600 };
    char options[200];
    snprintf(options, sizeof options, "{\"policy\": \"%s\", \"mostSlots\": %d, \"seed\": 5}", policy, SLOTS);
    sq_pool pool;
    must(api.f_pool_open(options, (int64_t)strlen(options), &pool), "open");
    char used[SLOTS] = {0};
    int32_t entries = 0;
    for (int32_t step = 0; step < 20000; step++) {
        double now = step;
        int32_t slot = (int32_t)draw(SLOTS);
        if (used[slot]) {
            sq_op hit = {.kind = SQ_OP_HIT, .slot = slot, .now = now};
            must(api.f_pool_log(pool, &hit, 1), "hit");
        } else {
            int32_t above = (int32_t)draw(SLOTS);
            sq_op insert = {.kind = SQ_OP_INSERT, .slot = slot, .parent = used[above] ? above : SQ_NO_SLOT, .tokens = 1 + (int32_t)draw(50),
                            .bytes = 1 + draw(10000), .key = 1 + (uint64_t)slot, .now = now, .flops = 1 + draw(100000)};
            must(api.f_pool_log(pool, &insert, 1), "insert");
            used[slot] = 1;
            entries++;
        }
        if (entries > 400) {
            int32_t victims[8], keep = slot, count = 1 + (int32_t)draw(8);
            must(api.f_pool_evict(pool, now, count, &keep, 1, victims), "evict");
            for (int32_t i = 0; i < count; i++) {
                mix(hash, victims[i]);
                used[victims[i]] = 0;
                entries--;
            }
        }
    }
    must(api.f_pool_close(pool), "close");
}

static uint64_t play(void)
{
    uint64_t hash = 14695981039346656037u;
    drawn = 1;
    for (size_t i = 0; i < sizeof policies / sizeof *policies; i++) {
        play_cache(policies[i], &hash);
        play_pool(policies[i], &hash);
    }
    return hash;
}

/* Garbage enough for collections. */
static void litter(int count)
{
    static char json[1 << 17];
    for (int i = 0; i < count; i++) must(api.f_policies(json, sizeof json), "policies");
}

int main(int argc, char** argv)
{
    char error[512];
    int forks = argc > 2 ? atoi(argv[2]) : 0, lived = 0;
    if (argc < 2 || sq_load_path(&api, argv[1], error, sizeof error) != 0) return fprintf(stderr, "%s\n", argc < 2 ? "usage: victims LIBRARY [FORKS]" : error), 1;
    uint64_t hash = play();
    litter(forks > 0 ? 2000 : 0);
    for (int i = 0; i < forks; i++) {
        pid_t child = fork();
        if (child == 0) {
            litter(200);
            uint64_t again = 14695981039346656037u, first = 14695981039346656037u;
            drawn = 9;
            play_cache("Marconi", &first);
            drawn = 9;
            play_cache("Marconi", &again);
            _exit(first == again ? 0 : 2);
        }
        int status = -1;
        lived += waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    printf("v%d %016llx", api.f_instruction_set(), (unsigned long long)hash);
    printf(forks > 0 ? " %d\n" : "\n", lived);
    return 0;
}
