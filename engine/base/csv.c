#include "base/csv.h"

#include <string.h>

static bool formula(const char *text, size_t len)
{
    uint32_t cp = 0;
    size_t i = 0;
    while (i < len && text[i] == ' ')
        i++;
    if (i == len || mu_utf8(text + i, len - i, &cp) == 0)
        return false;
    return cp == '=' || cp == '+' || cp == '-' || cp == '@' || cp == '\t' || cp == '\r' || cp == '\n' || cp == '|' || cp == '%' || cp == 0xff1d || cp == 0xff0b ||
           cp == 0xff0d || cp == 0xff20;
}

void mu_csv_cell(mu_buf *out, const char *text)
{
    size_t len = strlen(text);
    mu_buf_puts(out, formula(text, len) ? "\"'" : "\"");
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        int n = mu_utf8(text + i, len - i, &cp);
        if (n == 0)
            mu_buf_printf(out, "\\x%02x", (unsigned char)text[i]);
        else if (cp == '"')
            mu_buf_puts(out, "\"\"");
        else if (mu_unsafe(cp))
            mu_buf_printf(out, "\\u{%x}", (unsigned)cp);
        else
            mu_buf_add(out, text + i, (size_t)n);
        i += n ? (size_t)n : 1;
    }
    mu_buf_puts(out, "\"");
}

void mu_csv_row(mu_buf *out, const char *const *cells, int count)
{
    for (int i = 0; i < count; i++) {
        mu_buf_puts(out, i ? "," : "");
        mu_csv_cell(out, cells[i] ? cells[i] : "");
    }
    mu_buf_puts(out, "\r\n");
}
