#include "plan/law.h"

#include <string.h>

#include "plan/schema.h"
#include "test.h"

static bool in(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

static void every_row_is_whole(void **state)
{
    (void)state;
    static const char *const units[] = {"hours", "calendar_days", "business_days", "months", "none", "contract", NULL};
    static const char *const states[] = {"in_force", "in_force_national", "phased", "proposed", "contract", NULL};
    const mu_clock_rule *c;
    size_t rows = 0;
    for (; (c = mu_clock_rule_at(rows)) != NULL; rows++) {
        int64_t day;
        assert_true(*c->jurisdiction && *c->stage && *c->starts && *c->recipient && *c->reference);
        assert_true(in(c->unit, units) && in(c->status, states) && strstr("VSM", c->seen));
        assert_true((c->value >= 0) == (strcmp(c->unit, "none") != 0 && strcmp(c->unit, "contract") != 0));
        assert_true(*c->regime && *c->law && *c->scope && *c->trigger && *c->confidence);
        assert_true(!c->fields.words || (c->fields.source && *c->fields.source));
        assert_true(mu_date_read(c->checked, &day));
        assert_ptr_equal(mu_clock_rule_of(c->id), c); /* no id stands twice */
    }
    assert_int_equal(rows, 91);
}

static void how_days_are_counted_belongs_to_the_regime(void **state)
{
    (void)state;
    assert_int_equal(mu_clock_rule_of("EU-GDPR-33")->counts, 0); /* hours run by the clock */
    assert_true(mu_clock_rule_of("EU-NIS2-FR")->counts != 0);
    assert_true(mu_clock_rule_of("EU-DORA-IN-B")->counts & MU_NOT_FOR_SYSTEMIC);
    assert_false(mu_clock_rule_of("EU-DORA-FR")->counts & MU_NOT_FOR_SYSTEMIC);
    assert_int_equal(mu_clock_rule_of("US-HIPAA-IND")->counts, 0);
    assert_null(mu_clock_rule_of("EU-GDPR"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_row_is_whole), cmocka_unit_test(how_days_are_counted_belongs_to_the_regime)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
