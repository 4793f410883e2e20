/* Names that run together and addresses that hide: what is taken, and what is left because it is nobody's. */
#include "report/disguise.h"

#include <string.h>

#include "test.h"

static const mu_name jun = {.words = {"Jun", "Tan"}, .count = 2}, ana = {.words = {"Ana", "Mar\xc3\xad" "a", "Ruiz"}, .count = 3}, bo = {.words = {"Bo", "Li"}, .count = 2};

typedef struct row {
    const char *text, *taken; /* from the first place where something is */
} row;

static void takes(const row *rows, size_t count, size_t (*look)(const char *begin, const char *p, const char *end))
{
    for (size_t i = 0; i < count; i++) {
        const char *begin = rows[i].text, *end = begin + strlen(begin), *p = begin;
        size_t n = 0;
        while (p < end && (n = look(begin, p, end)) == 0)
            p++;
        char taken[100] = "";
        memcpy(taken, p, n);
        assert_string_equal(taken, rows[i].taken);
    }
}

static size_t any_name(const char *begin, const char *p, const char *end)
{
    const mu_name *all[] = {&jun, &ana, &bo};
    size_t most = 0;
    for (size_t i = 0; i < 3; i++) {
        size_t n = mu_run_together(all[i], begin, p, end);
        most = n > most ? n : most;
    }
    return most;
}

static void names_that_run_together_are_taken(void **state)
{
    static const row rows[] = {
        {"ask JunTan now", "JunTan"}, {"ask juntan", "juntan"}, {"jun_tan wrote", "jun_tan"}, {"jun\\_tan wrote", "jun\\_tan"}, {"tan.jun wrote", "tan.jun"}, {"Jun-Tan", "Jun-Tan"},
        {"inc_jun_tan", "jun_tan"}, {"juntan88 wrote", "juntan88"}, {"J.Tan", "J.Tan"}, {"j_tan", "j_tan"}, {"JTan", "JTan"}, {"@jun", "jun"}, {"@tan", "tan"}, {"@jtan", "jtan"}, {"@junt", "junt"},
        {"@jun_tan", "jun_tan"}, {"AnaMar\xc3\xad" "a", "AnaMar\xc3\xad" "a"}, {"anamaria", "anamaria"}, {"ana.ruiz", "ana.ruiz"}, {"BoLi", "BoLi"}, {"@boli", "boli"}};
    (void)state;
    takes(rows, sizeof rows / sizeof *rows, any_name);
}

static void words_that_only_look_so_are_left(void **state)
{
    static const row rows[] = {{"June tank", ""}, {"jun tan", ""}, {"the JUNTA sat", ""}, {"stand", ""}, {"an adjuntant", ""}, {"boli is a word", ""}, {"the analysis", ""}, {"@june", ""}, {"@tango", ""},
                               {"@here, at once", ""}, {"jtan is no name", ""}, {"e.g. a tan-line", ""}};
    (void)state;
    takes(rows, sizeof rows / sizeof *rows, any_name);
}

static void addresses_are_taken_however_they_hide(void **state)
{
    static const row rows[] = {
        {"to x.y@host.example.", "x.y@host.example"}, {"x(at)host.example", "x(at)host.example"}, {"x [at] host [dot] example, now", "x [at] host [dot] example"}, {"x AT host DOT example", "x AT host DOT example"},
        {"x at host dot example", "x at host dot example"}, {"x AT host.example", "x AT host.example"}, {"x @ host.example", "x @ host.example"}, {"x(@)host", "x(@)host"}, {"x at host.example", ""},
        {"x\xef\xbc\xa0host.example", "x\xef\xbc\xa0host.example"}, {"x%40host.example", "x%40host.example"}, {"x&#64;host.example", "x&#64;host.example"}, {"x &lt;at&gt; host.example", "x &lt;at&gt; host.example"},
        {"x \\[at\\] host.example", "x \\[at\\] host.example"}, {"x@host(dot)example", "x@host(dot)example"}, {"x@host", "x@host"}, {"x@host-two.co.example!", "x@host-two.co.example"}, {"jun\\_tan(at)host.example", "jun\\_tan(at)host.example"}};
    (void)state;
    takes(rows, sizeof rows / sizeof *rows, mu_mail);
}

static void words_about_places_are_no_addresses(void **state)
{
    static const row rows[] = {{"look at example.org", ""}, {"we met at ten. Then", ""}, {"LOOK AT THIS", ""}, {"three (at) 5", ""}, {"3 @ 5", ""}, {"ask @here", ""}, {"at (last) we", ""}, {"the dot at noon", ""}, {"put a dot at once", ""},
                               {"cost 5 @ 3.20", ""}, {"@jun", ""}, {"at@", ""}};
    (void)state;
    takes(rows, sizeof rows / sizeof *rows, mu_mail);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_that_run_together_are_taken), cmocka_unit_test(words_that_only_look_so_are_left), cmocka_unit_test(addresses_are_taken_however_they_hide),
                                       cmocka_unit_test(words_about_places_are_no_addresses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
