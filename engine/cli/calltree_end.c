/* What a call tree leaves behind: its result, what the plan may say of it, and the reports. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "cli/calltree.h"
#include "cli/command.h"
#include "cli/patches.h"
#include "cli/report.h"
#include "plan/schema.h"

enum { RESULT_MOST = 8 << 20 };

static int put_file(const char *folder, const char *name, const mu_buf *bytes)
{
    char part[4200], whole[4200];
    snprintf(part, sizeof part, "%s/.%s.part", folder, name);
    snprintf(whole, sizeof whole, "%s/%s", folder, name);
    FILE *f = fopen(part, "wb");
    bool ok = f && fwrite(bytes->text, 1, bytes->len, f) == bytes->len && fflush(f) == 0 && fsync(fileno(f)) == 0;
    ok = (!f || fclose(f) == 0) && ok && rename(part, whole) == 0;
    if (ok)
        return 0;
    fprintf(stderr, "muster: %s: %s\n", whole, strerror(errno));
    (void)unlink(part);
    return 4;
}

/* ---- what the plan may say: verified ---- */

typedef struct names {
    const char *kept, *own; /* the plan beside the journal, and where it was read from */
    mu_arena *arena;
} names;

/* The patch is for the plan itself, not for the copy that is kept. */
static const char *own_name(const void *self, const char *file)
{
    const names *n = self;
    size_t len = strlen(n->kept);
    return mu_diff_name(NULL, strncmp(file, n->kept, len) == 0 ? mu_format(n->arena, "%s%s", n->own, file + len) : file);
}

static uint32_t last_answer(const mu_calls *c, const char *who)
{
    uint32_t last = 0;
    for (int i = 0; i < c->count; i++)
        if (strcmp(c->list[i].way.who, who) == 0 && c->list[i].last > last)
            last = c->list[i].last;
    return last;
}

static const mu_node *node_of(const mu_calls *c, const char *who)
{
    mu_contact way = {.node = NULL};
    (void)mu_contact_of(c->plan, who, 1, c->arena, &way);
    return way.node;
}

/* The day of somebody who was reached as written. False where the plan says so already, or its text cannot be changed there. */
static bool set_day(mu_splice *s, const mu_node *who, const char *day, mu_arena *arena)
{
    const mu_node *old = mu_get(who, "verified");
    if (old && strcmp(old->text, day) >= 0)
        return false;
    return old ? mu_splice_set(s, old, mu_fresh_text(arena, day)) : mu_splice_put(s, who, "verified", mu_fresh_text(arena, day), NULL);
}

static int put_patch(const mu_calls *c, const char *folder, const names *n)
{
    const mu_reached *list;
    int count = mu_reached_all(c, &list), said = 0;
    mu_splice *s = mu_splice_new(c->plan, c->arena);
    mu_reason *why = mu_alloc(c->arena, ((size_t)count + 1) * sizeof *why);
    const char *day = mu_copy(c->arena, c->starts, 10);
    for (int i = 0; i < count; i++) {
        size_t before = mu_splice_mark(s);
        if (!list[i].whole || !set_day(s, node_of(c, list[i].who), day, c->arena))
            continue;
        why[said++] = (mu_reason){mu_format(c->arena, "%s answered over each way that the plan has; the last is event %u of the call tree of %s", list[i].name, (unsigned)last_answer(c, list[i].who), c->starts),
                                  before, mu_splice_mark(s)};
    }
    mu_buf out = {0};
    int status = 0;
    if (said && mu_splice_make(s))
        mu_reasoned_hunks(&out, c->plan, s, why, (size_t)said, own_name, n, c->arena);
    else if (said)
        fprintf(stderr, "muster: the days on which contacts were verified cannot be written into the plan: %s\n", mu_splice_why(s));
    if (out.len)
        status = put_file(folder, "verified.patch", &out);
    mu_buf_free(&out);
    return status;
}

/* ---- all ---- */

static int put_result(const mu_calls *c, const char *folder, bool json)
{
    mu_buf file = {0}, text = {0};
    mu_calltree_json(&file, c);
    if (json)
        mu_calltree_json(&text, c);
    else
        mu_calltree_text(&text, c);
    int status = put_file(folder, "result.json", &file);
    mu_buf_free(&file);
    if (!json)
        mu_buf_puts(&text, "\n");
    int put = mu_put_all(&text);
    return status ? status : put;
}

int mu_calltree_close(const mu_calls *c, const char *folder, const char *plan_path, const char *kept_plan, int64_t starts, const mu_gate *gate, bool json)
{
    names n = {kept_plan, plan_path, c->arena};
    int status = put_result(c, folder, json);
    if (!status)
        status = put_patch(c, folder, &n);
    if (!status)
        status = mu_report_files(folder, c->plan, c->journal, starts, gate, !json);
    return status;
}

const char *mu_calltree_said(const char *folder, mu_arena *arena)
{
    mu_buf bytes = {0};
    mu_buf_puts(&bytes, "");
    const char *said = mu_buf_read(&bytes, mu_format(arena, "%s/result.json", folder), RESULT_MOST) ? mu_json_at(arena, bytes.text, bytes.len, NULL, "sentence") : NULL;
    mu_buf_free(&bytes);
    return said;
}
