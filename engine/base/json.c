#include "base/json.h"

#include <string.h>

void mu_json_text(mu_buf *out, const char *text)
{
    size_t len = strlen(text);
    mu_buf_puts(out, "\"");
    for (size_t i = 0; i < len;) {
        uint32_t cp;
        int n = mu_utf8(text + i, len - i, &cp);
        if (n == 0) {
            mu_buf_puts(out, "\\ufffd");
            n = 1;
        } else if (cp == '"' || cp == '\\') {
            mu_buf_printf(out, "\\%c", (int)cp);
        } else if (cp < 0x20 || (cp < 0x10000 && mu_unsafe(cp))) {
            mu_buf_printf(out, "\\u%04x", (unsigned)cp);
        } else {
            mu_buf_add(out, text + i, (size_t)n);
        }
        i += (size_t)n;
    }
    mu_buf_puts(out, "\"");
}
