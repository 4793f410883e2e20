/* staffing PEOPLE TASKS ORDER: one job a person at a time. Four or five phases; in each a task takes one or two people of three or
 * four of its department, now and then of elsewhere. Every least set of absences up to ORDER by the engine, and by brute force with a
 * matching that is mended as people leave and come back; prints a line of JSON with the processor seconds of both. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "absence/cuts.h"
#include "base/check.h"
#include "base/draw.h"

enum { PEOPLE = 512, PLACES = 256, PHASES = 5, MOST = 6 };

typedef struct phase {
    int places, wide[PLACES], who[PLACES][MOST]; /* a task that takes two is two places */
    int holder[PLACES], place[PEOPLE];
} phase;

static phase phases[PHASES];
static int people, phase_count;
static uint64_t drawn;
static bool gone[PEOPLE], asked[PEOPLE];

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int below(int limit)
{
    return (int)mu_draw_below(1, 0, drawn++, (uint32_t)limit);
}

static void task(phase *h, int department)
{
    int wanted = 1 + (below(4) == 0), count = wanted + 2 + below(2), who[MOST], n = 0;
    while (n < count) {
        int p = below(100) < 85 ? department * 10 + below(10) : below(people);
        bool twice = p >= people;
        for (int i = 0; i < n; i++)
            twice = twice || who[i] == p;
        if (!twice)
            who[n++] = p;
    }
    for (; wanted; wanted--) {
        MU_CHECK(h->places < PLACES);
        h->wide[h->places] = count;
        memcpy(h->who[h->places++], who, sizeof who);
    }
}

/* ---- by the engine ---- */

typedef struct found {
    int set[4], count;
} found;

static found *sets;
static size_t set_count, set_room;

static void take(void *self, const int *list, int count)
{
    (void)self;
    if (set_count == set_room) {
        set_room = set_room ? set_room * 2 : 1024;
        sets = realloc(sets, set_room * sizeof *sets);
        MU_CHECK(sets);
    }
    found f = {.count = count};
    memcpy(f.set, list, (size_t)count * sizeof(int));
    sets[set_count++] = f;
}

static void by_engine(int order)
{
    for (int h = 0; h < phase_count; h++) {
        mu_slot slots[PLACES];
        for (int i = 0; i < phases[h].places; i++)
            slots[i] = (mu_slot){1, phases[h].who[i], phases[h].wide[i]};
        mu_staffing of = {slots, phases[h].places, NULL, people};
        mu_crews(&of, gone, order, take, NULL);
    }
}

/* True where a set of another phase is a part of it, or it was there before. */
static bool holds_another(size_t at)
{
    const found *a = &sets[at];
    for (size_t i = 0; i < set_count; i++) {
        const found *b = &sets[i];
        int common = 0;
        for (int k = 0; k < b->count; k++)
            for (int m = 0; m < a->count; m++)
                common += b->set[k] == a->set[m];
        if (i != at && common == b->count && (b->count < a->count || i < at))
            return true;
    }
    return false;
}

/* ---- by brute force ---- */

static bool fill(phase *h, int place)
{
    for (int i = 0; i < h->wide[place]; i++) {
        int p = h->who[place][i];
        if (gone[p] || asked[p])
            continue;
        asked[p] = true;
        if (h->place[p] < 0 || fill(h, h->place[p])) {
            h->place[p] = place;
            h->holder[place] = p;
            return true;
        }
    }
    return false;
}

static bool fill_again(phase *h, int place)
{
    memset(asked, 0, sizeof asked);
    return fill(h, place);
}

static bool fill_all(void)
{
    bool stands = true;
    for (int h = 0; h < phase_count && stands; h++) {
        memset(phases[h].holder, -1, sizeof phases[h].holder);
        memset(phases[h].place, -1, sizeof phases[h].place);
        for (int i = 0; i < phases[h].places && stands; i++)
            stands = fill_again(&phases[h], i);
    }
    return stands;
}

static phase kept[4][PHASES];
static int absent[4];
static long counts[5];

static bool remove_one(int p)
{
    gone[p] = true;
    for (int h = 0; h < phase_count; h++) {
        int place = phases[h].place[p];
        phases[h].place[p] = -1;
        if (place >= 0 && !fill_again(&phases[h], place))
            return false;
    }
    return true;
}

static bool least(int count)
{
    bool is = true;
    static phase saved[PHASES];
    memcpy(saved, phases, sizeof saved);
    for (int i = 0; i < count && is; i++) {
        gone[absent[i]] = false;
        is = fill_all();
        gone[absent[i]] = true;
    }
    memcpy(phases, saved, sizeof saved);
    return is;
}

static void brute(int depth, int from, int order)
{
    for (int p = from; p < people; p++) {
        memcpy(kept[depth], phases, sizeof phases);
        absent[depth] = p;
        if (!remove_one(p))
            counts[depth + 1] += depth == 0 || least(depth + 1);
        else if (depth + 1 < order)
            brute(depth + 1, p + 1, order);
        gone[p] = false;
        memcpy(phases, kept[depth], sizeof phases);
    }
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    people = atoi(argv[1]);
    int tasks = atoi(argv[2]), order = atoi(argv[3]), departments = people / 10 > 0 ? people / 10 : 1;
    long own[5] = {0};
    phase_count = people < 50 ? 4 : 5;
    MU_CHECK(people < PEOPLE && order <= 4);
    for (int t = 0; t < tasks; t++)
        task(&phases[t % phase_count], t / phase_count * departments / ((tasks + phase_count - 1) / phase_count));
    if (!fill_all()) {
        puts("{\"stands\": false}");
        return 0;
    }
    double start = seconds();
    by_engine(order);
    for (size_t i = 0; i < set_count; i++)
        own[sets[i].count] += !holds_another(i);
    double engine = seconds() - start;
    start = seconds();
    brute(0, 0, order);
    double slow = seconds() - start;
    printf("{\"stands\": true, \"engine\": %.6f, \"brute\": %.6f, \"equal\": %s, \"sets\": [%ld, %ld, %ld, %ld]}\n", engine, slow,
           memcmp(own, counts, sizeof own) == 0 ? "true" : "false", own[1], own[2], own[3], own[4]);
    free(sets);
    return 0;
}
