/* The files of a scenario: which ones, whether they may be read at all, their hash. */
#include "scenario/script.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/check.h"
#include "scenario/limits.h"

enum { CLIMB = 3 }; /* folders above a scenario in which scripts/library is looked for */

static const char *keep(mu_arena *arena, const char *text)
{
    return mu_copy(arena, text, strlen(text));
}

static void wrong(mu_script *s, mu_mark at, int code, mu_diags *diags, const char *text, const char *help)
{
    s->refused = true;
    at.file = keep(mu_diags_arena(diags), at.file);
    mu_diag_add(diags, MU_ERROR, code, at, text, help);
}

#define SAY(...) mu_format(s->arena, __VA_ARGS__)

/* ---- what may not even be scanned ---- */

static const char *other_encoding(const char *b, size_t len)
{
    if (len >= 2 && ((b[0] == '\xff' && b[1] == '\xfe') || (b[0] == '\xfe' && b[1] == '\xff')))
        return "the file is UTF-16";
    if (len >= 4 && ((!b[0] && b[1] && !b[2]) || (b[0] && !b[1] && b[2] && !b[3])))
        return "the file is UTF-16";
    return len && b[0] == '\x1b' ? "the file is compiled Lua, or no text at all" : NULL;
}

static const char *bad_character(mu_script *s, const char *at, size_t left, int used, uint32_t cp)
{
    if (used == 0)
        return SAY("byte 0x%02X is not UTF-8", (unsigned char)*at);
    if (cp == '\r' && (left < 2 || at[1] != '\n'))
        return "a carriage return without a line feed: two readers would count lines differently";
    return cp != '\r' && mu_unsafe(cp) ? SAY("character U+%04X is not allowed in a scenario", (unsigned)cp) : NULL;
}

static bool clean(mu_script *s, const mu_script_file *f, mu_diags *diags)
{
    const char *why = other_encoding(f->bytes, f->len);
    mu_mark at = {f->name, 1, 1, 1};
    if (why) {
        wrong(s, at, 102, diags, why, "save it as UTF-8");
        return false;
    }
    for (size_t i = 0; i < f->len;) {
        uint32_t cp = 0;
        int n = mu_utf8(f->bytes + i, f->len - i, &cp);
        why = bad_character(s, f->bytes + i, f->len - i, n, cp);
        if (why) {
            wrong(s, at, 102, diags, why, n == 0 ? "save it as UTF-8" : "take it out, or write it as \\u{...}");
            return false;
        }
        at.column = cp == '\n' ? 1 : at.column + 1;
        at.line += cp == '\n';
        i += (size_t)n;
    }
    return true;
}

/* ---- files ---- */

static mu_script_file *add(mu_script *s, mu_file_kind kind, const char *name, const char *asked)
{
    if (s->count == s->size) {
        s->size = s->size ? s->size * 2 : 4;
        s->files = mu_grow(s->files, (size_t)s->size * sizeof *s->files);
    }
    mu_script_file *f = &s->files[s->count++];
    *f = (mu_script_file){.kind = kind, .name = keep(s->arena, name), .asked = keep(s->arena, asked), .bytes = ""};
    return f;
}

static void fill(mu_script *s, mu_script_file *f, const char *bytes, size_t len)
{
    size_t mark = len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 && f->kind != MU_FILE_ARTEFACT ? 3 : 0;
    f->bytes = mu_copy(s->arena, bytes + mark, len - mark);
    f->len = len - mark;
}

/* False, and said at `at`, where the file cannot be read whole. */
static bool load(mu_script *s, mu_script_file *f, const char *path, int64_t most, mu_mark at, mu_diags *diags)
{
    FILE *file = fopen(path, "rb");
    struct stat st;
    if (!file || fstat(fileno(file), &st) != 0 || !S_ISREG(st.st_mode)) {
        wrong(s, at, 100, diags, SAY("cannot read %s: %s", path, file ? "it is no file" : strerror(errno)), NULL);
        if (file)
            fclose(file);
        return false;
    }
    char *bytes = mu_grow(NULL, (size_t)most + 2);
    size_t len = fread(bytes, 1, (size_t)most + 1, file);
    bool failed = ferror(file) != 0, large = (int64_t)len > most;
    fclose(file);
    if (failed || large)
        wrong(s, at, large ? 101 : 100, diags,
              large ? SAY("%s is larger than the limit of %lld bytes", path, (long long)most)
                    : SAY("cannot read %s", path),
              NULL);
    else
        fill(s, f, bytes, len);
    free(bytes);
    return !failed && !large;
}

static void show_source(const mu_script_file *f, mu_diags *diags)
{
    mu_arena *a = mu_diags_arena(diags);
    mu_diags_source(diags, keep(a, f->name), mu_copy(a, f->bytes, f->len), f->len);
}

/* ---- what a file names: stories to borrow, bodies of artefacts ---- */

/* A name is a plain one: no way leads out of the folder. */
static bool plain(const char *name, const char *more)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    if (!*name || name[0] == '.' || name[0] == '/' || strstr(name, "..") || strstr(name, "//") || strlen(name) > 200)
        return false;
    for (const char *p = name; *p; p++)
        if (!strchr(letters, *p) && !strchr(more, *p))
            return false;
    return true;
}

static const char *folder_of(mu_script *s, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? mu_copy(s->arena, path, (size_t)(slash - path) + 1) : "";
}

static bool there(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* library/ beside the scenario, else scripts/library of the folder it lies in or of one above. */
static const char *library(mu_script *s, const char *name)
{
    const char *folder = folder_of(s, s->files[0].name), *up = "";
    const char *path = SAY("%slibrary/%s.lua", folder, name);
    for (int i = 0; i <= CLIMB && !there(path); i++) {
        path = SAY("%s%sscripts/library/%s.lua", folder, up, name);
        up = SAY("%s../", up);
    }
    return there(path) ? path : NULL;
}

/* A symbolic link may not lead an artefact out of its scenario's folder. */
static bool inside(mu_script *s, const char *folder, const char *path)
{
    char *home = realpath(*folder ? folder : ".", NULL), *real = realpath(path, NULL);
    size_t len = home ? strlen(home) : 0;
    bool in = home && (!real || (strncmp(real, home, len) == 0 && real[len] == '/'));
    free(home);
    free(real);
    (void)s;
    return in;
}

static bool scan(mu_script *s, int index, mu_diags *diags);

static void borrow(mu_script *s, const char *name, mu_mark at, mu_diags *diags)
{
    const char *path = plain(name, "") ? library(s, name) : NULL;
    if (!path) {
        wrong(s, at, 112, diags, SAY("there is no library \"%s\"", name),
              plain(name, "") ? "it is looked for in library/ beside the scenario and in scripts/library"
                              : "a library has a plain name: letters, digits, - and _");
        return;
    }
    int index = s->count;
    mu_script_file *f = add(s, MU_FILE_LIBRARY, path, name);
    if (load(s, f, path, mu_limits[MU_LIMIT_SOURCE].most, at, diags))
        (void)scan(s, index, diags);
}

static void fetch(mu_script *s, const char *name, mu_mark at, mu_diags *diags)
{
    const char *folder = folder_of(s, s->files[0].name), *path = SAY("%s%s", folder, name);
    if (!plain(name, "./ ") || !inside(s, folder, path)) {
        wrong(s, at, 112, diags, SAY("the file \"%s\" is outside the folder of the scenario", name),
              "copy it beside the scenario, and name it by a relative path");
        return;
    }
    mu_script_file *f = add(s, MU_FILE_ARTEFACT, path, name);
    (void)load(s, f, path, mu_limits[MU_LIMIT_ARTEFACT].most, at, diags);
}

static void follow(mu_script *s, mu_file_kind kind, const char *name, mu_mark at, mu_diags *diags)
{
    if (!name || mu_script_find(s, kind, name) || s->refused)
        return;
    if (s->count >= mu_limits[MU_LIMIT_FILES].most)
        wrong(s, at, 101, diags, SAY("more than %d %s", s->count, mu_limits[MU_LIMIT_FILES].what), NULL);
    else if (kind == MU_FILE_LIBRARY)
        borrow(s, name, at, diags);
    else
        fetch(s, name, at, diags);
}

/* Files may move in memory while more are added, so they are taken by number. */
static bool scan(mu_script *s, int index, mu_diags *diags)
{
    show_source(&s->files[index], diags);
    if (!clean(s, &s->files[index], diags))
        return false;
    if (!mu_script_places(s, &s->files[index], diags))
        s->refused = true;
    for (int i = 0; i < s->files[index].noun_count; i++)
        if (strcmp(s->files[index].nouns[i].noun, "use") == 0)
            follow(s, MU_FILE_LIBRARY, s->files[index].nouns[i].name, s->files[index].nouns[i].name_at, diags);
    for (int i = 0; i < s->files[index].key_count; i++)
        follow(s, MU_FILE_ARTEFACT, s->files[index].keys[i].text, s->files[index].keys[i].at, diags);
    return !s->refused;
}

static void seal(mu_script *s)
{
    unsigned char hash[32];
    crypto_generichash_state *state;
    MU_CHECK(sodium_init() >= 0);
    char *room = mu_alloc(s->arena, sizeof *state + 64); /* wants 64-byte alignment */
    state = (void *)(room + (64 - (uintptr_t)room % 64));
    crypto_generichash_init(state, NULL, 0, sizeof hash);
    for (int i = 0; i < s->count; i++) {
        if (i > 0)
            crypto_generichash_update(state, (const unsigned char *)s->files[i].asked, strlen(s->files[i].asked) + 1);
        crypto_generichash_update(state, (const unsigned char *)s->files[i].bytes, s->files[i].len);
    }
    crypto_generichash_final(state, hash, sizeof hash);
    sodium_bin2hex(s->hash, sizeof s->hash, hash, sizeof hash);
}

static mu_script *begin(void)
{
    mu_arena *arena = mu_arena_new();
    mu_script *s = mu_alloc(arena, sizeof *s);
    s->arena = arena;
    return s;
}

mu_script *mu_script_read_bytes(const char *name, const char *bytes, size_t len, mu_diags *diags)
{
    mu_script *s = begin();
    mu_script_file *f = add(s, MU_FILE_MAIN, name, "");
    if ((int64_t)len > mu_limits[MU_LIMIT_SOURCE].most) {
        wrong(s, (mu_mark){f->name, 1, 1, 1}, 101, diags, "the scenario is larger than the limit of 1 MiB", NULL);
    } else {
        fill(s, f, bytes, len);
        (void)scan(s, 0, diags);
    }
    seal(s);
    return s;
}

mu_script *mu_script_read(const char *path, mu_diags *diags)
{
    mu_script *s = begin();
    struct stat st;
    size_t len = strlen(path);
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        path = SAY("%s%sscenario.lua", path, len && path[len - 1] == '/' ? "" : "/");
    mu_script_file *f = add(s, MU_FILE_MAIN, path, "");
    if (!load(s, f, path, mu_limits[MU_LIMIT_SOURCE].most, (mu_mark){f->name, 1, 1, 1}, diags)) {
        mu_script_free(s);
        return NULL;
    }
    (void)scan(s, 0, diags);
    seal(s);
    return s;
}

void mu_script_free(mu_script *s)
{
    if (!s)
        return;
    for (int i = 0; i < s->count; i++) {
        free(s->files[i].nouns);
        free(s->files[i].keys);
        free(s->files[i].verbs);
    }
    free(s->files);
    mu_arena_free(s->arena);
}

const mu_script_file *mu_script_find(const mu_script *s, mu_file_kind kind, const char *asked)
{
    for (int i = 0; i < s->count; i++)
        if (s->files[i].kind == kind && strcmp(s->files[i].asked, asked) == 0)
            return &s->files[i];
    return NULL;
}
