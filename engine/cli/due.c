/* muster due: what is due is run and said, each time of each drill once. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "cli/due.h"
#include "cli/live.h"

#define AHEAD (366 * MU_DAY_MS)
#define BACK (5 * INT64_C(60000))        /* a clock may be set right by so much without a word */
#define JUMP (35 * MU_DAY_MS)            /* a clock that is so much later may be wrong */
#define MARK (12 * INT64_C(3600000))

void mu_due_say(mu_due *d, const char *what, const char *key, const char *words)
{
    mu_buf line = {0};
    if (d->json) {
        mu_buf_puts(&line, "\n  {\"what\": ");
        mu_json_text(&line, what);
        mu_buf_puts(&line, ", \"key\": ");
        mu_json_text(&line, key);
        mu_buf_puts(&line, ", \"words\": ");
        mu_json_text(&line, words);
        mu_buf_puts(&line, "}");
    } else {
        mu_buf_printf(&line, "%-9s %s: ", what, key);
        mu_buf_safe(&line, words, strlen(words), 900);
        mu_buf_puts(&line, "\n");
    }
    if (!d->said.len || !strstr(d->said.text, line.text)) {
        mu_buf_puts(&d->said, d->json && d->said.len ? "," : "");
        mu_buf_add(&d->said, line.text, line.len);
    }
    mu_buf_free(&line);
}

void mu_due_worse(mu_due *d, int status)
{
    d->status = status > d->status ? status : d->status;
}

bool mu_due_write(mu_due *d, const char *what, const char *key, const char *note)
{
    if (d->dry || mu_ledger_add(d->ledger, what, key, d->now, note))
        return true;
    if (!d->broken)
        fprintf(stderr, "muster: %s/ledger.jsonl: %s; nothing further is run or sent\n", d->programme->folder, mu_ledger_failure(d->ledger));
    d->broken = true;
    mu_due_worse(d, 4);
    return false;
}

/* ---- the drills ---- */

/* The folder of the last drill that was played with the same scenario before it. */
static const char *drill_before(const mu_due *d, int i)
{
    const mu_occasion *o = d->items[i].occasion;
    for (int k = i - 1; k >= 0; k--)
        if (d->items[k].standing == MU_DONE && d->items[k].occasion->series == o->series && strcmp(d->items[k].occasion->scenario, o->scenario) == 0)
            return mu_format(d->arena, "%s/%s", d->programme->folder, d->items[k].occasion->key);
    return NULL;
}

static void play(mu_due *d, int i)
{
    const mu_occasion *o = d->items[i].occasion;
    const char *words;
    if (d->dry) {
        mu_due_say(d, "would run", o->key, mu_format(d->arena, "%s with %s", o->scenario, o->series->plan));
        return;
    }
    if (!mu_due_write(d, "began", o->key, o->scenario))
        return;
    int status = mu_due_run(d, o, drill_before(d, i), &words);
    bool over = status == 0 || status == 1;
    if (!mu_due_write(d, over ? "ran" : "failed", o->key, words))
        return;
    d->items[i].standing = over ? MU_DONE : MU_DUE;
    mu_due_say(d, over ? "ran" : "failed", o->key, words);
    mu_due_worse(d, over ? status : 4);
}

static const char *players(const mu_due *d, const mu_series *s)
{
    const char *words = "";
    for (int i = 0; i < s->player_count; i++)
        words = mu_format(d->arena, "%s%s%s", words, i ? "," : "", s->players[i]);
    return words;
}

/* A drill with people is begun by a person, with the day, the seed and the habits that the programme gives it. */
static const char *by_people(const mu_due *d, const mu_occasion *o)
{
    const mu_programme *p = d->programme;
    const mu_series *s = o->series;
    const char *plan = mu_beside(p, s->plan, d->arena), *scenario = mu_beside(p, o->scenario, d->arena), *assume = s->assumptions ? mu_beside(p, s->assumptions, d->arena) : NULL, *text;
    if (access(mu_format(d->arena, "%s/%s/journal.jsonl", p->folder, o->key), R_OK) == 0)
        return mu_format(d->arena, "it was begun in %s/%s and is not over: it is under way, or --resume takes it up", p->folder, o->key);
    if (mu_due_starts(plan, scenario, assume, o->local, &text, d->arena) != 0)
        return "it wants people, and its plan or scenario cannot be read: muster check says why";
    return mu_format(d->arena, "it wants people: muster run %s %s -o %s/%s --start \"%s\" --seed %llu%s%s --play %s%s", plan, scenario, p->folder, o->key, text, (unsigned long long)s->seed,
                     assume ? " --assume " : "", assume ? assume : "", players(d, s), s->mode == MU_FUNCTIONAL ? " --functional" : "");
}

static void say_due(mu_due *d, const mu_occasion *o)
{
    if (o->series->mode == MU_MODEL)
        mu_due_say(d, "due", o->key, d->run ? "the ledger cannot be written" : "muster due --run plays it");
    else if (o->series->mode == MU_CALLTREE)
        mu_due_say(d, "due", o->key, d->programme->answers.at ? "muster due --run asks everybody, and takes the answers" : "everybody is called by hand, as the programme names no place for answers; write the day, and where the record is, under held in it");
    else
        mu_due_say(d, "due", o->key, by_people(d, o));
}

static bool is_call(const mu_due *d, const mu_occasion *o)
{
    return o->series->mode == MU_CALLTREE && d->programme->answers.at;
}

static void one_item(mu_due *d, int i)
{
    const mu_item *item = &d->items[i];
    const mu_occasion *o = item->occasion;
    bool playable = o->series->mode == MU_MODEL && d->run && !d->broken, callable = is_call(d, o) && d->run && !d->broken;
    if (item->standing == MU_DONE && !mu_ledger_last(d->ledger, o->key) && d->write) {
        const char *words = mu_due_result(d, o->key);
        if (mu_due_write(d, "held", o->key, words))
            mu_due_say(d, "held", o->key, words);
    } else if ((item->standing == MU_DUE || item->standing == MU_TO_FINISH) && callable) {
        d->calls[d->call_count++] = i;
    } else if ((item->standing == MU_DUE && playable) || (item->standing == MU_TO_FINISH && d->run && !d->broken)) {
        play(d, i);
    } else if (item->standing == MU_TO_FINISH) {
        mu_due_say(d, "cut off", o->key, is_call(d, o) ? "it was begun and is not over: it takes answers, or muster due --run takes it up" : "it was begun and is not over; muster due --run takes it up");
    } else if (item->standing == MU_DUE) {
        say_due(d, o);
    }
}

/* ---- call trees ---- */

/* A call tree may take hours, and be ended in them: what was done by then is said. A document is one, and comes whole. */
static void put_so_far(mu_due *d)
{
    if (d->json || d->said.len == d->put)
        return;
    (void)fwrite(d->said.text + d->put, 1, d->said.len - d->put, stdout);
    (void)fflush(stdout);
    d->put = d->said.len;
}

static int open_ledger(mu_due *d);

/* As time went on by since; the wall clock may have been set meanwhile. */
static int64_t now_is(mu_due *d)
{
    int64_t steady = mu_clock_of(CLOCK_BOOTTIME), now = d->now + steady - d->steady;
    d->steady = steady;
    return now;
}

/* The others may have come first while the ledger was not held. */
static bool open_again(mu_due *d, const char *key)
{
    for (int tries = 0; tries < 100; tries++) {
        d->quiet = tries < 99;
        int status = open_ledger(d);
        if (status == 0)
            return !mu_ledger_is(d->ledger, key, "ran");
        if (status != 5 || !d->quiet) {
            mu_due_worse(d, status);
            return false;
        }
        (void)usleep(100000);
    }
    return false;
}

/* The ledger says that it has begun, and is let go of: it takes as long as the programme says, and other drills and messages are not to wait for it. */
static void call_one(mu_due *d, int i)
{
    const mu_occasion *o = d->items[i].occasion;
    int64_t local = mu_programme_local(d->programme, d->now);
    const char *words, *before = drill_before(d, i);
    if (d->items[i].standing == MU_DUE && mu_quiet_end(d->programme, local) != local) {
        mu_due_say(d, "held back", o->key, "quiet hours: nobody is asked before they end");
        return;
    }
    if (d->dry) {
        mu_due_would_call(d, o);
        return;
    }
    if (d->items[i].standing == MU_DUE && !mu_due_write(d, "began", o->key, ""))
        return;
    mu_ledger_close(d->ledger);
    put_so_far(d);
    int status = mu_due_call(d, o, before, &words);
    d->now = now_is(d);
    bool over = status == 0 || status == 1;
    if (status == 5) {
        mu_due_say(d, "under way", o->key, "another muster is at it: the call tree takes answers");
        (void)open_again(d, o->key);
        return;
    }
    if (!open_again(d, o->key) || !mu_due_write(d, over ? "ran" : "failed", o->key, words))
        return;
    d->items[i].standing = over ? MU_DONE : MU_DUE;
    mu_due_say(d, over ? "ran" : "failed", o->key, words);
    mu_due_worse(d, over ? status : 4);
}

/* What was missed is told once, a line a drill. */
static void say_missed(mu_due *d, const mu_series *s)
{
    const mu_occasion *first = NULL, *last = NULL;
    int n = 0;
    for (int i = 0; i < d->item_count; i++) {
        const mu_occasion *o = d->items[i].occasion;
        if (o->series != s || d->items[i].standing != MU_MISSED || mu_ledger_was(d->ledger, o->key, "missed", d->now))
            continue;
        if (d->write && !mu_due_write(d, "missed", o->key, ""))
            return;
        first = first ? first : o;
        last = o;
        n++;
    }
    if (n == 1)
        mu_due_say(d, "missed", last->key, "it was not run, and is not run any more");
    else if (n)
        mu_due_say(d, "missed", s->id, mu_format(d->arena, "%d times, %.10s to %.10s: they were not run, and are not run in a heap", n, mu_moment_text(d->arena, first->local),
                                                 mu_moment_text(d->arena, last->local)));
    if (n)
        mu_due_worse(d, 1);
}

static void say_next(mu_due *d)
{
    for (int i = 0; i < d->item_count; i++) {
        const mu_occasion *o = d->items[i].occasion;
        if (d->items[i].standing != MU_COMING || o->series->unannounced)
            continue;
        mu_due_say(d, "next", o->key, mu_format(d->arena, "%s %s, %s", mu_moment_text(d->arena, o->local), mu_zone_name(o->series->zone), mu_mode_word(o->series->mode)));
        return;
    }
}

/* ---- the clock ---- */

/* Nothing is done by a clock that may be far ahead: it would use up times that are still to come. Asked again, it is taken at its word. */
static bool clock_is_sound(mu_due *d)
{
    const mu_entry *last = mu_ledger_count(d->ledger) ? mu_ledger_at(d->ledger, mu_ledger_count(d->ledger) - 1) : NULL;
    const char *before = last ? mu_moment_text(d->arena, mu_programme_local(d->programme, last->at)) : "", *now = mu_moment_text(d->arena, mu_programme_local(d->programme, d->now));
    if (last && last->at - d->now > BACK)
        mu_due_say(d, "clock", "set back", mu_format(d->arena, "it was %s when this was last asked, and is %s now; what was done stays done", before, now));
    bool ahead = last && d->now - last->at > JUMP;
    if (ahead)
        mu_due_say(d, "clock", "far ahead", mu_format(d->arena, "it was %s when this was last asked, and is %s now; nothing was run or sent: if that is right, ask again", before, now));
    if (!last || d->now - last->at > MARK || last->at - d->now > BACK)
        (void)mu_due_write(d, "clock", "clock", "");
    mu_due_worse(d, ahead ? 5 : 0);
    return !ahead;
}

/* ---- the command ---- */

/* Of the drills that the ledger does not know yet: a journal is read once. */
static const char *const *keys_over(mu_due *d, int *count)
{
    const char *const *names;
    mu_held held;
    int n = mu_drill_folders(d->programme->folder, d->arena, &names);
    const char **keys = mu_alloc(d->arena, ((size_t)n + 1) * sizeof *keys);
    *count = 0;
    for (int i = 0; i < n; i++) {
        bool known = mu_ledger_is(d->ledger, names[i], "ran") || mu_ledger_is(d->ledger, names[i], "held");
        if (!known && mu_drill_held(d->programme, names[i], d->arena, &held))
            keys[(*count)++] = names[i];
    }
    return keys;
}

static void do_all(mu_due *d)
{
    const mu_item *items;
    int over_count;
    const char *const *over = keys_over(d, &over_count);
    d->item_count = mu_agenda(d->programme, d->ledger, over, over_count, d->now, AHEAD, d->arena, &items);
    d->items = mu_alloc(d->arena, ((size_t)d->item_count + 1) * sizeof *items);
    d->calls = mu_alloc(d->arena, ((size_t)d->item_count + 1) * sizeof *d->calls);
    if (d->item_count)
        memcpy(d->items, items, (size_t)d->item_count * sizeof *items);
    for (int i = 0; i < d->programme->series_count; i++)
        say_missed(d, &d->programme->series[i]);
    for (int i = 0; i < d->item_count; i++)
        one_item(d, i);
    if (d->notify && !d->broken)
        mu_due_notify(d);
    for (int i = 0; i < d->call_count && !d->broken && !d->aside; i++)
        call_one(d, d->calls[i]);
    if (!d->aside)
        say_next(d);
}

void mu_due_aside(mu_due *d)
{
    mu_due aside = *d;
    aside.aside = aside.quiet = true;
    aside.now = now_is(&aside);
    aside.arena = mu_arena_new();
    aside.call_count = 0;
    aside.hangs = false;
    if (open_ledger(&aside) == 0) {
        do_all(&aside);
        mu_ledger_close(aside.ledger);
    }
    d->said = aside.said;
    d->status = aside.status;
    put_so_far(d);
    mu_arena_free(aside.arena);
}

static int open_ledger(mu_due *d)
{
    mu_opened opened;
    const char *why;
    d->ledger = mu_ledger_open(d->programme->folder, d->write, &opened, &why, d->arena);
    if (opened == MU_HELD_BY_ANOTHER && !d->quiet)
        fprintf(stderr, "muster: another muster is at work on %s; nothing was done\n", d->programme->folder);
    else if (opened == MU_LEDGER_CORRUPT)
        fprintf(stderr, "muster: %s/ledger.jsonl: %s; nothing was run or sent, as it is not known what was. Put back a copy, or move the file away and begin anew\n", d->programme->folder, why);
    else if (opened == MU_LEDGER_ERROR)
        fprintf(stderr, "muster: %s\n", why);
    return opened == MU_OPENED ? 0 : opened == MU_HELD_BY_ANOTHER ? 5 : opened == MU_LEDGER_CORRUPT ? 3 : 4;
}

static int put_said(mu_due *d)
{
    mu_buf out = {0};
    if (d->json)
        mu_buf_printf(&out, "{\"schema\": \"muster.due/1\", \"now\": \"%s\", \"said\": [%s\n ]}\n", mu_moment_text(d->arena, d->now), d->said.len ? d->said.text : "");
    else
        mu_buf_puts(&out, d->said.len ? d->said.text + d->put : "Nothing is due, and nothing comes.\n");
    mu_buf_free(&d->said);
    int put = mu_put_all(&out);
    return put ? put : d->status;
}

static int due(mu_due *d, const char *again)
{
    int status = open_ledger(d);
    if (status)
        return status;
    if (again && !mu_ledger_is(d->ledger, again, "sending")) {
        fprintf(stderr, "muster: no message with the key \"%.200s\" is unclear\n", again);
        return 2;
    }
    if ((!d->write || clock_is_sound(d)) && (!again || mu_due_write(d, "again", again, "a person asked for it")))
        do_all(d);
    mu_ledger_close(d->ledger);
    return put_said(d);
}

int mu_cmd_due(int argc, char **argv)
{
    mu_args args;
    mu_loaded l;
    int status = mu_args_read(&args, argc, argv);
    if (status != MU_GO_ON)
        return status;
    status = mu_load(&l, args.operands[0]);
    const char *again = mu_arg(&args, "again");
    mu_due d = {.programme = l.programme, .arena = l.arena, .steady = mu_clock_of(CLOCK_BOOTTIME), .run = mu_arg(&args, "run") != NULL, .notify = mu_arg(&args, "notify") != NULL || again,
                .dry = mu_arg(&args, "dry-run") != NULL, .told = mu_arg(&args, "now") != NULL, .json = strcmp(mu_arg_or(&args, "format", "text"), "json") == 0};
    d.write = (d.run || d.notify) && !d.dry;
    if (!status && !mu_now_read(mu_arg(&args, "now"), l.programme, &d.now))
        status = mu_args_wrong(&args, "--now takes a moment: \"2026-07-10 17:40\", or \"2026-07-10 15:40Z\"");
    else if (!status && again && d.dry)
        status = mu_args_wrong(&args, "--again and --dry-run exclude each other");
    else if (!status)
        status = due(&d, again);
    mu_loaded_free(&l);
    return status;
}
