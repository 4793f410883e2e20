#include "participants/edit.h"

#include <stdio.h>
#include <string.h>

enum { CTRL_D = 4, BACKSPACE = 8, CTRL_L = 12, CTRL_U = 21, CTRL_W = 23, ESCAPE = 27, DELETE = 127 };

static int columns(const char *s, size_t len)
{
    int all = 0;
    uint32_t cp;
    for (size_t i = 0; i < len;) {
        size_t colour = s[i] == ESCAPE ? strcspn(s + i, "m") + 1 : 0;
        int step = colour ? (int)colour : mu_utf8(s + i, len - i, &cp);
        all += colour || !step ? 0 : mu_width(cp);
        i += step ? (size_t)step : 1;
    }
    return all;
}

/* Prompt and line may take several rows. At the very edge the cursor has not gone to the next row yet. */
static void hide(const mu_edit *e, int width, mu_buf *screen)
{
    int all = columns(e->prompt, strlen(e->prompt)) + columns(e->line, e->len), up = all > 0 ? (all - 1) / width : 0;
    mu_buf_puts(screen, "\r");
    if (up)
        mu_buf_printf(screen, "\x1b[%dA", up);
    mu_buf_puts(screen, "\x1b[J");
}

static void show(const mu_edit *e, mu_buf *screen)
{
    mu_buf_puts(screen, e->prompt);
    mu_buf_add(screen, e->line, e->len);
}

static void cut_to(mu_edit *e, size_t len, int width, mu_buf *screen)
{
    hide(e, width, screen);
    e->len = len;
    e->line[len] = '\0';
    e->part_len = 0;
    show(e, screen);
}

static size_t before_last(const mu_edit *e)
{
    size_t n = e->len ? e->len - 1 : 0;
    while (n && ((unsigned char)e->line[n] & 0xC0) == 0x80)
        n--;
    return n;
}

static size_t before_word(const mu_edit *e)
{
    size_t n = e->len;
    while (n && e->line[n - 1] == ' ')
        n--;
    while (n && e->line[n - 1] != ' ')
        n--;
    return n;
}

/* A character comes byte by byte; what is none, or is no text, is dropped. */
static void put(mu_edit *e, char byte, mu_buf *screen)
{
    uint32_t cp;
    bool follows = ((unsigned char)byte & 0xC0) == 0x80;
    if (!follows)
        e->part_len = 0;
    if (e->part_len == sizeof e->part || (follows && !e->part_len))
        return;
    e->part[e->part_len++] = byte;
    if (mu_utf8(e->part, e->part_len, &cp) != (int)e->part_len)
        return;
    if (!mu_unsafe(cp) && e->len + e->part_len <= MU_EDIT_MOST) {
        memcpy(e->line + e->len, e->part, e->part_len);
        e->len += e->part_len;
        e->line[e->len] = '\0';
        mu_buf_add(screen, e->part, e->part_len);
    }
    e->part_len = 0;
}

/* True where the byte belongs to a key that sends several: an arrow, a function key. */
static bool of_key(mu_edit *e, char byte)
{
    if (e->in == MU_EDIT_KEYS && byte != ESCAPE)
        return false;
    if (e->in == MU_EDIT_KEYS)
        e->in = MU_EDIT_ESCAPE;
    else if (e->in == MU_EDIT_ESCAPE)
        e->in = byte == '[' || byte == 'O' ? MU_EDIT_SEQUENCE : MU_EDIT_KEYS;
    else if (byte >= '@' && byte <= '~')
        e->in = MU_EDIT_KEYS;
    return true;
}

mu_edited mu_edit_byte(mu_edit *e, char byte, int width, mu_buf *screen)
{
    if (e->taken)
        e->len = 0;
    e->taken = false;
    e->line[e->len] = '\0';
    if (byte == '\n' || byte == '\r') {
        mu_buf_puts(screen, "\n");
        e->taken = true;
        e->prompt[0] = '\0';
        e->in = MU_EDIT_KEYS;
        return MU_EDIT_LINE;
    }
    if (of_key(e, byte))
        return MU_EDIT_MORE;
    switch (byte) {
    case CTRL_D: return e->len ? MU_EDIT_MORE : MU_EDIT_END;
    case BACKSPACE:
    case DELETE: cut_to(e, before_last(e), width, screen); break;
    case CTRL_W: cut_to(e, before_word(e), width, screen); break;
    case CTRL_U: cut_to(e, 0, width, screen); break;
    case CTRL_L: cut_to(e, e->len, width, screen); break;
    default: put(e, byte == '\t' ? ' ' : byte, screen);
    }
    return MU_EDIT_MORE;
}

void mu_edit_around(mu_edit *e, const char *text, size_t len, int width, mu_buf *screen)
{
    if (e->taken)
        e->len = 0;
    e->taken = false;
    e->line[e->len] = '\0';
    if (e->prompt[0] || e->len)
        hide(e, width, screen);
    mu_buf_add(screen, text, len);
    size_t last = len;
    while (last && text[last - 1] != '\n')
        last--;
    snprintf(e->prompt, sizeof e->prompt, "%.*s", (int)(len - last), text + last);
    mu_buf_add(screen, e->line, e->len);
}
