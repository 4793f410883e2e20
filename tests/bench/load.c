/* bench/load FILE [ROUNDS]: a plan read whole (scan, tree, schema with every reference), and the bare events of libyaml over
 * the same bytes, in turn; the medians of the CPU time in microseconds. `load FILE bare`: the events alone, of any file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <yaml.h>

#include "plan/schema.h"

enum { MOST = 2 << 20, ROUNDS_MOST = 1000 };

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double whole(const char *path, const char *bytes, size_t len)
{
    double from = cpu();
    mu_diags *d = mu_diags_new();
    mu_tree *tree = mu_tree_read_bytes(path, bytes, len, d);
    mu_schema_read(tree, d);
    double took = cpu() - from;
    if (mu_diags_count(d, MU_ERROR)) {
        fprintf(stderr, "bench: %s has errors\n", path);
        exit(3);
    }
    mu_tree_free(tree);
    mu_diags_free(d);
    return took;
}

static double bare(const char *bytes, size_t len, long *events)
{
    double from = cpu();
    yaml_parser_t parser;
    yaml_event_t e;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, len);
    *events = 0;
    for (bool more = true; more; (*events)++) {
        if (!yaml_parser_parse(&parser, &e))
            break;
        more = e.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&e);
    }
    yaml_parser_delete(&parser);
    return cpu() - from;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    static char bytes[MOST];
    static double ours[ROUNDS_MOST], theirs[ROUNDS_MOST];
    bool alone = argc > 2 && strcmp(argv[2], "bare") == 0;
    int rounds = argc > 2 && !alone ? atoi(argv[2]) : 9;
    FILE *f = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!f || rounds < 1 || rounds > ROUNDS_MOST) {
        fputs("usage: bench-load FILE [ROUNDS|bare]\n", stderr);
        return 2;
    }
    size_t len = fread(bytes, 1, sizeof bytes, f);
    long events = 0;
    fclose(f);
    for (int i = 0; i < rounds; i++) {
        ours[i] = alone ? 0 : whole(argv[1], bytes, len);
        theirs[i] = bare(bytes, len, &events);
    }
    qsort(ours, (size_t)rounds, sizeof *ours, by_size);
    qsort(theirs, (size_t)rounds, sizeof *theirs, by_size);
    printf("bytes %zu events %ld plan %.0f libyaml %.0f\n", len, events, ours[rounds / 2] * 1e6, theirs[rounds / 2] * 1e6);
    return 0;
}
