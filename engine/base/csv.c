#include "base/csv.h"

#include <string.h>

/* Where a spreadsheet would begin to calculate, after any space that it overlooks; the wide forms of the signs as well. */
static bool is_formula(const char *text)
{
    static const char *const spaces[] = {" ", "\xc2\xa0", "\xe1\x9a\x80", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};
    static const char *const signs[] = {"=", "+", "-", "@", "|", "%", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (strncmp(text, spaces[i], strlen(spaces[i])) == 0)
            return is_formula(text + strlen(spaces[i]));
    if (strncmp(text, "\xe2\x80", 2) == 0 && (unsigned char)text[2] >= 0x80 && (unsigned char)text[2] <= 0x8a) /* U+2000 to U+200A */
        return is_formula(text + 3);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(text, signs[i], strlen(signs[i])) == 0)
            return true;
    return false;
}

/* One line, nothing unsafe: a reader that splits at every line end finds no second cell in it. */
void mu_csv_cell(mu_buf *out, const char *text)
{
    mu_buf safe = {0};
    mu_buf_puts(&safe, "");
    mu_buf_safe(&safe, text, strlen(text), strlen(text) + 1);
    mu_buf_puts(out, is_formula(safe.text) ? "\"'" : "\"");
    for (const char *p = safe.text; *p; p++)
        mu_buf_add(out, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
    mu_buf_puts(out, "\"");
    mu_buf_free(&safe);
}

void mu_csv_row(mu_buf *out, const char *const *cells, int count)
{
    for (int i = 0; i < count; i++) {
        mu_buf_puts(out, i ? "," : "");
        mu_csv_cell(out, cells[i] ? cells[i] : "");
    }
    mu_buf_puts(out, "\r\n");
}
