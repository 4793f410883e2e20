#include <qrencode.h>

#include "server/inside.h"

enum { QUIET = 4 }; /* modules of white around it */

void mu_qr(const char *text, mu_buf *svg)
{
    QRcode *q = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!q)
        return;
    mu_tag(svg, "<svg class=\"qr\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"The link as a QR code\"><rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/><path fill=\"#000\" d=\"",
           q->width + 2 * QUIET, q->width + 2 * QUIET);
    for (int y = 0; y < q->width; y++)
        for (int x = 0; x < q->width; x++)
            if (q->data[y * q->width + x] & 1)
                mu_tag(svg, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
    mu_buf_puts(svg, "\"/></svg>");
    QRcode_free(q);
}
