#include "server/tag.h"

#include <stdarg.h>
#include <string.h>

#include "base/check.h"
#include "report/write.h"

void mu_tag(mu_buf *out, const char *format, ...)
{
    va_list args; /* NOLINTBEGIN(clang-analyzer-valist.Uninitialized): it is begun here, and read in this function alone */
    va_start(args, format);
    for (const char *p = format; *p;) {
        const char *next = strchr(p, '%');
        size_t n = next ? (size_t)(next - p) : strlen(p);
        mu_buf_add(out, p, n);
        p += n;
        if (!*p)
            break;
        const char *text;
        switch (p[1]) {
        case 's':
            text = va_arg(args, const char *);
            mu_html_text(out, text ? text : "");
            break;
        case 'h':
            text = va_arg(args, const char *);
            mu_buf_puts(out, text ? text : "");
            break;
        case 'd': mu_buf_number(out, va_arg(args, int)); break;
        case 'l': mu_buf_number(out, va_arg(args, int64_t)); break;
        default: MU_CHECK(p[1] == '%'); mu_buf_puts(out, "%");
        }
        p += 2;
    }
    va_end(args); /* NOLINTEND(clang-analyzer-valist.Uninitialized) */
}
