#include "report/cover.h"
void mu_write_cover_html(mu_buf *out, const mu_cover_page *page)
{
    mu_buf_puts(out, page->command);
}
