#include "cli/archive.h"

#include <stdint.h>
#include <string.h>

static void number(mu_buf *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++, value >>= 8)
        mu_buf_add(out, &(char){(char)(value & 0xff)}, 1);
}

/* CRC-32 as in ISO 3309. */
static uint32_t checksum(const char *bytes, size_t len)
{
    uint32_t crc = 0xffffffff;
    for (size_t i = 0; i < len; i++) {
        crc ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    return ~crc;
}

/* What both headers of a file have: from the version that is needed to the lengths of its name. */
static void described(mu_buf *out, const mu_embedded *file, size_t name)
{
    enum { VERSION = 20, FIRST_DAY = 0x21 }; /* 1980-01-01 */
    number(out, VERSION, 2);
    number(out, 0, 4); /* no flags; stored */
    number(out, 0, 2);
    number(out, FIRST_DAY, 2);
    number(out, checksum(file->bytes, file->len), 4);
    number(out, (uint32_t)file->len, 4);
    number(out, (uint32_t)file->len, 4);
    number(out, (uint32_t)name, 2);
    number(out, 0, 2);
}

static void named(mu_buf *out, const mu_embedded *file, const char *folder)
{
    mu_buf_puts(out, folder);
    mu_buf_puts(out, file->name);
}

void mu_archive(mu_buf *out, const mu_embedded *files, const char *folder)
{
    size_t begin = out->len;
    mu_buf list = {0};
    int count = 0;
    for (const mu_embedded *f = files; f->name; f++, count++) {
        size_t name = strlen(folder) + strlen(f->name), at = out->len - begin;
        mu_buf_puts(out, "PK\3\4");
        described(out, f, name);
        named(out, f, folder);
        mu_buf_add(out, f->bytes, f->len);
        mu_buf_puts(&list, "PK\1\2");
        number(&list, 20, 2);
        described(&list, f, name);
        number(&list, 0, 4); /* no comment; the first disk */
        number(&list, 0, 2);
        number(&list, 0, 4);
        number(&list, (uint32_t)at, 4);
        named(&list, f, folder);
    }
    size_t list_at = out->len - begin;
    mu_buf_add(out, list.text, list.len);
    mu_buf_puts(out, "PK\5\6");
    number(out, 0, 4);
    number(out, (uint32_t)count, 2);
    number(out, (uint32_t)count, 2);
    number(out, (uint32_t)list.len, 4);
    number(out, (uint32_t)list_at, 4);
    number(out, 0, 2);
    mu_buf_free(&list);
}
