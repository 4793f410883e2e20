#include "report/json_parts.h"

#include "base/json.h"

static void name(mu_buf *out, const char *key)
{
    mu_buf_add(out, "\"", 1);
    mu_buf_puts(out, key);
    mu_buf_add(out, "\": ", 3);
}

void mu_json_member(mu_buf *out, const char *key, const char *text)
{
    name(out, key);
    mu_json_maybe(out, text);
    mu_buf_add(out, ", ", 2);
}

void mu_json_number(mu_buf *out, const char *key, int64_t value)
{
    name(out, key);
    if (value < 0)
        mu_buf_puts(out, "null, ");
    else
        mu_buf_printf(out, "%lld, ", (long long)value);
}

void mu_json_flag(mu_buf *out, const char *key, bool yes)
{
    name(out, key);
    mu_buf_puts(out, yes ? "true, " : "false, ");
}

void mu_json_events(mu_buf *out, const uint32_t *list, int count)
{
    int n = 0;
    mu_buf_puts(out, "\"events\": [");
    for (int i = 0; i < count; i++)
        if (list[i] && (i == 0 || list[i] != list[i - 1]))
            mu_buf_printf(out, "%s%u", n++ ? ", " : "", (unsigned)list[i]);
    mu_buf_puts(out, "]}");
}
