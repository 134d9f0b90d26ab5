/*
 * squelch_load.h - loads the build of the library that fits the processor, for Linux on x86-64 with gcc or clang. Link with -ldl.
 *
 *     sq_api api;
 *     char error[256];
 *     if (sq_load(&api, "/opt/squelch", error, sizeof error) != 0) { fputs(error, stderr); return 1; }
 *     api.f_cache_open(json, strlen(json), &cache);
 *
 * The rule, for other languages too: a library of ours is built once per level of x86-64, and lies as <name>.x86-64-v2.so,
 * <name>.x86-64-v3.so and <name>.x86-64-v4.so in one folder. Take the highest level that the processor and the system have: a
 * build of a higher one would end the process when it is loaded. A library that was built for one level alone is loaded by its
 * own path. After loading: check the major version, and call sq_register once.
 */
#ifndef SQUELCH_LOAD_H
#define SQUELCH_LOAD_H

#include <cpuid.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "squelch.h"

/* The functions of squelch.h, with f_ in place of sq_ (register is a word of C). */
#define SQ_FUNCTIONS(F) \
    F(abi_version) F(instruction_set) F(last_error) F(register) F(policies) \
    F(cache_open) F(cache_lookup) F(cache_plan) F(cache_commit) F(cache_abandon) F(cache_stats) F(cache_close) \
    F(pool_open) F(pool_log) F(pool_evict) F(pool_peek) F(pool_score) F(pool_count) F(pool_candidates) F(pool_retune) F(pool_clear) F(pool_close)

typedef struct sq_api {
#define SQ_MEMBER(name) __typeof__(sq_##name)* f_##name;
    SQ_FUNCTIONS(SQ_MEMBER)
#undef SQ_MEMBER
} sq_api;

/* The highest of the levels 2, 3 and 4 that this processor and system have; 0 where it has not even 2. */
static inline int sq_cpu_level(void)
{
    const unsigned v2 = 1u << 0 | 1u << 9 | 1u << 13 | 1u << 19 | 1u << 20 | 1u << 23; /* SSE3 SSSE3 CX16 SSE4.1 SSE4.2 POPCNT */
    const unsigned v3 = 1u << 12 | 1u << 22 | 1u << 27 | 1u << 28 | 1u << 29;          /* FMA MOVBE OSXSAVE AVX F16C */
    const unsigned v3b = 1u << 3 | 1u << 5 | 1u << 8;                                  /* BMI1 AVX2 BMI2 */
    const unsigned v4b = 1u << 16 | 1u << 17 | 1u << 28 | 1u << 30 | 1u << 31;         /* AVX-512 F DQ CD BW VL */
    unsigned a, b, c, d, b7 = 0, c81 = 0, saved = 0, high;
    if (!__get_cpuid(1, &a, &b, &c, &d) || (c & v2) != v2) return 0;
    __get_cpuid_count(7, 0, &a, &b7, &d, &d);
    __get_cpuid(0x80000001, &a, &b, &c81, &d);
    if (c & (1u << 27)) __asm__ volatile("xgetbv" : "=a"(saved), "=d"(high) : "c"(0));
    if ((c & v3) != v3 || (b7 & v3b) != v3b || !(c81 & (1u << 5)) || (saved & 0x6) != 0x6) return 2;
    return (b7 & v4b) == v4b && (saved & 0xe6) == 0xe6 ? 4 : 3;
}

/* Loads one library, checks its version and registers its policies. Gives 0, or -1 and a message. */
static inline int sq_load_path(sq_api* api, const char* path, char* error, size_t cap)
{
    void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        snprintf(error, cap, "%s", dlerror());
        return -1;
    }
#define SQ_FIND(name) \
    *(void**)&api->f_##name = dlsym(library, "sq_" #name); \
    if (!api->f_##name) { \
        snprintf(error, cap, "%s has no sq_" #name ": it is no library of Squelch, or an older one than this header", path); \
        return -1; \
    }
    SQ_FUNCTIONS(SQ_FIND)
#undef SQ_FIND
    uint32_t version = api->f_abi_version();
    if (version >> 16 != SQ_ABI_MAJOR || (int)(version & 0xffff) < SQ_ABI_MINOR) {
        snprintf(error, cap, "%s has version %u.%u of the interface, this program needs %d.%d: use the squelch.h that came with it",
                 path, version >> 16, version & 0xffff, SQ_ABI_MAJOR, SQ_ABI_MINOR);
        return -1;
    }
    if (api->f_register() < 0) {
        api->f_last_error(error, (int64_t)cap);
        return -1;
    }
    return 0;
}

/* Loads <folder>/<name>.x86-64-v<level>.so of the highest level that there is a processor and a file for. */
static inline int sq_load_named(sq_api* api, const char* folder, const char* name, char* error, size_t cap)
{
    char path[4096];
    int level = sq_cpu_level();
    for (int try_level = level; try_level >= 2; try_level--) {
        int length = snprintf(path, sizeof path, "%s/%s.x86-64-v%d.so", folder, name, try_level);
        FILE* file = length < (int)sizeof path ? fopen(path, "rb") : NULL;
        if (file) {
            fclose(file);
            return sq_load_path(api, path, error, cap);
        }
    }
    snprintf(error, cap, "%s has no %s.x86-64-v2.so to v%d.so, the levels that this processor has", folder, name, level);
    return -1;
}

/* Loads the library of the built-in policies from a folder, or the one that SQUELCH_LIBRARY names the path of. */
static inline int sq_load(sq_api* api, const char* folder, char* error, size_t cap)
{
    const char* path = getenv("SQUELCH_LIBRARY");
    return path && *path ? sq_load_path(api, path, error, cap) : sq_load_named(api, folder, "libsquelch", error, cap);
}

#endif
