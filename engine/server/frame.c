#include "server/frame.h"

enum { FIN = 0x80, MASK = 0x80, PROTOCOL = -1002, WHAT = -1003, TOO_MUCH = -1009 };

static int taken(unsigned first)
{
    unsigned opcode = first & 15;
    if (!(first & FIN) || first & 0x70)
        return PROTOCOL;
    if (opcode == MU_FRAME_TEXT || opcode == MU_FRAME_CLOSE || opcode == MU_FRAME_PING || opcode == MU_FRAME_PONG)
        return 0;
    return opcode == 2 ? WHAT : PROTOCOL;
}

int mu_frame_read(char *bytes, size_t len, mu_frame *f)
{
    const unsigned char *b = (const unsigned char *)bytes;
    int refused = len ? taken(b[0]) : 0;
    if (refused)
        return refused;
    if (len < 2)
        return 0;
    size_t n = b[1] & 127, head = n < 126 ? 2 : 4;
    if (!(b[1] & MASK) || (n > 125 && b[0] & 8))
        return PROTOCOL;
    if (n == 127)
        return TOO_MUCH;
    if (len < head + 4)
        return 0;
    n = n < 126 ? n : (size_t)b[2] << 8 | b[3];
    if (n > MU_FRAME_MOST)
        return TOO_MUCH;
    if (len < head + 4 + n)
        return 0;
    *f = (mu_frame){.opcode = (mu_opcode)(b[0] & 15), .text = bytes + head + 4, .len = n};
    for (size_t i = 0; i < n; i++)
        f->text[i] = (char)(b[head + 4 + i] ^ b[head + i % 4]);
    return (int)(head + 4 + n);
}

void mu_frame_head(mu_buf *out, mu_opcode opcode, size_t len)
{
    unsigned char head[10] = {(unsigned char)(FIN | opcode)};
    size_t n = 2;
    if (len < 126) {
        head[1] = (unsigned char)len;
    } else {
        bool wide = len > 65535;
        int bytes = wide ? 8 : 2;
        head[1] = wide ? 127 : 126;
        for (int i = 0; i < bytes; i++)
            head[n++] = (unsigned char)(len >> 8 * (bytes - 1 - i));
    }
    mu_buf_add(out, (const char *)head, n);
}

void mu_frame_close(mu_buf *out, int code)
{
    const char why[2] = {(char)(code >> 8), (char)code};
    mu_frame_head(out, MU_FRAME_CLOSE, sizeof why);
    mu_buf_add(out, why, sizeof why);
}
