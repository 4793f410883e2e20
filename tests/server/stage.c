/* stage FOLDER: a drill as it is served, without a network: what a player is sent is the same whatever others receive; a
 * clock that is paused, turned, jumped, killed and put to sleep loses no card and counts nobody's pause. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/drill.h"
#include "report/aar.h"
#include "server/inside.h"

#include "server/browser.h"
#include "test.h"

#ifdef __SANITIZE_ADDRESS__
enum { PAIRS = 200 };
#else
enum { PAIRS = 2000 };
#endif
enum { MINUTE = 60000, STEPS = 10, CLOCKS = 150, OPERATIONS = 60 };

static const char *folder;
static char plan[400], quiet[400], cards[400], judged[400];

/* A drill with its stage, and a clock that the test turns. */
typedef struct table {
    mu_drill drill;
    mu_stage *stage;
    mu_seats *seats;
    int64_t steady;
    char path[400];
} table;

static bool begin(void *self)
{
    return mu_run_start(((table *)self)->drill.run);
}

static void until(void *self, int64_t t)
{
    mu_drill_until(&((table *)self)->drill, t);
}

static int64_t next(void *self)
{
    return mu_drill_next(&((table *)self)->drill);
}

static mu_kept keep(void *self, int64_t t)
{
    (void)self;
    (void)t;
    return MU_KEPT;
}

static int64_t now(void *self)
{
    return ((table *)self)->steady;
}

static void set_stage(table *t)
{
    mu_stage_calls calls = {t, begin, until, next, keep, NULL, now, now, NULL};
    mu_stage_options o = {.run = t->drill.run, .journal = t->drill.journal, .plan = t->drill.plan, .seats = t->seats, .rate = 1000};
    t->stage = mu_stage_new(&o, &calls);
}

static void make_run(table *t)
{
    t->drill.options = (mu_run_options){.seed = 1, .starts_local = t->drill.msel->starts, .mode = "facilitated"};
    mu_drill_make(&t->drill, mu_journal_new());
    set_stage(t);
}

static int player(table *t, const char *who)
{
    char token[MU_TOKEN];
    int seat = mu_seats_add(t->seats, PART_PLAYER, who);
    mu_seats_join(t->seats, seat, "r", token);
    return seat;
}

static void lay(table *t, const char *scenario)
{
    static int count;
    const char *why;
    *t = (table){.steady = 1000000};
    snprintf(t->path, sizeof t->path, "%s/seats-%d-%d", folder, (int)getpid(), count++);
    t->seats = mu_seats_new(t->path, &why);
    assert_non_null(t->seats);
    assert_int_equal(mu_drill_load(&t->drill, plan, scenario, NULL), 0);
    make_run(t);
}

static void clear(table *t)
{
    mu_stage_free(t->stage);
    mu_seats_free(t->seats);
    mu_drill_free(&t->drill);
    unlink(t->path);
}

/* ---- A's bytes are the same whatever B receives ---- */

typedef struct stream {
    mu_buf sent, page; /* all pushes; what the browser has made of them */
    mu_version *has;
    int count;
} stream;

/* What an open page of this seat is sent; what its browser makes of it is the page. */
static void look(table *t, int seat, stream *s)
{
    mu_buf push = {0}, page = {0};
    if (mu_stage_wakes(t->stage, mu_stage_person(t->stage, seat)) && mu_answer_news(t->stage, ROUTE_PLAY, seat, &s->has, &push)) {
        mu_buf_add(&s->sent, push.text, push.len);
        browser_takes(&s->page, push.text, push.len);
        mu_page_live(t->stage, ROUTE_PLAY, seat, &page);
        assert_int_equal(s->page.len, page.len);
        assert_memory_equal(s->page.text, page.text, page.len);
        s->count++;
    }
    mu_buf_free(&push);
    mu_buf_free(&page);
    mu_answer_turned(t->stage);
    mu_stage_woken(t->stage);
}

static void look_away(stream *s)
{
    mu_buf_free(&s->sent);
    mu_buf_free(&s->page);
    mu_version_drop(s->has);
}

static void act(table *t, mu_act a)
{
    (void)mu_stage_post(t->stage, &a);
}

static void send_to(table *t, const char *who, unsigned long number)
{
    char text[60];
    snprintf(text, sizeof text, "words %lu for %s", number, who);
    act(t, (mu_act){.seat = "facilitator", .verb = "send", .object = who, .text = text});
}

/* Something of B, or of the evaluator, that the plan takes to nobody else. */
static void something_of_others(table *t, unsigned long draw)
{
    char object[40];
    snprintf(object, sizeof object, "message:%lu", draw / 16 % 6);
    switch (draw % 7) {
    case 0: send_to(t, "person:ben", draw); break;
    case 1: act(t, (mu_act){.seat = "browser", .person = "person:ben", .verb = "acknowledge", .object = object, .id = "1.a"}); break;
    case 2: act(t, (mu_act){.seat = "browser", .person = "person:ben", .verb = "improvise", .text = "B does something"}); break;
    case 3: act(t, (mu_act){.seat = "browser", .person = "person:ben", .verb = "look_up", .object = "contacts"}); break;
    case 4: act(t, (mu_act){.seat = "browser", .person = "person:ben", .verb = "ask", .text = "B asks"}); break;
    case 5: act(t, (mu_act){.seat = "evaluator Kim", .verb = "note", .text = "B was quick"}); break;
    default: mu_player_opened(t->stage, mu_stage_person(t->stage, 1)); break;
    }
}

static void acknowledge(table *t, long number)
{
    char own[20];
    snprintf(own, sizeof own, "item:%ld", number);
    const char *object = mu_player_object(t->stage, mu_stage_person(t->stage, 0), own);
    if (object)
        act(t, (mu_act){.seat = "browser", .person = "person:ana", .verb = "acknowledge", .object = object});
}

/* The same for A in both; in the second others are busy meanwhile. */
static void play_pair(table *t, unsigned seed, bool busy, stream *s)
{
    struct random_data ours = {0}, others = {0};
    char a[64], b[64];
    int32_t draw;
    initstate_r(seed, a, sizeof a, &ours);
    initstate_r(seed * 7 + 1, b, sizeof b, &others);
    assert_true(mu_stage_begin(t->stage));
    for (int step = 0; step < STEPS; step++) {
        t->steady += 700 * (step + 1);
        mu_stage_pass(t->stage);
        random_r(&others, &draw);
        for (int k = 0; busy && k < draw % 3; k++) {
            int32_t what;
            random_r(&others, &what);
            something_of_others(t, (unsigned long)what);
        }
        look(t, 0, s);
        random_r(&ours, &draw);
        if (draw % 4 == 0)
            send_to(t, "person:ana", (unsigned long)step);
        else if (draw % 4 == 1)
            act(t, (mu_act){.seat = "browser", .person = "person:ana", .verb = "improvise", .text = "A does something", .id = draw % 8 == 1 ? "0.a" : NULL});
        else if (draw % 4 == 2)
            acknowledge(t, draw / 4 % 3);
        else
            mu_player_opened(t->stage, mu_stage_person(t->stage, 0));
        look(t, 0, s);
    }
}

static void again(table *t)
{
    mu_stage_free(t->stage);
    mu_drill_unmake(&t->drill);
    t->steady = 1000000;
    make_run(t);
}

static void a_player_is_sent_the_same_bytes_whatever_others_receive(void **state)
{
    table t;
    int pushes = 0;
    (void)state;
    lay(&t, quiet);
    player(&t, "person:ana");
    player(&t, "person:ben");
    for (unsigned pair = 1; pair <= PAIRS; pair++) {
        stream alone = {0}, beside = {0};
        play_pair(&t, pair, false, &alone);
        again(&t);
        play_pair(&t, pair, true, &beside);
        if (alone.sent.len != beside.sent.len || memcmp(alone.sent.text, beside.sent.text, alone.sent.len) != 0)
            fail_msg("pair %u: %zu bytes in %d pushes alone, %zu in %d beside others", pair, alone.sent.len, alone.count, beside.sent.len, beside.count);
        assert_null(strstr(beside.sent.text, "B does"));
        pushes += beside.count;
        look_away(&alone);
        look_away(&beside);
        again(&t);
    }
    assert_true(pushes > 3 * PAIRS); /* there was something to compare */
    clear(&t);
}

/* Whoever takes nothing is not sent ever more; what is older comes up when something is taken. */
static void a_page_that_nobody_answers_does_not_grow(void **state)
{
    table t;
    size_t lengths[3];
    (void)state;
    lay(&t, quiet);
    player(&t, "person:ana");
    assert_true(mu_stage_begin(t.stage));
    for (unsigned long i = 0; i < 150; i++) {
        mu_buf page = {0};
        send_to(&t, "person:ana", 1000 + i);
        mu_page_live(t.stage, ROUTE_PLAY, 0, &page);
        lengths[i / 50] = page.len;
        if (i == 41)
            assert_non_null(strstr(page.text, "2 older messages are open as well"));
        mu_buf_free(&page);
    }
    assert_true(lengths[2] < lengths[0] + lengths[0] / 20);
    for (int i = 0; i < 110; i++)
        acknowledge(&t, 40 + i);
    mu_buf page = {0};
    mu_page_live(t.stage, ROUTE_PLAY, 0, &page);
    assert_null(strstr(page.text, "older message"));
    assert_non_null(strstr(page.text, "words 1000 for person:ana"));
    mu_buf_free(&page);
    clear(&t);
}

static void take_back(table *t)
{
    char number[24];
    size_t last = mu_journal_count(t->drill.journal);
    while (mu_journal_event(t->drill.journal, last)->kind != EV_ACT && last > 1)
        last--;
    snprintf(number, sizeof number, "%zu", last);
    act(t, (mu_act){.seat = "facilitator", .verb = "take_back", .object = number});
}

/* Something of everything that such a page shows; what was done may be taken back. */
static void something(table *t, long draw)
{
    static const char *const played[] = {"card:first", "card:second", "card:order"}, *const ratings[] = {"P", "S", "M", "U"};
    char object[40];
    snprintf(object, sizeof object, draw / 16 % 4 ? "message:%ld" : "task:%ld", draw / 16 % 4 ? (long)mu_run_messages(t->drill.run) - 1 - draw / 64 % 4 : draw / 64 % 12);
    const mu_act acts[] = {
        {.seat = "facilitator", .verb = "play", .object = played[draw / 16 % 3]},
        {.seat = "facilitator", .verb = "send", .object = "person:ana", .text = "words"},
        {.seat = "browser", .person = "person:ana", .verb = "acknowledge", .object = object},
        {.seat = "browser", .person = "person:ana", .verb = "done", .object = object},
        {.seat = "browser", .person = "person:ana", .verb = "answer", .object = "prompt:0", .choice = "now"},
        {.seat = "browser", .person = "person:ana", .verb = "improvise", .text = "something"},
        {.seat = "browser", .person = "person:ben", .verb = "ask", .text = "how many"},
        {.seat = "facilitator", .verb = "send", .object = "person:ben", .text = "nine"},
        {.seat = "evaluator Kim", .verb = "rate", .object = "look", .choice = ratings[draw / 16 % 4], .text = "so it was"},
        {.seat = "evaluator Kim", .verb = "note", .text = "seen", .via = "look", .choice = "area"},
        {.seat = "evaluator Kim", .verb = "gap", .object = "role:comms_lead", .choice = "COM-01", .text = "nobody knew"}};
    if (draw / 16 % 4 == 1)
        take_back(t); /* the one before, which every page has shown */
    act(t, acts[draw % (long)(sizeof acts / sizeof *acts)]);
    for (long k = draw % 5; k < 5; k++) {
        t->steady += draw % 4 * MU_LAPSE / 4;
        mu_stage_pass(t->stage);
    }
}

/* What a push makes of it is the page, written anew. */
static void is_the_page(table *t, mu_route route, int seat, stream *s)
{
    mu_buf push = {0}, page = {0};
    if (mu_answer_news(t->stage, route, seat, &s->has, &push))
        browser_takes(&s->page, push.text, push.len);
    mu_page_live(t->stage, route, seat, &page);
    assert_int_equal(s->page.len, page.len);
    assert_memory_equal(s->page.text, page.text, page.len);
    mu_buf_free(&push);
    mu_buf_free(&page);
}

static int open_by_the_record(const table *t, int64_t person)
{
    const mu_run *r = t->drill.run;
    int count = 0;
    for (int64_t p = 0; p < mu_run_prompts(r); p++)
        count += mu_run_prompt_person(r, p) == person;
    for (int64_t m = 0; m < mu_run_messages(r); m++)
        count += mu_run_message_open(r, m) && mu_run_message_person(r, m) == person && mu_symbol_number(mu_run_message_about(r, m), MU_PROMPT_N) < 0;
    return count;
}

/* Of each event since the last look, by the names that are kept and by all of the record. */
static void the_words_are_the_same(const table *t, size_t *looked)
{
    mu_arena *arena = mu_arena_new();
    const mu_report *kept = mu_tally_words(t->stage, arena), *afresh = mu_report_words(t->stage->plan, t->stage->journal, arena);
    while (*looked < mu_journal_count(t->stage->journal)) {
        ++*looked;
        assert_string_equal(mu_event_words(kept, (uint32_t)*looked), mu_event_words(afresh, (uint32_t)*looked));
    }
    mu_arena_free(arena);
}

static void one_objective(const mu_aar_objective *kept, const mu_aar_objective *afresh)
{
    assert_true(kept->proposed == afresh->proposed && kept->given == afresh->given && kept->given_event == afresh->given_event && kept->unobserved == afresh->unobserved);
    assert_int_equal(kept->said_count, afresh->said_count);
    for (int i = 0; i < kept->said_count; i++)
        assert_true(kept->said[i].event == afresh->said[i].event && strcmp(kept->said[i].text, afresh->said[i].text) == 0);
    assert_int_equal(kept->task_count, afresh->task_count);
    for (int i = 0; i < kept->task_count; i++) {
        const mu_aar_task *a = &kept->tasks[i], *b = &afresh->tasks[i];
        assert_string_equal(a->outcome, b->outcome);
        assert_true(a->rating == b->rating && memcmp(a->events, b->events, sizeof a->events) == 0);
    }
}

/* By what is kept of it, and judged by the whole record. */
static void the_guide_is_the_same(const table *t)
{
    mu_arena *arena = mu_arena_new();
    const mu_aar *kept = mu_tally_guide(t->stage), *afresh = mu_aar_so_far(mu_report_words(t->stage->plan, t->stage->journal, arena));
    assert_int_equal(kept->objective_count, afresh->objective_count);
    for (int i = 0; i < kept->objective_count; i++)
        one_objective(&kept->objectives[i], &afresh->objectives[i]);
    mu_arena_free(arena);
}

static void what_is_kept_of_the_record_is_what_the_record_says(void **state)
{
    table t;
    stream lead = {0}, guide = {0};
    mu_waits waits[64];
    size_t looked = 0;
    (void)state;
    lay(&t, judged);
    player(&t, "person:ana");
    player(&t, "person:ben");
    (void)mu_seats_add(t.seats, PART_LEAD, "the facilitator");
    (void)mu_seats_add(t.seats, PART_EVALUATOR, "Kim");
    assert_true(mu_stage_begin(t.stage) && mu_run_world(t.drill.run)->person_count < 64);
    srandom(11);
    for (int step = 0; step < 400; step++) {
        something(&t, random());
        is_the_page(&t, ROUTE_LEAD, 2, &lead);
        is_the_page(&t, ROUTE_RATE, 3, &guide);
        the_words_are_the_same(&t, &looked);
        the_guide_is_the_same(&t);
        mu_tally_open(t.stage, waits);
        for (int i = 0; i < mu_run_world(t.drill.run)->person_count; i++)
            assert_int_equal(waits[i].count, open_by_the_record(&t, mu_stage_symbol(t.stage, i)));
    }
    assert_true(strstr(lead.page.text, "Asked of you") && strstr(guide.page.text, "by evaluator Kim"));
    assert_true(strstr(guide.page.text, ", Communications: nobody knew</p>") && !strstr(guide.page.text, ", role:comms_lead: "));
    look_away(&lead);
    look_away(&guide);
    clear(&t);
}

/* ---- the clock ---- */

/* What the test knows of the time: milliseconds of people's time that have passed, and how it stands. */
typedef struct model {
    int64_t spent;
    bool paused;
} model;

static mu_journal *copy_of(mu_journal *j)
{
    mu_journal *copy = mu_journal_new();
    for (size_t n = 1; n <= mu_journal_count(j); n++) {
        mu_event e = *mu_journal_event(j, n);
        for (int i = 0; i < MU_FIELDS && mu_event_kinds[e.kind].fields[i].key; i++)
            if (mu_event_kinds[e.kind].fields[i].type == F_NAME)
                e.arg[i] = mu_symbol(mu_journal_symbols(copy), mu_symbol_text(mu_journal_symbols(j), e.arg[i]));
        (void)mu_journal_add(copy, &e);
    }
    return copy;
}

/* Killed, and taken up again `away` later, by the record alone. */
static void kill_and_take_up(table *t, int64_t away, const char *const *players, int count)
{
    mu_journal *recorded = copy_of(t->drill.journal);
    int64_t was = mu_stage_now(t->stage);
    mu_stage_free(t->stage);
    mu_drill_unmake(&t->drill);
    t->steady += away;
    make_run(t);
    mu_journal_expect(t->drill.journal, recorded);
    mu_run_players(t->drill.run, (mu_names_list){players, count});
    assert_true(mu_run_start(t->drill.run));
    mu_drill_replay_acts(&t->drill, recorded, false);
    mu_drill_until(&t->drill, was);
    assert_int_equal(mu_journal_differs(t->drill.journal, NULL), 0);
    mu_stage_again(t->stage, away);
    mu_journal_expect(t->drill.journal, NULL);
    mu_journal_free(recorded);
}

static void operate(table *t, model *m, long draw)
{
    static const char *const players[] = {"ana", "ben"};
    int64_t ms = draw / 16 % 240000;
    char text[32];
    switch (draw % 8) {
    case 0:
        if (!m->paused)
            act(t, (mu_act){.seat = "facilitator", .verb = "pause"});
        m->paused = true;
        break;
    case 1:
        if (m->paused)
            act(t, (mu_act){.seat = "facilitator", .verb = "resume"});
        m->paused = false;
        break;
    case 2:
        snprintf(text, sizeof text, "%lld", (long long)(mu_stage_now(t->stage) + ms));
        act(t, (mu_act){.seat = "facilitator", .verb = "jump", .choice = text});
        break;
    case 3: /* the machine sleeps */
        t->steady += ms > MU_LAPSE ? ms : MU_LAPSE + 1;
        mu_stage_pass(t->stage);
        break;
    case 4: kill_and_take_up(t, ms, players, 2); break;
    default:
        for (int64_t left = ms / 8; left > 0; left -= 900) {
            int64_t step = left < 900 ? left : 900;
            t->steady += step;
            m->spent += m->paused ? 0 : step;
            mu_stage_pass(t->stage);
        }
    }
}

static int count_of(table *t, mu_kind_of_event kind, const char *card, int64_t *at)
{
    int count = 0;
    for (size_t n = 1; n <= mu_journal_count(t->drill.journal); n++) {
        const mu_event *e = mu_journal_event(t->drill.journal, n);
        if (e->kind != kind || strcmp(mu_journal_text(t->drill.journal, e, "card"), card) != 0)
            continue;
        *at = e->t;
        count++;
    }
    return count;
}

/* Each card came at its own minute, once, or is held, or is still to come: never lost, never late in a bunch. */
static void every_card_is_accounted_for(table *t)
{
    const mu_msel *m = t->drill.msel;
    for (int i = 0; i < m->card_count; i++) {
        char name[80];
        int64_t at = -1;
        snprintf(name, sizeof name, "card:%s", m->cards[i].name);
        int came = count_of(t, EV_INJECT_DELIVERED, name, &at);
        const char *state = mu_run_card_state(t->drill.run, i);
        if (came)
            assert_true(came == 1 && at == m->cards[i].at && strcmp(state, "played") == 0);
        else if (m->cards[i].at < mu_stage_now(t->stage))
            assert_string_equal(state, "held");
        else
            assert_true(strcmp(state, "to come") == 0 || strcmp(state, "held") == 0);
    }
}

static void no_card_is_lost_and_no_pause_counts(void **state)
{
    int kept_waiting = 0;
    (void)state;
    srandom(5);
    for (int turn = 0; turn < CLOCKS; turn++) {
        table t;
        lay(&t, cards);
        player(&t, "person:ana");
        player(&t, "person:ben");
        assert_true(mu_stage_begin(t.stage));
        send_to(&t, "person:ana", 0);
        int64_t message = mu_run_messages(t.drill.run) - 1;
        model m = {0};
        for (int i = 0; i < OPERATIONS && !mu_run_over(t.drill.run) && m.spent < 40 * MINUTE && mu_stage_now(t.stage) < 9 * 60 * MINUTE; i++)
            operate(&t, &m, random());
        every_card_is_accounted_for(&t);
        char object[40];
        snprintf(object, sizeof object, "message:%lld", (long long)message);
        mu_act a = {.seat = "browser", .person = "person:ana", .verb = "acknowledge", .object = object};
        assert_null(mu_stage_post(t.stage, &a));
        for (size_t n = mu_journal_count(t.drill.journal); n > 0; n--)
            if (mu_journal_event(t.drill.journal, n)->kind == EV_NOTIFY_ACK && mu_journal_value(t.drill.journal, mu_journal_event(t.drill.journal, n), "message") == message) {
                assert_int_equal(mu_journal_value(t.drill.journal, mu_journal_event(t.drill.journal, n), "took"), m.spent);
                kept_waiting += m.spent > 0;
                break;
            }
        clear(&t);
    }
    assert_true(kept_waiting > CLOCKS / 2);
}

/* ---- what came due while it was away ---- */

static int held(table *t)
{
    int count = 0;
    for (int i = 0; i < t->drill.msel->card_count; i++)
        count += strcmp(mu_run_card_state(t->drill.run, i), "held") == 0;
    return count;
}

static void what_came_due_meanwhile_is_held_with_its_drift(void **state)
{
    static const char *const players[] = {"ana", "ben"};
    table t;
    int64_t at = -1;
    (void)state;
    lay(&t, cards);
    player(&t, "person:ana");
    player(&t, "person:ben");
    assert_true(mu_stage_begin(t.stage));
    for (int i = 0; i < 30; i++) {
        t.steady += 1000;
        mu_stage_pass(t.stage);
    }
    kill_and_take_up(&t, 120000, players, 2); /* cards of 67 s and 114 s */
    assert_int_equal(mu_stage_now(t.stage), 150000);
    assert_int_equal(held(&t), 2);
    assert_int_equal(t.stage->state, STATE_RUNNING);
    assert_int_equal(count_of(&t, EV_INJECT_DELIVERED, "card:c1", &at), 0);
    act(&t, (mu_act){.seat = "facilitator", .verb = "play", .object = "card:c1"});
    assert_int_equal(count_of(&t, EV_INJECT_DELIVERED, "card:c1", &at), 1);
    assert_int_equal(count_of(&t, EV_INJECT_DEFERRED, "card:c1", &at), 1);
    for (size_t n = 1; n <= mu_journal_count(t.drill.journal); n++)
        if (mu_journal_event(t.drill.journal, n)->kind == EV_INJECT_DEFERRED)
            assert_int_equal(mu_journal_value(t.drill.journal, mu_journal_event(t.drill.journal, n), "drift"), 150000 - 67000);
    clear(&t);
}

static void after_a_long_absence_the_facilitator_decides(void **state)
{
    static const char *const players[] = {"ana"};
    table t;
    (void)state;
    lay(&t, cards);
    player(&t, "person:ana");
    assert_true(mu_stage_begin(t.stage));
    t.steady += 1000;
    mu_stage_pass(t.stage);
    kill_and_take_up(&t, 2 * 3600000, players, 1);
    assert_int_equal(t.stage->state, STATE_PAUSED);
    assert_int_equal(mu_stage_now(t.stage), 1000);
    assert_int_equal(held(&t), 0);
    clear(&t);
}

/* ---- twice is once ---- */

static void an_act_that_comes_again_is_the_same_act(void **state)
{
    table t;
    (void)state;
    lay(&t, quiet);
    player(&t, "person:ana");
    assert_true(mu_stage_begin(t.stage));
    for (int i = 0; i < 5; i++)
        act(&t, (mu_act){.seat = "browser", .person = "person:ana", .verb = "improvise", .text = "once", .id = "0.x"});
    act(&t, (mu_act){.seat = "browser", .person = "person:ana", .verb = "acknowledge", .object = "message:99", .id = "0.y"}); /* refused: its id is free */
    act(&t, (mu_act){.seat = "browser", .person = "person:ana", .verb = "improvise", .text = "twice", .id = "0.y"});
    int improvised = 0;
    for (size_t n = 1; n <= mu_journal_count(t.drill.journal); n++)
        improvised += mu_journal_event(t.drill.journal, n)->kind == EV_IMPROVISE;
    assert_int_equal(improvised, 2);
    assert_int_equal(t.stage->acted[0], 2);
    clear(&t);
}

static void write_file(char *path, const char *name, const char *text)
{
    snprintf(path, 400, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_true(f && fputs(text, f) >= 0 && fclose(f) == 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_act_that_comes_again_is_the_same_act), cmocka_unit_test(a_player_is_sent_the_same_bytes_whatever_others_receive),
                                       cmocka_unit_test(a_page_that_nobody_answers_does_not_grow), cmocka_unit_test(no_card_is_lost_and_no_pause_counts), cmocka_unit_test(what_came_due_meanwhile_is_held_with_its_drift),
                                       cmocka_unit_test(after_a_long_absence_the_facilitator_decides),
                                       cmocka_unit_test(what_is_kept_of_the_record_is_what_the_record_says)};
    mu_buf text = {0};
    if (argc < 3)
        return 2;
    folder = argv[1];
    snprintf(plan, sizeof plan, "%s", argv[2]);
    write_file(quiet, "quiet.lua", "exercise { title = \"T\", kind = \"account_takeover\", starts = \"2026-07-10 10:00\", lasts = \"10h\", severity = \"sev2\" }\n"
                                   "inject \"last\" { at = \"9h\", from = \"x\", to = \"person:finn\", via = \"phone\", says = \"y\" }\n");
    write_file(judged, "judged.lua", "exercise { title = \"T\", kind = \"account_takeover\", starts = \"2026-07-10 10:00\", lasts = \"10h\", severity = \"sev1\", objectives = { \"look: Somebody looks\" } }\n"
                                     "inject \"first\" { at = \"9h\", from = \"x\", to = \"person:ana\", via = \"phone\", says = \"y\", expect = { \"triage\", within = \"30m\" }, tests = \"look\" }\n"
                                     "inject \"second\" { at = \"9h\", from = \"x\", to = \"person:ben\", via = \"phone\", says = \"y\" }\n"
                                     "question \"order\" { to = \"person:ana\", asks = \"What?\", answers = { \"now: Now\", \"later: Later\" }, within = \"20m\", tests = \"look\" }\n");
    mu_buf_puts(&text, "exercise { title = \"T\", kind = \"account_takeover\", starts = \"2026-07-10 10:00\", lasts = \"10h\", severity = \"sev2\" }\n");
    for (int i = 0; i < 120; i++)
        mu_buf_printf(&text, "inject \"c%d\" { at = \"%ds\", from = \"x\", to = \"person:ben\", via = \"phone\", says = \"y\" }\n", i, 20 + i * 47);
    write_file(cards, "cards.lua", text.text);
    mu_buf_free(&text);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
