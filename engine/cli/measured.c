#include "cli/measured.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "participants/measured.h"

/* A middle of fewer says nothing (a finite 95 % interval of a median needs six, of a ninetieth percentile 36; docs/assumptions.md). */
enum { FEWEST = 6, FEWEST_TAIL = 36 };

static const char *bare(const char *person)
{
    return strncmp(person, "person:", 7) == 0 ? person + 7 : person;
}

static int by_length(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* All that was measured of a habit, of one person or, with NULL, of everybody. False where it is too few. */
static bool measure(const mu_past *past, const char *person, const char *habit, mu_arena *arena, mu_measured *out)
{
    int room = 0, n = 0, asked = 0;
    for (int d = 0; d < past->count; d++)
        room += past->drills[d].time_count;
    int64_t *took = mu_alloc(arena, ((size_t)room + 1) * sizeof *took);
    for (int d = 0; d < past->count; d++)
        for (int i = 0; i < past->drills[d].time_count; i++) {
            const mu_past_time *t = &past->drills[d].times[i];
            if (!t->played || strcmp(t->habit, habit) != 0 || (person && strcmp(t->person, person) != 0))
                continue;
            asked++;
            if (t->took >= 0)
                took[n++] = t->took;
        }
    qsort(took, (size_t)n, sizeof *took, by_length);
    bool tail = n >= FEWEST_TAIL;
    if (n >= FEWEST)
        *out = (mu_measured){person ? bare(person) : NULL, habit, tail ? took[n / 10] : -1, took[(n - 1) / 2], tail ? took[n * 9 / 10] : -1, tail ? (asked - n) * 100 / asked : -1, n};
    return n >= FEWEST;
}

static bool seen(const char *const *list, int count, const char *text)
{
    for (int i = 0; i < count; i++)
        if (strcmp(list[i], text) == 0)
            return true;
    return false;
}

/* Everybody who played, each once, by name. */
static int players(const mu_past *past, mu_arena *arena, const char ***list)
{
    int room = 0, count = 0;
    for (int d = 0; d < past->count; d++)
        room += past->drills[d].time_count;
    *list = mu_alloc(arena, ((size_t)room + 1) * sizeof **list);
    for (int d = 0; d < past->count; d++)
        for (int i = 0; i < past->drills[d].time_count; i++) {
            const mu_past_time *t = &past->drills[d].times[i];
            if (t->played && !seen(*list, count, t->person))
                (*list)[count++] = t->person;
        }
    return count;
}

static int measure_all(const mu_past *past, mu_arena *arena, const mu_measured **list)
{
    const char **people;
    int count = players(past, arena, &people), n = 0;
    mu_measured *out = mu_alloc(arena, (size_t)(count + 1) * MU_HABITS * sizeof *out);
    for (int i = -1; i < count; i++)
        for (int h = 0; h < MU_HABITS; h++)
            n += measure(past, i < 0 ? NULL : people[i], mu_habit_word((mu_habit)h), arena, &out[n]);
    *list = out;
    return n;
}

int mu_measured_file(const mu_past *past, const char *own, mu_arena *arena, mu_buf *out)
{
    const mu_measured *list;
    int n = measure_all(past, arena, &list);
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = own && n ? mu_tree_read_loose(own, diags) : NULL;
    bool wrong = mu_diags_count(diags, MU_ERROR) > 0;
    mu_buf said = {0};
    if (wrong) {
        mu_diags_show(&said, diags, mu_look_of(stderr));
        fwrite(said.text, 1, said.len, stderr);
    }
    mu_buf_free(&said);
    if (n && !wrong)
        mu_assumptions_write(out, tree, list, n);
    mu_tree_free(tree);
    mu_diags_free(diags);
    return wrong ? -1 : n;
}
