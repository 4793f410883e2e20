#include "base/format.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"

/* Where the text comes together; `len` goes on past the room, since the caller asks how long it is. */
typedef struct sheet {
    char *out;
    size_t room, len;
} sheet;

static void put(sheet *s, const char *bytes, size_t len)
{
    size_t fits = s->len + 1 < s->room ? s->room - s->len - 1 : 0;
    if (fits)
        memcpy(s->out + s->len, bytes, len < fits ? len : fits);
    s->len += len;
}

static void put_number(sheet *s, uint64_t left, bool minus)
{
    char text[24], *at = text + sizeof text;
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (minus)
        *--at = '-';
    put(s, at, (size_t)(text + sizeof text - at));
}

static void put_signed(sheet *s, int64_t value)
{
    put_number(s, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, value < 0);
}

/* One conversion, which stands at `at` behind its percent sign: how many bytes of the format it is; 0 where it is for the library. */
static size_t convert(sheet *s, const char *at, va_list *args)
{
    char c;
    const char *text;
    switch (*at) {
    case 's':
        text = va_arg(*args, const char *);
        text = text ? text : "(null)";
        put(s, text, strlen(text));
        return 1;
    case 'd': put_signed(s, va_arg(*args, int)); return 1;
    case 'u': put_number(s, va_arg(*args, unsigned), false); return 1;
    case 'c':
        c = (char)va_arg(*args, int);
        put(s, &c, 1);
        return 1;
    case '%': put(s, "%", 1); return 1;
    case 'z':
        if (at[1] != 'u')
            return 0;
        put_number(s, va_arg(*args, size_t), false);
        return 2;
    case 'l':
        if (at[1] != 'l' || at[2] != 'd')
            return 0;
        put_signed(s, va_arg(*args, long long));
        return 3;
    default: return 0;
    }
}

static bool quick(sheet *s, const char *format, va_list *args)
{
    while (*format) {
        size_t plain = 0;
        while (format[plain] && format[plain] != '%')
            plain++;
        put(s, format, plain);
        format += plain;
        if (!*format)
            break;
        size_t taken = convert(s, format + 1, args);
        if (taken == 0)
            return false;
        format += 1 + taken;
    }
    if (s->room)
        s->out[s->len < s->room ? s->len : s->room - 1] = '\0';
    return true;
}

int mu_vformat(char *out, size_t room, const char *format, va_list args)
{
    sheet s = {out, room, 0};
    va_list mine;
    va_copy(mine, args);
    bool done = quick(&s, format, &mine);
    va_end(mine);
    int len = done ? (int)s.len : vsnprintf(out, room, format, args);
    MU_CHECK(len >= 0);
    return len;
}
