#include "report/paper.h"

#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"

/* What such a program does not know: flexible boxes, columns that begin within a page (it prints what stands in them twice), and that a letter's edge is
 * painted under it. */
static const char page_rules[] = "@media print{.piece{display:block;position:relative;min-width:0}.names{position:absolute;left:0;top:0;width:16.6102%}.plot{display:block;width:83.3898%;margin-left:16.6102%}section[aria-labelledby=gaps]{columns:auto}.gap p,.gap dd{max-width:none}.gap dt{float:left;clear:left;width:5rem}.gap dd{margin:0 0 2pt 5.5rem}.worst li,.run dl,.run{display:block}.worst li::before{float:left;width:1.4rem}.worst li>*{margin-left:1.6rem}.run dt{float:left;clear:left;width:6.5rem}.run dd{margin:0 0 2pt 7rem}.run{break-inside:auto;margin-top:6pt}.run p{max-width:none;margin-bottom:4pt}body{font-family:Arial,\"Liberation Sans\",sans-serif}}\n";
static const char picture_rules[] = "svg .lb{stroke:none}svg .ha{fill:#dcdad3}svg .hx{fill:#fbe9e4}";

/* The value of a colour or a font that has a name, as it is on paper: the first that the sheet gives it. */
static void value(mu_buf *out, const char *css, const char *name, size_t len)
{
    for (const char *p = strstr(css, "--"); p; p = strstr(p + 2, "--"))
        if (strncmp(p, name, len) == 0 && p[len] == ':') {
            mu_buf_add(out, p + len + 1, strcspn(p + len + 1, ";}"));
            return;
        }
}

/* A rule with its names resolved. */
static void rule(mu_buf *out, const char *css, const char *p, const char *end)
{
    while (p < end) {
        const char *name = strncmp(p, "var(", 4) == 0 ? p + 4 : NULL, *close = name ? strchr(name, ')') : NULL;
        if (close)
            value(out, css, name, (size_t)(close - name));
        else
            mu_buf_add(out, p, 1);
        p = close ? close + 1 : p + 1;
    }
}

/* The rules of a sheet that speak of pictures; those of a medium are nested and do not count. */
static void rules_of(mu_buf *out, const char *css, const char *sheet)
{
    for (const char *p = sheet; *p;) {
        const char *open = strchr(p, '{'), *end = open ? strchr(open, '}') : NULL;
        if (!end)
            return;
        if (*p == '@') { /* to the brace that closes it */
            int depth = 0;
            for (p = open; *p && (*p != '}' || depth > 1); p++)
                depth += *p == '{' ? 1 : *p == '}' ? -1 : 0;
            p += *p == '}';
        } else {
            if (strncmp(p, "svg", 3) == 0)
                rule(out, css, p, end + 1);
            p = end + 1;
        }
        p += strspn(p, " \n");
    }
}

void mu_page_for_paper(mu_buf *page)
{
    const char *css = mu_styles[MU_STYLE_REPORT].bytes;
    mu_buf out = {0}, style = {0};
    bool sheet = false;
    mu_buf_puts(&style, "<style>");
    rules_of(&style, css, css);
    rules_of(&style, css, mu_styles[MU_STYLE_AAR].bytes);
    mu_buf_printf(&style, "%s</style>", picture_rules);
    mu_buf_puts(&out, "");
    for (const char *p = page->text, *end = p + page->len; p < end;) {
        const char *tag = memchr(p, '<', (size_t)(end - p)), *close = tag ? memchr(tag, '>', (size_t)(end - tag)) : NULL;
        if (!close)
            close = end - 1;
        if (tag && !sheet && strncmp(tag, "</style>", 8) == 0) {
            mu_buf_add(&out, p, (size_t)(tag - p));
            mu_buf_puts(&out, page_rules);
            p = tag;
            sheet = true;
        }
        mu_buf_add(&out, p, (size_t)(close + 1 - p));
        if (tag && strncmp(tag, "<svg ", 5) == 0)
            mu_buf_add(&out, style.text, style.len);
        p = close + 1;
    }
    mu_buf_free(&style);
    mu_buf_free(page);
    *page = out;
}
