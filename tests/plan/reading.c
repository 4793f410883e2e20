#include <stdio.h>
#include <string.h>

#include "plan/schema.h"
#include "test.h"

static const char *const base =
    "muster: 1\n"                              /* 1 */
    "organisation:\n"                          /* 2 */
    "  name: Weir Harbour\n"                   /* 3 */
    "  timezone: Europe/Dublin\n"              /* 4 */
    "plan: {title: Plan}\n"                    /* 5 */
    "people:\n"                                /* 6 */
    "  ana: {name: Ana}\n"                     /* 7 */
    "roles:\n"                                 /* 8 */
    "  commander: {holders: [ana]}\n"          /* 9 */
    "channels: {phone: {kind: telephone}}\n"   /* 10 */
    "severities: {sev1: {rank: 1}}\n";         /* 11 */

/* Reads the base with `from` replaced by `to` and gives the one error that this makes. */
static void expect(const char *from, const char *to, int code, int line, int column)
{
    char text[4096];
    const char *at = strstr(base, from);
    assert_non_null(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - base), base, to, at + strlen(from));
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = mu_tree_read_bytes("plan.yaml", text, strlen(text), diags);
    if (mu_diags_count(diags, MU_ERROR) == 0)
        mu_schema_read(tree, diags);
    const mu_diag *list;
    size_t count = mu_diags_list(diags, &list);
    assert_int_equal(count, code ? 1 : 0);
    if (code) {
        assert_int_equal(list[0].code, code);
        assert_int_equal(list[0].at.line, line);
        assert_int_equal(list[0].at.column, column);
    }
    mu_tree_free(tree);
    mu_diags_free(diags);
}

static void the_base_is_clean(void **state)
{
    (void)state;
    expect("Ana", "Ana", 0, 0, 0);
}

static void a_mistake_is_named_at_its_own_place(void **state)
{
    (void)state;
    expect("[ana]", "[bob]", 23, 9, 25);
    expect("rank: 1", "rank: 1e3", 20, 11, 27);
    expect("{rank: 1}", "{rank: 1, inform: [role:commander/12]}", 0, 0, 0);
    expect("{rank: 1}", "{rank: 1, inform: [role:commander/1x]}", 24, 11, 39);
    expect("{rank: 1}", "{rank: 1, inform: [role:commander/0]}", 24, 11, 39);
    expect("{rank: 1}", "{rank: 1, inform: [role:commander/]}", 24, 11, 39);
    expect("rank: 1", "rank: 01", 20, 11, 27);
    expect("{rank: 1}", "{}", 16, 11, 14);
    expect("{rank: 1}", "{rank: 1, declare_within: 45}", 21, 11, 46);
    expect("{rank: 1}", "{rank: 1, declare_within: {working_hours: 30m, otherwise: 90m}}", 0, 0, 0);
    expect("Europe/Dublin", "Europe/Dublim", 26, 4, 13);
    expect("Europe/Dublin\n", "Europe/Dublin\n  jurisdictions: [IE, EU, US-NY, IR3]\n", 33, 5, 34);
    expect("Europe/Dublin\n", "Europe/Dublin\n  sectors: [culture]\n  data: [personal_date]\n", 33, 6, 10);
    expect("{holders: [ana]}", "{holders: [ana], pool: [ana]}", 30, 9, 31);
    expect("{holders: [ana]}", "{holders: ana}", 17, 9, 24);
    expect("{name: Ana}", "{name: Ana, hours: always}", 27, 7, 27);
    expect("{name: Ana}", "{name: Ana, verified: 2026-02-30}", 25, 7, 30);
    expect("{name: Ana}", "{name: Ana, x-shoe: 43}", 0, 0, 0);
    expect("{name: Ana}", "{name: Ana, name: Bea}", 10, 7, 20);
    expect("plan: {title: Plan}", "plan: {title: }", 17, 5, 8);
    expect("plan: {title: Plan}", "plan: {title: Plan}\nimprovements: [{id: a, state: open}, {id: a, state: done}]", 31, 6, 43);
}

static void yaml_that_cannot_be_read_is_blamed_on_the_line_to_mend(void **state)
{
    (void)state;
    expect("{name: Ana}", "{name: \"Ana}", 13, 7, 15);
    expect("{holders: [ana]}", "{holders: [ana]", 13, 9, 14);
    expect("organisation:", "organisation", 13, 2, 1);
    expect("{name: Ana}", "\n    name: Ana\n    away:\n      - {from: 2026-07-01, to: 2026-07-02}\n      {from: 2026-08-01, to: 2026-08-02}", 13, 11, 7);
    expect("  name: Weir", "   name: Weir", 13, 3, 4);
    expect("  timezone:", "   timezone:", 13, 4, 4);
    expect("  name: Weir", "  name:Weir", 13, 3, 3);
    expect("{name: Ana}", "{nam: Ana}", 15, 7, 9);
}

static void all_errors_come_in_one_go_in_the_order_of_the_lines(void **state)
{
    (void)state;
    const char *text = "muster: 1\norganisation: {nam: X, timezone: Mars/Phobos}\nplan: {title: P, reviewed: soon}\n"
                       "people: {ana: {name: Ana}}\nroles: {}\nchannels: {phone: {kind: telephone}}\n";
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = mu_tree_read_bytes("plan.yaml", text, strlen(text), diags);
    mu_schema_read(tree, diags);
    const mu_diag *list;
    assert_int_equal(mu_diags_list(diags, &list), 3);
    for (size_t i = 1; i < 3; i++)
        assert_true(list[i - 1].at.line <= list[i].at.line);
    mu_tree_free(tree);
    mu_diags_free(diags);
}

static void the_caret_stands_right_under_wide_letters(void **state)
{
    (void)state;
    const char *text = "muster: 1\nx-\xe4\xb8\xad: {a: 1, a: 2}\n";
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = mu_tree_read_bytes("p.yaml", text, strlen(text), diags);
    mu_buf out = {0};
    mu_diags_show(&out, diags, (mu_look){false});
    assert_non_null(strstr(out.text, "2 | x-\xe4\xb8\xad: {a: 1, a: 2}\n  |              ^\n"));
    mu_buf_free(&out);
    mu_tree_free(tree);
    mu_diags_free(diags);
}

static void a_byte_order_mark_is_no_column(void **state)
{
    (void)state;
    const char *text = "\xef\xbb\xbfmuster: 1\nplan: {title: P, title: Q}\n";
    mu_diags *diags = mu_diags_new();
    mu_tree *tree = mu_tree_read_bytes("p.yaml", text, strlen(text), diags);
    const mu_diag *list;
    assert_int_equal(mu_diags_list(diags, &list), 1);
    assert_int_equal(list[0].code, 10);
    assert_int_equal(list[0].at.column, 18);
    assert_int_equal(mu_get(mu_tree_root(tree), "muster")->at.column, 9);
    mu_tree_free(tree);
    mu_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_is_clean),
        cmocka_unit_test(a_mistake_is_named_at_its_own_place),
        cmocka_unit_test(yaml_that_cannot_be_read_is_blamed_on_the_line_to_mend),
        cmocka_unit_test(all_errors_come_in_one_go_in_the_order_of_the_lines),
        cmocka_unit_test(a_byte_order_mark_is_no_column),
        cmocka_unit_test(the_caret_stands_right_under_wide_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
