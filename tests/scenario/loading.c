#include "table.h"

static void a_scenario_lays_its_cards_on_the_table(void **state)
{
    (void)state;
    table t = table_lay(
        "exercise { title = 'T', kind = 'ransomware', starts = '2026-03-06 17:40', lasts = '3h', severity = 'sev1',\n"
        "  objectives = { 'one: First', 'two:  Second' } }\n"
        "artefact 'paper' { kind = 'mail', body = [[Hello]] }\n"
        "inject 'a' { at = '5m', class = 'contingency', from = 'x', to = { 'commander', 'person:bo', 'team:all', 'lab' "
        "== 1 and '' or 'external:lab' },\n"
        "  via = 'phone', says = 'Look', expect = { 'isolate', 'look_up', within = '15m' }, unless = 'declare', tests "
        "= 'two',\n"
        "  down = { 'signon', 'till', 'channel:mail', 'resource:console' }, up = 'signon', away = { 'ana' }, back = "
        "'bo',\n"
        "  facts = { 'cut_off', 'ransom_demand' }, shows = { 'paper' }, attack = { 'T1486', 'T1078.004' }, hold = "
        "true, controller = 'c' }\n"
        "question 'b' { at = '6m', to = 'counsel', asks = 'What?', answers = { 'yes: Yes, now', 'no:   No' }, within = "
        "'20m' }\n"
        "decision 'c' { at = '7m', to = 'commander', asks = 'Cut?', answers = { 'isolate: Cut', 'wait: Wait' } }\n"
        "inject 'd' { at = '8m', one_of = 'g', to = 'commander', says = 'd' }\n"
        "inject 'e' { at = '8m', one_of = 'g', to = 'commander', says = 'e' }\n"
        "story 'one' (function () wait '1m' end)\n");
    assert_string_equal(t.said.text, "");
    const mu_msel *m = mu_scenario_msel(t.scenario);
    assert_string_equal(m->title, "T");
    assert_string_equal(m->kind, "ransomware");
    assert_int_equal(m->lasts, 3 * 3600000);
    assert_int_equal(m->starts, INT64_C(1772818800000));
    assert_string_equal(m->severity->key, "sev1");
    assert_int_equal(m->objective_count, 2);
    assert_string_equal(m->objectives[1].text, "Second");
    assert_int_equal(m->card_count, 5);
    const mu_card *a = &m->cards[0], *b = &m->cards[1], *c = &m->cards[2], *d = &m->cards[3];
    assert_int_equal(a->kind, MU_INJECT);
    assert_int_equal(a->class, MU_CLASS_CONTINGENCY);
    assert_int_equal(a->at, 300000);
    assert_int_equal(a->to.count, 4);
    assert_string_equal(a->to.list[0].text, "role:commander");
    assert_string_equal(a->to.list[0].node->key, "commander");
    assert_string_equal(a->to.list[1].text, "person:bo");
    assert_string_equal(a->to.list[2].text, "team:all");
    assert_null(a->to.list[2].node);
    assert_string_equal(a->to.list[3].text, "external:lab");
    assert_string_equal(a->via.text, "channel:phone");
    assert_int_equal(a->within, 900000);
    assert_string_equal(a->expect.list[0].text, "action:isolate");
    assert_string_equal(a->expect.list[1].text, "act:look_up");
    assert_null(a->expect.list[1].node);
    assert_string_equal(a->unless.list[0].text, "act:declare");
    assert_string_equal(a->tests, "two");
    assert_string_equal(a->down.list[1].text, "asset:till");
    assert_string_equal(a->down.list[3].text, "resource:console");
    assert_string_equal(a->up.list[0].text, "dependency:signon");
    assert_string_equal(a->away.list[0].text, "person:ana");
    assert_string_equal(a->back.list[0].text, "person:bo");
    assert_int_equal(a->fact_count, 2);
    assert_int_equal(a->show_count, 1);
    assert_string_equal(m->artefacts[a->shows[0]].body, "Hello");
    assert_string_equal(a->attack[1], "T1078.004");
    assert_true(a->hold);
    assert_int_equal(a->declared.line, 4);
    assert_int_equal(a->declared.column, 8);
    assert_string_equal(b->answers[1].id, "no");
    assert_string_equal(b->answers[1].text, "No");
    assert_int_equal(b->within, 1200000);
    assert_int_equal(c->kind, MU_DECISION);
    assert_int_equal(c->within, -1);
    assert_int_equal(m->cards[2].via.text == NULL, 1);
    assert_string_equal(d->one_of, "g");
    assert_int_equal(m->story_count, 1);
    assert_int_equal(strlen(m->hash), 64);
    table_clear(&t);
}

static void every_wrong_name_is_said_where_it_stands_with_what_exists(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {HEAD "inject 'i' { at = '0m', to = 'comander', says = 'x' }",
         "2:30 110 to of inject \"i\": unknown role \"comander\" (did you mean \"commander\"?)"},
        {HEAD "inject 'i' { at = '0m', to = 'zzzzzzz', says = 'x' }",
         "2:30 110 to of inject \"i\": unknown role \"zzzzzzz\" (there are: commander, counsel)"},
        {HEAD "inject 'i' { at = '0m', to = 'ana', says = 'x' }",
         "2:30 110 to of inject \"i\": unknown role \"ana\" (there is a person of that name: write \"person:ana\")"},
        {HEAD "inject 'i' { at = '0m', to = 'channel:mail', says = 'x' }",
         "2:30 110 to of inject \"i\": \"channel:mail\" cannot stand here (one of these may: role person team "
         "external)"},
        {HEAD "inject 'i' { at = '0m', to = { 'commander',\n 'person:cy' }, says = 'x' }",
         "3:2 110 to of inject \"i\": unknown person \"cy\" (there are: ana, bo)"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', via = 'phon', says = 'x' }",
         "2:49 110 via of inject \"i\": unknown channel \"phon\" (did you mean \"phone\"?)"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', expect = { 'isolat' } }",
         "2:66 110 expect of inject \"i\": unknown action \"isolat\" (did you mean \"isolate\"?)"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', unless = 'declar' }",
         "2:64 110 unless of inject \"i\": unknown action \"declar\" (did you mean \"declare\"?)"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', down = { 'mail' } }",
         "2:64 110 down of inject \"i\": unknown dependency \"mail\" (there is a channel of that name: write "
         "\"channel:mail\")"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', up = { 'signor' } }",
         "2:62 110 up of inject \"i\": unknown dependency \"signor\" (did you mean \"signon\"?)"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', away = 'commander' }",
         "2:62 110 away of inject \"i\": unknown person \"commander\""},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', back = { 'bob' } }",
         "2:64 110 back of inject \"i\": unknown person \"bob\" (did you mean \"bo\"?)"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', facts = { 'cut_of' } }",
         "2:65 110 facts of inject \"i\": unknown fact \"cut_of\" (did you mean \"cut_off\"?)"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', facts = 'ransom' }",
         "2:63 110 facts of inject \"i\": unknown fact \"ransom\" (there are: cut_off, ransom_demand)"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', tests = 'two' }",
         "2:63 110 there is no objective \"two\""},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', shows = { 'papr' } } artefact 'paper' { kind = "
              "'mail', body = 'x' }",
         "2:65 110 there is no artefact \"papr\" (did you mean \"paper\"?)"},
        {"exercise { title = 'T', starts = '2026-03-06 17:40', lasts = '3h', severity = 'sev2' }",
         "1:79 110 severity of exercise: unknown severity \"sev2\" (did you mean \"sev1\"?)"},
        {HEAD INJECT "story 's' (function () deliver 'j' end)", "3:32 110 deliver: no card is called \"j\""},
        {HEAD INJECT "story 's' (function () ask 'i' end)",
         "3:28 110 ask: \"i\" is an inject (an inject is delivered)"},
        {HEAD QUESTION "story 's' (function () deliver('q') end)",
         "3:32 110 deliver: \"q\" is a question (a question is asked)"},
        {HEAD INJECT "story 's' (function () await 'ii' end)", "3:30 110 await: no card is called \"ii\""},
        {HEAD "story 's' (function () fact 'cutoff' end)",
         "2:29 110 fact: unknown fact \"cutoff\" (did you mean \"cut_off\"?)"},
        {HEAD "story 's' (function () aware 'rdemand' end)", "2:30 110 aware: unknown fact \"rdemand\""},
        {HEAD "story 's' (function () phase 'hold_stil' end)",
         "2:30 110 phase: unknown phase \"hold_stil\" (did you mean \"hold_still\"?)"},
        {HEAD "story 's' (function () wait '5' end)", "2:29 108 wait: \"5\" is not a duration"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        table_says(cases[i][0], cases[i][1]);
}

#define TEN(text) text text text text text text text text text text

static void every_key_and_type_is_judged(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {HEAD "inject 'i' { at = '0m', too = 'commander', to = 'commander', says = 'x' }",
         "2:25 105 unknown key \"too\" in inject \"i\" (did you mean \"to\"?)"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', asks = 'x', says = 'x' }",
         "2:43 105 unknown key \"asks\" in inject \"i\""},
        {HEAD "inject 'i' { at = '0m', to = 'commander' }", "2:1 105 inject \"i\" lacks \"says\""},
        {HEAD "question 'q' { at = '0m', to = 'commander', asks = 'x' }", "2:1 105 question \"q\" lacks \"answers\""},
        {"exercise { title = 'T', lasts = '3h' }", "1:1 105 exercise lacks \"starts\""},
        {INJECT, "1:1 105 the scenario has no exercise"},
        {HEAD HEAD, "2:1 109 the exercise stands twice"},
        {HEAD "inject 'i' { 'commander', at = '0m', to = 'commander', says = 'x' }",
         "2:8 105 inject \"i\" holds a value without a key"},
        {HEAD "inject 'i' { at = 5, to = 'commander', says = 'x' }",
         "2:19 106 at of inject \"i\" is a number, where a text is expected"},
        {HEAD "inject 'i' { at = '5', to = 'commander', says = 'x' }",
         "2:19 108 at of inject \"i\": \"5\" is not a duration of a fixed length (write the unit: 5m or 5h)"},
        {HEAD "inject 'i' { at = '5 minutes', to = 'commander', says = 'x' }",
         "2:19 108 at of inject \"i\": \"5 minutes\" is not a duration of a fixed length (did you mean \"5m\"?)"},
        {HEAD "inject 'i' { at = '5m' to = 'commander', says = 'x' }", "2:24 115 '}' expected near 'to' (a comma is missing before that, or the } itself)"},
        {HEAD "inject 'i' { at = '2 months', to = 'commander', says = 'x' }", "2:19 108 at of inject \"i\""},
        {HEAD "inject 'i' { at = '367d', to = 'commander', says = 'x' }", "2:19 108 at of inject \"i\""},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', within = '0m', expect = 'isolate' }",
         "2:64 108 within of inject \"i\" is nothing"},
        {HEAD
         "inject 'i' { at = '0m', to = 'commander', says = 'x', within = '1m', expect = { 'isolate', within = '1m' } }",
         "2:64 109 inject \"i\" gives within twice"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', expect = { 'isolate', withn = '1m' } }",
         "2:77 105 unknown key \"withn\" in expect of inject \"i\""},
        {HEAD "inject 'i' { at = '0m', to = {}, says = 'x' }", "2:30 107 to of inject \"i\" is empty"},
        {HEAD "inject 'i' { at = '0m', to = { 'commander', 'commander' }, says = 'x' }",
         "2:45 109 \"commander\" stands twice in to"},
        {HEAD "inject 'i' { at = '0m', to = { 1 }, says = 'x' }", "2:32 106 to of inject \"i\" is a number"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = ' ' }", "2:50 107 says of inject \"i\" is empty"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'a\\xff' }",
         "2:50 107 says of inject \"i\" holds a byte that is not UTF-8"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'a\\u{202e}b' }",
         "2:50 107 says of inject \"i\" holds a control character"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'a\\0b' }",
         "2:50 107 says of inject \"i\" holds a control character"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', from = 'a\\nb' }",
         "2:62 107 from of inject \"i\" is more than one line"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', class = 'contingent' }",
         "2:63 107 class of inject \"i\" cannot be \"contingent\" (did you mean \"contingency\"?)"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', hold = 'yes' }",
         "2:62 106 hold of inject \"i\" is neither true nor false"},
        {HEAD "inject 'i' { to = 'commander', says = 'x', hold = true }", "2:8 111 \"i\" is held, but has no time"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', class = 'contingency' }",
         "2:8 111 \"i\" is a contingency without unless"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', class = 'contextual', unless = 'isolate' }",
         "2:8 111 \"i\" is contextual"},
        {HEAD "inject 'i' { at = '0m', to = 'commander', says = 'x', attack = 'T14861' }",
         "2:64 107 \"T14861\" is no technique of ATT&CK"},
        {HEAD "question 'q' { at = '0m', to = 'commander', asks = 'x', answers = { 'yes' , 'no: No' } }",
         "2:69 107 \"yes\" in answers of question \"q\" has no name"},
        {HEAD "question 'q' { at = '0m', to = 'commander', asks = 'x', answers = { 'yes: Yes' } }",
         "2:67 107 question \"q\" offers nothing to choose from"},
        {HEAD "question 'q' { at = '0m', to = 'commander', asks = 'x', answers = { 'yes: Yes', 'yes: No' } }",
         "2:81 109 \"yes\" stands twice in answers"},
        {HEAD "question 'q' { at = '0m', to = 'commander', asks = 'x', answers = { 'late: Yes', 'no: No' } }",
         "2:69 107 an answer cannot be called \"late\""},
        {HEAD "decision 'q' { at = '0m', to = 'commander', asks = 'x', answers = { 'yes: Yes', 'no: No' } }",
         "2:10 111 \"q\" decides nothing that the plan knows"},
        {HEAD "artefact 'a' { kind = 'Mail!', body = 'x' }", "2:23 107 kind of artefact \"a\" is a single word"},
        {HEAD "artefact 'a' { kind = 'mail' }", "2:10 105 artefact \"a\" has neither body nor file"},
        {HEAD "artefact 'a' { kind = 'mail', file = '../../etc/passwd' }",
         "2:38 112 the file \"../../etc/passwd\" is outside the folder of the scenario"},
        {HEAD "local f = 'x' .. 'y' artefact 'a' { kind = 'mail', file = f }",
         "2:59 112 the file \"xy\" was not found before the script ran"},
        {HEAD "use 'nothing-here'", "2:5 112 there is no library \"nothing-here\""},
        {HEAD "use '../x'", "2:5 112 there is no library \"../x\" (a library has a plain name"},
        {HEAD INJECT INJECT, "3:8 109 two cards or artefacts are called \"i\""},
        {HEAD "story 's' (function () end) story 's' (function () end)", "2:35 109 two stories are called \"s\""},
        {HEAD "inject 'i'", "2:8 105 nothing stands behind inject \"i\""},
        {HEAD "inject { to = 'commander' }", "2:1 114 inject takes a name first"},
        {HEAD "story 's' { }", "2:1 114 story takes a function"},
        {HEAD "exercise 'x'", "2:1 114 exercise takes a table in braces"},
        {"exercise { title = 'T', starts = '2026-02-30 17:40', lasts = '3h' }",
         "1:34 108 starts of exercise: \"2026-02-30 17:40\" is no time of the calendar"},
        {HEAD "local x = 1 +", "2:1 115 unexpected symbol near <eof>"},
        {HEAD "local x = 1\nlocal y = " TEN(TEN("not not not ")) "x\nlocal z = 1", "3:1 115 C stack overflow"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        table_says(cases[i][0], cases[i][1]);
}

static void what_is_odd_but_can_be_played_is_a_warning(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {HEAD "inject 'i' { to = 'commander', says = 'x' }", "nothing plays \"i\""},
        {HEAD "inject 'i' { at = '4h', to = 'commander', says = 'x' }", "\"i\" comes after the end of the exercise"},
        {HEAD "inject 'i' { at = '0m', one_of = 'g', to = 'commander', says = 'x' }",
         "\"i\" is alone in the group \"g\""},
        {HEAD "inject 'i' { at = '0m', within = '5m', to = 'commander', says = 'x' }",
         "\"i\" has a time within which nothing is expected"},
        {"exercise { title = 'T', kind = 'ransomwear', starts = '2026-03-06 17:40', lasts = '3h' }",
         "no playbook of the plan covers \"ransomwear\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        table t = table_lay(cases[i][0]);
        assert_non_null(t.scenario);
        if (!strstr(t.said.text, cases[i][1]))
            fail_msg("expected %s, but it was said: %s", cases[i][1], t.said.text);
        table_clear(&t);
    }
    table_says(HEAD "inject 'i' { to = 'commander', says = 'x' } story 's' (function () deliver('i' .. '') end)", "");
}

static void all_errors_of_a_file_are_said_in_one_go(void **state)
{
    (void)state;
    table t = table_lay(HEAD "inject 'a' { at = '0', to = 'x', says = 1 }\ninject 'b' { at = '0m', too = 1 }\nstory "
                             "'s' (function () ask 'c' end)");
    int lines = 0;
    for (const char *p = t.said.text; (p = strchr(p, '\n')); p++)
        lines++;
    assert_int_equal(lines, 7);
    table_clear(&t);
}

static void computed_cards_are_judged_at_the_line_that_makes_them(void **state)
{
    (void)state;
    table_says(HEAD "local function alarm(n)\n  inject('alarm ' .. n) { at = n .. 'm', to = 'comander', says = 'x' "
                    "}\nend\nalarm(1)",
               "3:1 110 to of inject \"alarm 1\": unknown role \"comander\"");
    table_says(HEAD "for i = 1, 3 do inject('alarm ' .. i) { at = i .. 'm', to = 'commander', says = 'x' } end", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_lays_its_cards_on_the_table),
        cmocka_unit_test(every_wrong_name_is_said_where_it_stands_with_what_exists),
        cmocka_unit_test(every_key_and_type_is_judged),
        cmocka_unit_test(what_is_odd_but_can_be_played_is_a_warning),
        cmocka_unit_test(all_errors_of_a_file_are_said_in_one_go),
        cmocka_unit_test(computed_cards_are_judged_at_the_line_that_makes_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
