/*
 * A cache and a pool with a device, under a driver that is loaded before the library asks for libcuda.so.1: prints the victims, or why there are none.
 * usage: device DRIVER LIBRARY POLICY DEVICE
 */
#include <stdio.h>
#include <string.h>

#include "squelch_load.h"

int main(int argc, char** argv)
{
    sq_api api;
    sq_cache cache;
    sq_pool pool;
    sq_lease lease;
    sq_result result = {.size = sizeof result};
    char text[512];
    int32_t ids[300], victims[20];
    if (argc != 5 || dlopen(argv[1], RTLD_NOW) == NULL) return 2;
    if (sq_load_path(&api, argv[2], text, sizeof text) != 0) return fprintf(stderr, "%s\n", text), 1;
    int length = snprintf(text, sizeof text, "{\"policy\": \"%s\", \"device\": \"%s\", \"model\": \"tiny\", \"capacity\": 300000}", argv[3], argv[4]);
    int code = api.f_cache_open(text, length, &cache);
    length = snprintf(text, sizeof text, "{\"policy\": \"%s\", \"device\": \"%s\"}", argv[3], argv[4]);
    if (code != api.f_pool_open(text, length, &pool)) return 3;
    if (code != 0) {
        api.f_last_error(text, sizeof text);
        return printf("%d %s\n", code, text), 0;
    }
    for (int32_t slot = 0; slot < 100; slot++) {
        sq_op op = {.kind = SQ_OP_INSERT, .slot = slot, .parent = SQ_NO_SLOT, .tokens = 1, .bytes = 1 + 37 * slot % 100, .key = (uint64_t)slot + 1, .now = slot, .flops = 1 + 53 * slot % 100};
        if (api.f_pool_log(pool, &op, 1) != 0) return 4;
    }
    if (api.f_pool_evict(pool, 200, 20, NULL, 0, victims) != 20) return 5;
    for (int i = 0; i < 20; i++) printf("%d ", victims[i]);
    int64_t handle = 1, handles[8];
    for (int32_t request = 0; request < 200; request++) {
        for (int32_t i = 0; i < 300; i++) ids[i] = 1000 * (request * request % 37) + i;
        if (api.f_cache_lookup(cache, ids, 4, 250, 0, 0, NULL, SQ_TICK, &lease) != 0) return 6;
        const sq_planned* plan;
        int32_t count = api.f_cache_plan(cache, &lease, ids, 4, 300, 0, &plan);
        for (int32_t i = 0; i < count; i++) handles[i] = handle++;
        if (count < 0 || api.f_cache_commit(cache, &lease, ids, 4, 300, 0, handles, count, SQ_TICK, &result) != 0) return 7;
        for (int32_t i = 0; i < result.count; i++) printf("%d:%lld ", result.actions[i].kind, (long long)result.actions[i].handle);
    }
    printf("\n");
    return api.f_pool_close(pool) != 0 || api.f_cache_close(cache) != 0;
}
