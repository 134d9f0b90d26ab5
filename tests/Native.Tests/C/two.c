/* Two libraries of ours in one process: both work, and neither takes the other's handles. usage: two LIBRARY LIBRARY */
#include <stdio.h>
#include <string.h>

#include "squelch_load.h"

int main(int argc, char** argv)
{
    static const char options[] = "{\"policy\": \"Marconi\", \"model\": \"tiny\", \"capacity\": 1000000}";
    sq_api api[2];
    sq_cache cache[2];
    char error[512];
    int32_t ids[] = {1, 2, 3};
    if (argc != 3) return 2;
    for (int i = 0; i < 2; i++) {
        sq_lease lease;
        if (sq_load_path(&api[i], argv[i + 1], error, sizeof error) != 0) return fprintf(stderr, "%s\n", error), 1;
        if (api[i].f_cache_open(options, (int64_t)strlen(options), &cache[i]) != SQ_OK) return 3;
        if (api[i].f_cache_lookup(cache[i], ids, 4, 3, 0, 0, NULL, SQ_TICK, &lease) != SQ_OK) return 4;
    }
    for (int i = 0; i < 2; i++) {
        if (api[i].f_cache_close(cache[1 - i]) != SQ_STATE) return 5;
        api[i].f_last_error(error, sizeof error);
        printf("%s\n", error);
        if (api[i].f_cache_close(cache[i]) != SQ_OK) return 6;
    }
    return 0;
}
