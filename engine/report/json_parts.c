#include "report/json_parts.h"

#include "base/json.h"

void mu_json_member(mu_buf *out, const char *key, const char *text)
{
    mu_buf_printf(out, "\"%s\": ", key);
    mu_json_maybe(out, text);
    mu_buf_puts(out, ", ");
}

void mu_json_number(mu_buf *out, const char *key, int64_t value)
{
    mu_buf_printf(out, "\"%s\": ", key);
    if (value < 0)
        mu_buf_puts(out, "null, ");
    else
        mu_buf_printf(out, "%lld, ", (long long)value);
}

void mu_json_flag(mu_buf *out, const char *key, bool yes)
{
    mu_buf_printf(out, "\"%s\": %s, ", key, yes ? "true" : "false");
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
