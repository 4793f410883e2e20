#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scenario/worker.h"
#include "table.h"

static char folder[64];

static const char *path(const char *name)
{
    static char full[2][256];
    static int turn;
    turn = !turn;
    snprintf(full[turn], sizeof full[turn], "%s/%s", folder, name);
    return full[turn];
}

static void put(const char *name, const char *text)
{
    FILE *f = fopen(path(name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
    fclose(f);
}

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/muster-test-XXXXXX");
    return mkdtemp(folder) && mkdir(path("one"), 0700) == 0 && mkdir(path("one/library"), 0700) == 0 &&
                   mkdir(path("scripts"), 0700) == 0 && mkdir(path("scripts/library"), 0700) == 0
               ? 0
               : -1;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"one/scenario.lua",
                                        "one/mail.txt",
                                        "one/link.txt",
                                        "one/library/near.lua",
                                        "scripts/library/far.lua",
                                        "outside.txt",
                                        "one/library",
                                        "one",
                                        "scripts/library",
                                        "scripts",
                                        "."};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)remove(path(names[i]));
    return rmdir(folder) ? 0 : 0;
}

/* Loads the scenario of the folder, in a worker first as the commands do. */
static table lay(const char *scenario)
{
    table t = table_lay("");
    const mu_diag *list;
    put("one/scenario.lua", scenario);
    mu_diags_free(t.diags);
    t.diags = mu_diags_new();
    t.said.len = 0;
    t.scenario = mu_worker_load(path("one"), t.plan, t.diags);
    size_t count = mu_diags_list(t.diags, &list);
    for (size_t i = 0; i < count; i++)
        mu_buf_printf(&t.said, "%s:%d:%d %d %s\n",
                      strrchr(list[i].at.file, '/') ? strrchr(list[i].at.file, '/') + 1 : list[i].at.file,
                      list[i].at.line, list[i].at.column, list[i].code, list[i].text);
    mu_buf_add(&t.said, "", 0);
    return t;
}

static void says(const char *scenario, const char *expected)
{
    table t = lay(scenario);
    if (strncmp(t.said.text, expected, strlen(expected)) != 0)
        fail_msg("expected %s, but it was said: %s", expected, t.said.text);
    table_clear(&t);
}

static void a_folder_holds_its_scenario_and_the_files_it_shows(void **state)
{
    (void)state;
    put("one/mail.txt", "From: somebody\n");
    table t = lay(HEAD INJECT "artefact 'm' { kind = 'mail', file = 'mail.txt' }");
    assert_string_equal(t.said.text, "");
    assert_string_equal(mu_scenario_msel(t.scenario)->artefacts[0].body, "From: somebody\n");
    char *hash = strdup(mu_scenario_msel(t.scenario)->hash);
    table_clear(&t);
    put("one/mail.txt", "From: somebody else\n"); /* another file is another scenario */
    t = lay(HEAD INJECT "artefact 'm' { kind = 'mail', file = 'mail.txt' }");
    assert_string_not_equal(mu_scenario_msel(t.scenario)->hash, hash);
    free(hash);
    table_clear(&t);
}

static void no_way_leads_out_of_the_folder(void **state)
{
    (void)state;
    put("outside.txt", "secret");
    assert_int_equal(symlink("../outside.txt", path("one/link.txt")), 0);
    says(HEAD "artefact 'm' { kind = 'mail', file = '../outside.txt' }",
         "scenario.lua:2:38 112 the file \"../outside.txt\" is outside");
    says(HEAD "artefact 'm' { kind = 'mail', file = 'link.txt' }",
         "scenario.lua:2:38 112 the file \"link.txt\" is outside");
    says(HEAD "artefact 'm' { kind = 'mail', file = '/etc/passwd' }",
         "scenario.lua:2:38 112 the file \"/etc/passwd\" is outside");
    says(HEAD "artefact 'm' { kind = 'mail', file = 'library' }", "scenario.lua:2:38 100 cannot read");
    says(HEAD "artefact 'm' { kind = 'mail', file = 'none.txt' }", "scenario.lua:2:38 100 cannot read");
    put("one/mail.txt", "a\x1b[2J");
    says(HEAD "artefact 'm' { kind = 'mail', file = 'mail.txt' }",
         "scenario.lua:2:38 107 the file \"mail.txt\" holds a control character");
}

static void stories_are_borrowed_from_a_library(void **state)
{
    (void)state;
    put("one/library/near.lua", "inject 'n' { to = 'commander', says = 'x' }\nstory 'near' (function ()\n  deliver 'n' "
                                "local x = nil + 1 end)\n");
    put("scripts/library/far.lua", "story 'far' (function () wait '1m' end)");
    table t = lay(HEAD "use 'near' use 'far'\nstory 'own' (function () wait '2m' end)");
    assert_string_equal(t.said.text, "");
    const mu_msel *m = mu_scenario_msel(t.scenario);
    assert_int_equal(m->story_count, 3);
    assert_string_equal(m->stories[0], "near");
    assert_string_equal(m->stories[2], "own");
    mu_teller teller = mu_scenario_teller(t.scenario);
    mu_wish w;
    for (int run = 0; run < 2; run++) {
        assert_true(teller.restart(teller.self));
        teller.step(teller.self, 0, NULL, &w);
        assert_int_equal(w.verb, MU_SAYS_DELIVER);
        assert_string_equal(strrchr(mu_scenario_where(t.scenario, 0).file, '/'), "/near.lua");
        assert_int_equal(mu_scenario_where(t.scenario, 0).line, 3);
        teller.step(teller.self, 0, NULL, &w);
        assert_int_equal(w.verb, MU_SAYS_FAILED);
        assert_string_equal(strrchr(w.at.file, '/'), "/near.lua");
    }
    table_clear(&t);
    says(HEAD "use 'near' use 'near'", "scenario.lua:2:5 114 the library \"near\" is used twice");
    says(HEAD "use('ne' .. 'ar')", "scenario.lua:2:1 114 the library \"near\" was not found before the script ran");
    put("one/library/near.lua", "inject 'n' { to = 'comander', says = 'x' }");
    says(HEAD "use 'near'", "near.lua:1:19 110 to of inject \"n\": unknown role \"comander\"");
}

static void a_file_that_is_not_there_is_said(void **state)
{
    (void)state;
    table t = table_lay("");
    mu_diags *diags = mu_diags_new();
    assert_null(mu_scenario_load(path("nothing"), t.plan, diags));
    assert_int_equal(mu_diags_count(diags, MU_ERROR), 1);
    mu_diags_free(diags);
    table_clear(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_holds_its_scenario_and_the_files_it_shows),
        cmocka_unit_test(no_way_leads_out_of_the_folder),
        cmocka_unit_test(stories_are_borrowed_from_a_library),
        cmocka_unit_test(a_file_that_is_not_there_is_said),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
