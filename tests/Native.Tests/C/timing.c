/* What loading and the first call cost, in milliseconds: the numbers of docs/how-to/use-from-c.md. usage: timing LIBRARY */
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

int main(int argc, char** argv)
{
    static const char options[] = "{\"policy\": \"Marconi\", \"model\": \"tiny\", \"capacity\": 1000000}";
    sq_api api;
    sq_cache cache;
    char error[512];
    double start = ms();
    if (argc != 2 || sq_load_path(&api, argv[1], error, sizeof error) != 0) return 1;
    double loaded = ms();
    if (api.f_cache_open(options, (int64_t)strlen(options), &cache) != SQ_OK) return 1;
    double opened = ms();
    for (int i = 0; i < 1000000; i++) api.f_abi_version();
    printf("load, version and sq_register %.2f ms, first open %.2f ms, a call that does nothing %.1f ns\n", loaded - start, opened - loaded, ms() - opened);
    return 0;
}
