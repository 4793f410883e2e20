#include "base/json.h"

#include <jansson.h>
#include <string.h>

static bool stands_as_it_is(char c)
{
    return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
}

static size_t standing(const char *text, size_t len)
{
    size_t n = 0;
    while (n < len && stands_as_it_is(text[n]))
        n++;
    return n;
}

void mu_json_text(mu_buf *out, const char *text)
{
    size_t len = strlen(text);
    mu_buf_puts(out, "\"");
    for (size_t i = 0; i < len;) {
        size_t plain = standing(text + i, len - i);
        mu_buf_add(out, text + i, plain);
        if ((i += plain) == len)
            break;
        uint32_t cp;
        int n = mu_utf8(text + i, len - i, &cp);
        if (n == 0) {
            mu_buf_puts(out, "\\ufffd");
            n = 1;
        } else if (cp == '"' || cp == '\\') {
            mu_buf_add(out, cp == '"' ? "\\\"" : "\\\\", 2);
        } else if (cp < 0x20 || (cp < 0x10000 && mu_unsafe(cp))) {
            mu_buf_printf(out, "\\u%04x", (unsigned)cp);
        } else {
            mu_buf_add(out, text + i, (size_t)n);
        }
        i += (size_t)n;
    }
    mu_buf_puts(out, "\"");
}

void mu_json_maybe(mu_buf *out, const char *text)
{
    if (text)
        mu_json_text(out, text);
    else
        mu_buf_puts(out, "null");
}

int mu_json_column(mu_arena *arena, const char *bytes, size_t len, const char *list, const char *key, const char *const **texts, const char **why)
{
    json_error_t error;
    json_t *root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &error), *rows = json_object_get(root, list);
    int count = -1;
    *why = root ? mu_format(arena, "it has no list \"%s\" whose rows have a text \"%s\"", list, key) : mu_format(arena, "line %d: %s", error.line, error.text);
    if (json_is_array(rows)) {
        const char **out = mu_alloc(arena, (json_array_size(rows) + 1) * sizeof *out);
        count = (int)json_array_size(rows);
        for (int i = 0; i < count; i++) {
            const char *text = json_string_value(json_object_get(json_array_get(rows, (size_t)i), key));
            out[i] = text ? mu_copy(arena, text, strlen(text)) : NULL;
            if (!text)
                count = -1;
        }
        *texts = out;
    }
    json_decref(root);
    return count;
}

const char *mu_json_at(mu_arena *arena, const char *bytes, size_t len, const char *object, const char *key)
{
    json_t *root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, NULL);
    const char *text = json_string_value(json_object_get(object ? json_object_get(root, object) : root, key));
    const char *out = text ? mu_copy(arena, text, strlen(text)) : NULL;
    json_decref(root);
    return out;
}

int mu_json_present(mu_arena *arena, const char *bytes, size_t len, const char *list, const char *key, const bool **present)
{
    json_t *root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, NULL), *rows = json_object_get(root, list);
    int count = json_is_array(rows) ? (int)json_array_size(rows) : -1;
    bool *out = mu_alloc(arena, (size_t)(count + 1) + 1);
    for (int i = 0; i < count; i++) {
        const json_t *value = json_object_get(json_array_get(rows, (size_t)i), key);
        out[i] = value && !json_is_null(value);
    }
    *present = out;
    json_decref(root);
    return count;
}
