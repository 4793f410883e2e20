#include <stdlib.h>

#include "table.h"

/* Plays story 0 with one outcome for every verb; writes what it wished for as one line. */
typedef struct play {
    table t;
    mu_teller teller;
    mu_wish wish;
    mu_outcome in;
    mu_buf log;
} play;

static play begin(const char *story)
{
    play p = {0};
    mu_buf source = {0};
    mu_buf_puts(&source, HEAD QUESTION INJECT);
    mu_buf_puts(&source, story);
    p.t = table_lay(source.text);
    if (!p.t.scenario)
        fail_msg("%s", p.t.said.text);
    mu_buf_free(&source);
    p.teller = mu_scenario_teller(p.t.scenario);
    assert_true(p.teller.restart(p.teller.self));
    return p;
}

static void end(play *p)
{
    mu_buf_free(&p->log);
    table_clear(&p->t);
}

static void step(play *p, int story, const mu_outcome *in)
{
    static const char *const words[] = {"wait", "deliver", "ask",  "await",  "phase", "fact",  "aware",
                                        "note", "chance",  "pick", "finish", "end",   "failed"};
    p->teller.step(p->teller.self, story, in, &p->wish);
    mu_buf_printf(&p->log, "%s", words[p->wish.verb]);
    if (p->wish.verb == MU_SAYS_WAIT)
        mu_buf_printf(&p->log, "=%lld", (long long)p->wish.ms);
    if (p->wish.card >= 0)
        mu_buf_printf(&p->log, "=%d", p->wish.card);
    if (p->wish.number)
        mu_buf_printf(&p->log, "=%lld", (long long)p->wish.number);
    if (p->wish.text)
        mu_buf_printf(&p->log, "=%s", p->wish.text);
    mu_buf_puts(&p->log, " ");
}

static const char *run(play *p, int story, mu_outcome in)
{
    p->log.len = 0;
    step(p, story, NULL);
    for (int i = 0; i < 100 && p->wish.verb < MU_SAYS_FINISH; i++)
        step(p, story, &in);
    return p->log.text;
}

static void tells(const char *story, mu_outcome in, const char *expected)
{
    play p = begin(story);
    const char *log = run(&p, 0, in);
    if (strncmp(log, expected, strlen(expected)) != 0)
        fail_msg("for\n%s\nexpected\n  %s\nbut it told\n  %s", story, expected, log);
    end(&p);
}

#define STORY(body) "story 's' (function () " body " end)"

static void every_verb_says_what_it_wants(void **state)
{
    (void)state;
    tells(STORY("wait '5m' deliver 'i' ask 'q' await 'i' phase 'detect' fact 'cut_off' aware 'ransom_demand' note 'n' "
                "chance(30) pick(4) finish 'f'"),
          (mu_outcome){.number = 1},
          "wait=300000 deliver=1 ask=0 await=1 phase=detect fact=cut_off aware=ransom_demand note=n chance=30 pick=4 "
          "finish=f ");
    tells(STORY("wait '5m'"), (mu_outcome){0}, "wait=300000 end ");
    tells(STORY("finish()"), (mu_outcome){0}, "finish= ");
}

static void a_story_learns_the_outcome_of_what_it_asked(void **state)
{
    (void)state;
    tells(STORY("local o = ask 'q' note(tostring(o.yes) .. ' ' .. tostring(o.no) .. ' ' .. tostring(o.late) .. ' ' .. "
                "tostring(o.silence) .. ' ' .. o.by .. ' ' .. o.took)"),
          (mu_outcome){.answer = "yes", .by = "person:bo", .late = true, .took = 61000},
          "ask=0 note=true false true false person:bo 61000 end ");
    tells(STORY("local o = ask 'q' note(tostring(o.yes) .. ' ' .. tostring(o.silence) .. ' ' .. tostring(o.by))"),
          (mu_outcome){.silence = true}, "ask=0 note=false true nil end ");
    tells(STORY("if chance(50) then note 'a' else note 'b' end"), (mu_outcome){.number = 1}, "chance=50 note=a end ");
    tells(STORY("if chance(50) then note 'a' else note 'b' end"), (mu_outcome){.number = 0}, "chance=50 note=b end ");
    tells(STORY("note(pick { 'x', 'y', 'z' })"), (mu_outcome){.number = 3}, "pick=3 note=z end ");
    tells(STORY("note('n' .. pick(5))"), (mu_outcome){.number = 2}, "pick=5 note=n2 end ");
    tells(STORY("local a, b, c = deliver 'i', await 'i', wait '1m' note(tostring(a) .. tostring(b) .. tostring(c))"),
          (mu_outcome){.number = 2}, "deliver=1 await=1 wait=60000 note=nilnilnil end ");
}

static void a_wrong_word_in_a_story_fails_the_story_and_says_what_would_be_right(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {STORY("local o = ask 'q' if o.yess then end"),
         "ask=0 failed=question \"q\" has no answer \"yess\" (did you mean \"yes\"?) "},
        {STORY("local o = ask 'q' o.yes = true"), "ask=0 failed=what was answered cannot be changed "},
        {STORY("deliver('j' .. '')"), "failed=deliver: no card is called \"j\" (did you mean \"i\"?) "},
        {STORY("ask('i' .. '')"), "failed=ask puts a question, and \"i\" is an inject"},
        {STORY("deliver('q' .. '')"), "failed=deliver plays an inject, and \"q\" is a question"},
        {STORY("wait('5' .. 'x')"), "failed=wait: \"5x\" is not a duration"},
        {STORY("wait(5)"), "failed=wait takes a text, not a number"},
        {STORY("phase('p' .. 'q')"), "failed=phase: unknown phase \"pq\""},
        {STORY("fact('cut' .. 'off')"), "failed=fact: unknown fact \"cutoff\" (did you mean \"cut_off\"?) "},
        {STORY("note('\\xff')"), "failed=the text of note holds a byte that is not UTF-8"},
        {STORY("note('\\27[2J')"), "failed=the text of note holds a control character"},
        {STORY("chance(101)"), "failed=chance takes a percentage from 0 to 100"},
        {STORY("pick {}"), "failed=pick takes 1 to 10000 items"},
        {STORY("inject 'x' {}"), "failed=inject belongs at the top of the file, not in a story"},
        {STORY("story 'x' (function () end)"), "failed=story belongs at the top of the file, not in a story"},
        {STORY("exercise {}"), "failed=exercise belongs at the top"},
        {STORY("use 'x' .. ''"), ""},
        {STORY("local x = nil x.y = 1"), "failed=attempt to index a nil value (local 'x') "},
        {STORY("total = 1"), "failed=there is no variable \"total\" to set"},
        {STORY("notee 'x'"), "failed=unknown word \"notee\" (did you mean \"note\"?) "},
        {STORY("table.sort({ 1, 2 }, function () wait '1m' end)"),
         "failed=wait cannot be said while table.sort compares "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (*cases[i][1])
            tells(cases[i][0], (mu_outcome){0}, cases[i][1]);
}

static void a_verb_at_the_top_is_refused(void **state)
{
    (void)state;
    static const char *const verbs[] = {"wait '1m'",      "deliver 'i'",    "ask 'q'",         "await 'i'",
                                        "phase 'detect'", "fact 'cut_off'", "aware 'cut_off'", "note 'x'",
                                        "chance(5)",      "pick(2)",        "finish()"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        mu_buf source = {0}, expected = {0};
        mu_buf_printf(&source, HEAD QUESTION INJECT "  %s", verbs[i]);
        mu_buf_printf(&expected, "4:3 114 %.*s belongs inside a story", (int)strcspn(verbs[i], " ("), verbs[i]);
        table_says(source.text, expected.text);
        mu_buf_free(&source);
        mu_buf_free(&expected);
    }
}

static void a_story_knows_where_it_stands(void **state)
{
    (void)state;
    play p = begin("story 's' (function ()\n  note 'x' wait '1m'\n  local y = nil + 1\nend)");
    step(&p, 0, NULL);
    assert_int_equal(mu_scenario_where(p.t.scenario, 0).line, 5);
    assert_int_equal(mu_scenario_where(p.t.scenario, 0).column, 3);
    step(&p, 0, NULL);
    assert_int_equal(mu_scenario_where(p.t.scenario, 0).column, 12);
    step(&p, 0, NULL);
    assert_int_equal(p.wish.verb, MU_SAYS_FAILED);
    assert_int_equal(p.wish.at.line, 6);
    assert_string_equal(p.wish.at.file, "s.lua");
    end(&p);
}

static void stories_are_told_side_by_side(void **state)
{
    (void)state;
    play p = begin("story 'a' (function () wait '1m' wait '2m' end) story 'b' (function () wait '3m' wait '4m' end)");
    step(&p, 0, NULL);
    step(&p, 1, NULL);
    step(&p, 0, NULL);
    step(&p, 1, NULL);
    step(&p, 1, NULL);
    step(&p, 0, NULL);
    assert_string_equal(p.log.text, "wait=60000 wait=180000 wait=120000 wait=240000 end end ");
    end(&p);
}

static void a_story_that_fails_takes_no_other_with_it(void **state)
{
    (void)state;
    play p = begin(
        "story 'a' (function () wait '1m' local x = nil + 1 end) story 'b' (function () wait '3m' wait '4m' end)");
    step(&p, 0, NULL);
    step(&p, 1, NULL);
    step(&p, 0, NULL);
    assert_int_equal(p.wish.verb, MU_SAYS_FAILED);
    step(&p, 1, NULL);
    assert_int_equal(p.wish.ms, 240000);
    step(&p, 0, NULL);
    assert_int_equal(p.wish.verb, MU_SAYS_END);
    end(&p);
}

/* What a run leaves behind must not be seen by the next: in variables of every kind that stories can share. */
static void a_new_run_is_as_new(void **state)
{
    (void)state;
    static const char *const kept[] = {
        "local n = 0 story 's' (function () n = n + 1 note('n' .. n) end)",
        "local t = {} story 's' (function () t[#t + 1] = 1 note('n' .. #t) end)",
        "local n = 0 local function up() n = n + 1 return n end story 's' (function () note('n' .. up()) up = nil end)",
        "local function m() return 1 end story 's' (function () note('n' .. m()) m = function () return 2 end end)",
        "local t = { {}, 1 } local k = pairs(t) story 's' (function () note('n' .. k()) end)",
        "local t = { a = { b = {} } } story 's' (function () t.a.b[#t.a.b + 1] = 0 note('n' .. #t.a.b) wait '1m' end)",
        "story 's' (function () local o = ask 'q' note 'n1' end)",
    };
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        play p = begin(kept[i]);
        char *first = strdup(run(&p, 0, (mu_outcome){.answer = "yes", .number = 1}));
        assert_non_null(strstr(first, "note=n1 "));
        for (int again = 0; again < 3; again++) {
            assert_true(p.teller.restart(p.teller.self));
            assert_string_equal(run(&p, 0, (mu_outcome){.answer = "yes", .number = 1}), first);
        }
        free(first);
        end(&p);
    }
}

static void a_run_that_is_left_in_the_middle_begins_again_from_the_top(void **state)
{
    (void)state;
    play p = begin(STORY("for i = 1, 3 do wait '1m' note('n' .. i) end"));
    step(&p, 0, NULL);
    step(&p, 0, NULL);
    assert_true(p.teller.restart(p.teller.self));
    assert_string_equal(run(&p, 0, (mu_outcome){0}), "wait=60000 note=n1 wait=60000 note=n2 wait=60000 note=n3 end ");
    end(&p);
}

static void a_story_cannot_talk_without_end(void **state)
{
    (void)state;
    play p = begin(STORY("while true do note 'x' end"));
    long steps = 0;
    for (; p.wish.verb != MU_SAYS_FAILED && steps < 20000; steps++)
        p.teller.step(p.teller.self, 0, NULL, &p.wish);
    assert_int_equal(steps, 10001);
    assert_string_equal(p.wish.text, "stopped: more than 10000 verbs without time passing");
    end(&p);
    p = begin(STORY("while true do wait '1s' end"));
    for (steps = 0; p.wish.verb != MU_SAYS_FAILED && steps < 200000; steps++)
        p.teller.step(p.teller.self, 0, NULL, &p.wish);
    assert_int_equal(steps, 100001);
    assert_string_equal(p.wish.text, "stopped: more than 100000 verbs in one story");
    end(&p);
}

static void a_script_that_used_up_its_memory_is_over_until_it_is_made_anew(void **state)
{
    (void)state;
    play p = begin("story 'a' (function () wait '1m' local t = {} for i = 1, 5000 do local u = {} for j = 1, 60 do "
                   "u[j] = {} end t[i] = u end end) story 'b' (function () wait '3m' note 'b' end)");
    step(&p, 1, NULL);
    step(&p, 0, NULL);
    step(&p, 0, NULL);
    assert_int_equal(p.wish.verb, MU_SAYS_FAILED);
    assert_string_equal(p.wish.text, "stopped: more than 16777216 bytes of memory");
    step(&p, 1, NULL);
    assert_int_equal(p.wish.verb, MU_SAYS_FAILED);
    assert_true(p.teller.restart(p.teller.self));
    assert_string_equal(run(&p, 1, (mu_outcome){0}), "wait=180000 note=b end ");
    end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_verb_says_what_it_wants),
        cmocka_unit_test(a_story_learns_the_outcome_of_what_it_asked),
        cmocka_unit_test(a_wrong_word_in_a_story_fails_the_story_and_says_what_would_be_right),
        cmocka_unit_test(a_verb_at_the_top_is_refused),
        cmocka_unit_test(a_story_knows_where_it_stands),
        cmocka_unit_test(stories_are_told_side_by_side),
        cmocka_unit_test(a_story_that_fails_takes_no_other_with_it),
        cmocka_unit_test(a_new_run_is_as_new),
        cmocka_unit_test(a_run_that_is_left_in_the_middle_begins_again_from_the_top),
        cmocka_unit_test(a_story_cannot_talk_without_end),
        cmocka_unit_test(a_script_that_used_up_its_memory_is_over_until_it_is_made_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
