/* Files that a plan names: templates, calendars, registers. What they hold is part of the plan's hash. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/calendar.h"
#include "base/text.h"
#include "plan/reader.h"

enum { FILE_MOST = 2 << 20, FIRST_YEAR = 1990, LAST_YEAR = 2089, ROWS_MOST = 20000, CELL = 256 };

/* The real path of a file that lies beside the plan, or NULL after a message; the caller frees it. */
static char *beside(mu_reader *r, const mu_node *n)
{
    const char *slash = strrchr(n->at.file, '/');
    char folder[4096], *real, *home;
    struct stat st = {0};
    size_t len = slash ? (size_t)(slash - n->at.file) : 1;
    if (len >= sizeof folder)
        return NULL;
    memcpy(folder, slash ? n->at.file : ".", len);
    folder[len] = '\0';
    if (strchr(n->text, ':') && !strncmp(strchr(n->text, ':'), "://", 3)) {
        mu_wrong(r, n->at, 28, SAY("\"%s\" is a link, not a file", n->text), SAY("name a file beside the %s", r->schema->what));
        return NULL;
    }
    home = realpath(len ? folder : "/", NULL);
    real = n->text[0] == '/' || strstr(n->text, "..") ? NULL : realpath(SAY("%s/%s", folder, n->text), NULL);
    bool outside = n->text[0] == '/' || strstr(n->text, "..") || (real && home && (strncmp(real, home, strlen(home)) != 0 || real[strlen(home)] != '/'));
    if (outside)
        mu_wrong(r, n->at, 28, SAY("the file \"%s\" is outside the folder of the %s", n->text, r->schema->what), "copy it beside that file, and name it by a relative path");
    else if (!real)
        mu_wrong(r, n->at, 28, SAY("there is no file \"%s\" in the folder of the %s", n->text, r->schema->what), NULL);
    else if (stat(real, &st) != 0 || !S_ISREG(st.st_mode))
        mu_wrong(r, n->at, 28, SAY("\"%s\" is no plain file", n->text), NULL);
    free(home);
    if (!outside && real && S_ISREG(st.st_mode))
        return real;
    free(real);
    return NULL;
}

/* Reads what `n` names and attaches it. False after a message. */
static bool read_file(mu_reader *r, const mu_node *n, mu_buf *bytes)
{
    char *path = beside(r, n);
    if (!path)
        return false;
    bool ok = mu_buf_read(bytes, path, FILE_MOST);
    const char *why = ok ? NULL : errno == EFBIG ? "is larger than the limit of 2 MiB" : SAY("cannot be read: %s", strerror(errno));
    free(path);
    if (!ok) {
        mu_wrong(r, n->at, 28, SAY("the file \"%s\" %s", n->text, why), NULL);
        return false;
    }
    mu_tree_attach(r->tree, n->text, bytes->len ? bytes->text : "", bytes->len);
    return true;
}

void mu_read_attached(mu_reader *r, mu_node *n)
{
    mu_buf bytes = {0};
    (void)read_file(r, n, &bytes);
    mu_buf_free(&bytes);
}

/* What the file holds stands behind `n` as a list. */
static mu_node *list_behind(mu_reader *r, mu_node *n)
{
    mu_node *list = mu_alloc(mu_tree_arena(r->tree), sizeof *list);
    *list = (mu_node){.kind = MU_LIST, .text = "", .at = n->at, .number = n->number};
    return n->ref = list;
}

static void append(mu_reader *r, mu_node *list, const char *text, size_t len, int64_t value)
{
    mu_node *c = mu_alloc(mu_tree_arena(r->tree), sizeof *c);
    *c = (mu_node){.kind = MU_SCALAR, .text = mu_copy(mu_tree_arena(r->tree), text, len), .len = (uint32_t)len, .at = list->at, .number = list->number, .parent = list, .value = value};
    *(list->tail ? &list->tail->next : &list->first) = c;
    list->tail = c;
    list->count++;
}

/* Whoever has exported meetings instead of holidays would wait for a business day that is none. */
static void say_timed(mu_reader *r, const mu_node *n, const mu_ics *found)
{
    if (found->timed > 0 && found->days == 0)
        mu_diag_add(r->diags, MU_WARNING, 37, n->at, SAY("the calendar \"%s\" holds no holiday: %s a time of day", n->text, found->timed == 1 ? "its one event has" : SAY("each of its %d events has", found->timed)),
                    "a holiday is a whole day: DTSTART;VALUE=DATE:20261225");
}

void mu_read_calendar(mu_reader *r, mu_node *n)
{
    mu_buf bytes = {0};
    mu_ics found;
    mu_arena *arena = mu_tree_arena(r->tree);
    mu_calendar *days = mu_calendar_new(arena, MU_SATURDAY_SUNDAY);
    bool read = read_file(r, n, &bytes);
    if (read && !mu_calendar_ics(days, arena, bytes.len ? bytes.text : "", bytes.len, FIRST_YEAR, LAST_YEAR, &found)) {
        mu_wrong(r, n->at, 34, SAY("the calendar \"%s\" cannot be used: %s", n->text, found.wrong), "an iCalendar file whose events are whole days, each a holiday");
    } else if (read) {
        mu_node *list = list_behind(r, n);
        for (size_t i = 0; i < mu_calendar_count(days); i++)
            append(r, list, "", 0, mu_calendar_at(days, i) * MU_DAY_MS);
        list->tail = NULL;
        say_timed(r, n, &found);
    }
    mu_buf_free(&bytes);
}

/* One cell of a row (RFC 4180), without its quotes; what is longer than CELL is cut. True where the row goes on. `open` is where a
 * quote was opened that nothing closes. */
static bool cell(const char **p, const char *end, char text[CELL], size_t *len, const char **open)
{
    bool quoted = *p < end && **p == '"';
    const char *from = *p;
    *p += quoted;
    for (*len = 0; *p < end; ++*p) {
        if (quoted && **p == '"' && !(*p + 1 < end && (*p)[1] == '"'))
            quoted = false;
        else if (!quoted && (**p == ',' || **p == '\n'))
            break;
        else if ((quoted || **p != '\r') && *len < CELL - 1)
            text[(*len)++] = *(*p += quoted && **p == '"');
    }
    text[*len] = '\0';
    *open = quoted ? from : *open;
    bool more = *p < end && **p == ',';
    *p += *p < end;
    return more;
}

static int line_of(const char *bytes, const char *at)
{
    int line = 1;
    for (const char *p = bytes; (p = memchr(p, '\n', (size_t)(at - p))); p++)
        line++;
    return line;
}

/* What is read to no end would be read in part, and a name that stands in it be missed. */
static void judge_register(mu_reader *r, const mu_node *n, const char *bytes, const char *open, bool cut)
{
    if (open)
        mu_wrong(r, n->at, 34, SAY("a quote is opened on line %d of \"%s\" and never closed", line_of(bytes, open), n->text), "close it; a quote in a quoted cell is written twice");
    else if (cut)
        mu_wrong(r, n->at, 34, SAY("\"%s\" has more than %d rows", n->text, ROWS_MOST), "give only those that the plan has to do with");
}

static void read_rows(mu_reader *r, mu_node *n, const char *bytes, const char *end)
{
    char text[CELL];
    bool wanted[64] = {false}, any = false, more = true;
    size_t len;
    const char *p = bytes, *open = NULL;
    for (int k = 0; more && k < 64; k++) {
        more = cell(&p, end, text, &len, &open);
        wanted[k] = strcasecmp(text, "id") == 0 || strcasecmp(text, "name") == 0;
        any = any || wanted[k];
    }
    if (!any || more)
        mu_wrong(r, n->at, 34, SAY("the head of \"%s\" has no column \"id\" and none \"name\"", n->text), "a CSV file whose first row names its columns, separated by commas");
    mu_node *list = list_behind(r, n);
    for (int row = 0; any && p < end && row < ROWS_MOST; row++) {
        more = true;
        for (int k = 0; more; k++) {
            more = cell(&p, end, text, &len, &open);
            if (k < 64 && wanted[k] && len)
                append(r, list, text, len, 0);
        }
    }
    list->tail = NULL;
    judge_register(r, n, bytes, open, any && p < end);
}

void mu_read_register(mu_reader *r, mu_node *n)
{
    mu_buf bytes = {0};
    if (read_file(r, n, &bytes)) {
        const char *from = bytes.len ? bytes.text : "";
        read_rows(r, n, from + (bytes.len >= 3 && memcmp(from, "\xef\xbb\xbf", 3) == 0 ? 3 : 0), from + bytes.len);
    }
    mu_buf_free(&bytes);
}
