/* Whether a scenario that has been played before tells the same as one that is new. */
#include "base/draw.h"
#include "table.h"

enum { RUNS = 60, MOST = 60 };

static mu_outcome drawn(int run, int story, int n, const mu_wish *w, const mu_msel *m)
{
    uint32_t d = mu_draw((uint64_t)run, (uint64_t)story, (uint64_t)n);
    mu_outcome in = {.late = d % 7 == 0, .silence = d % 3 == 0, .took = (int64_t)(d >> 8) % 4 * 60000};
    if (w->verb == MU_SAYS_ASK && !in.silence) {
        in.answer = m->cards[w->card].answers[d % 2].id;
        in.by = d % 5 ? m->cards[w->card].to.list[0].text : "role:counsel";
    }
    in.number = w->verb == MU_SAYS_CHANCE ? d % 2 : w->verb == MU_SAYS_PICK ? 1 + d % w->number : 0;
    return in;
}

static void write(mu_buf *log, int story, const mu_wish *w)
{
    mu_buf_printf(log, "%d:%d card %d ms %lld number %lld text %s\n", story, (int)w->verb, w->card, (long long)w->ms, (long long)w->number,
                  w->text ? w->text : "-");
}

/* All stories in turn, a wish of each at a time. */
static void play(mu_scenario *s, int run, mu_buf *log)
{
    mu_teller t = mu_scenario_teller(s);
    const mu_msel *m = mu_scenario_msel(s);
    mu_wish wishes[8] = {0};
    log->len = 0;
    assert_true(t.restart(t.self));
    for (int n = 0; n < MOST; n++)
        for (int i = 0; i < m->story_count; i++) {
            if (n > 0 && wishes[i].verb >= MU_SAYS_FINISH)
                continue;
            mu_outcome in = drawn(run, i, n, &wishes[i], m);
            t.step(t.self, i, n ? &in : NULL, &wishes[i]);
            write(log, i, &wishes[i]);
        }
}

static void again_as_new(const char *stories)
{
    mu_buf source = {0}, old = {0}, new = {0};
    mu_buf_printf(&source, "%s%s%s%s", HEAD, QUESTION, INJECT, stories);
    table t = table_lay(source.text);
    assert_non_null(t.scenario);
    for (int run = 0; run < RUNS; run++) {
        play(t.scenario, run, &old);
        table fresh = table_lay(source.text);
        play(fresh.scenario, run, &new);
        table_clear(&fresh);
        assert_string_equal(old.text, new.text);
    }
    table_clear(&t);
    mu_buf_free(&source);
    mu_buf_free(&old);
    mu_buf_free(&new);
}

static void a_story_that_reads_answers(void **state)
{
    (void)state;
    again_as_new("story 's' (function () wait '1m' local o = ask 'q' if o.yes then note 'yes' elseif o.silence then wait '5m' end "
                 "if o.late then deliver 'i' end local p = ask 'q' if p.no and o.yes then note 'changed' end end)");
}

static void a_story_that_reads_how_long_it_took_and_by_whom(void **state)
{
    (void)state;
    again_as_new("story 's' (function () local o = ask 'q' if o.took > 60000 then note('slow ' .. o.took) end wait '1m' end) "
                 "story 't' (function () local o = ask 'q' if o.by then note(o.by) end wait '1m' o = ask 'q' note(tostring(o.by)) end)");
}

static void a_story_that_draws(void **state)
{
    (void)state;
    again_as_new("story 's' (function () for i = 1, 6 do if chance(30) then note('hit ' .. i) end local n = pick(3) note('pick ' .. n) "
                 "note(pick { 'a', 'b' }) end end)");
}

static void a_story_that_goes_more_ways_than_are_kept(void **state)
{
    (void)state;
    again_as_new("story 's' (function () for i = 1, 25 do local o = ask 'q' note(o.took .. (o.yes and 'y' or o.late and 'l' or '-')) end end)");
}

static void stories_that_share_a_variable(void **state)
{
    (void)state;
    again_as_new("local seen = 0 story 's' (function () for i = 1, 4 do if ask('q').yes then seen = seen + 1 end end end) "
                 "story 't' (function () for i = 1, 6 do wait '1m' note('seen ' .. seen) end end)");
    again_as_new("local seen = {} story 's' (function () for i = 1, 4 do if ask('q').yes then seen[#seen + 1] = i end end end) "
                 "story 't' (function () for i = 1, 6 do wait '1m' note('seen ' .. #seen) end end)");
}

static void stories_that_share_a_function(void **state)
{
    (void)state;
    again_as_new("local function twice() local o = ask 'q' return o.yes or ask('q').yes end "
                 "story 's' (function () if twice() then note 'yes' end end)");
    again_as_new("local count = 0 local function more() count = count + 1 return count end "
                 "story 's' (function () if ask('q').yes then more() end wait '1m' note('n ' .. more()) end) "
                 "story 't' (function () wait '1m' note('n ' .. more()) end)");
}

static void a_story_that_fails_on_one_way(void **state)
{
    (void)state;
    again_as_new("story 's' (function () wait '1m' local o = ask 'q' if o.late then wait(1) end note 'ok' "
                 "if ask('q').silence then local x = nil + 1 end end)");
}

static void where_a_recalled_story_stands(void **state)
{
    (void)state;
    table t = table_lay(HEAD QUESTION INJECT "story 's' (function ()\n  wait '1m'\n  local o = ask 'q'\n  if o.yes then\n    note 'x'\n  end\nend)");
    mu_teller teller = mu_scenario_teller(t.scenario);
    mu_wish w;
    for (int run = 0; run < 3; run++) {
        assert_true(teller.restart(teller.self));
        teller.step(teller.self, 0, NULL, &w);
        teller.step(teller.self, 0, &(mu_outcome){0}, &w);
        if (run != 1)
            assert_int_equal(mu_scenario_where(t.scenario, 0).line, 6);
        teller.step(teller.self, 0, &(mu_outcome){.answer = "yes"}, &w);
        assert_int_equal(w.verb, MU_SAYS_NOTE);
        assert_int_equal(mu_scenario_where(t.scenario, 0).line, 8);
    }
    table_clear(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_story_that_reads_answers),
        cmocka_unit_test(a_story_that_reads_how_long_it_took_and_by_whom),
        cmocka_unit_test(a_story_that_draws),
        cmocka_unit_test(a_story_that_goes_more_ways_than_are_kept),
        cmocka_unit_test(stories_that_share_a_variable),
        cmocka_unit_test(stories_that_share_a_function),
        cmocka_unit_test(a_story_that_fails_on_one_way),
        cmocka_unit_test(where_a_recalled_story_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
