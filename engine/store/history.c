#include "store/history.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

enum { FORMAT = 2 };

/* ---- the tables, as rows: one column is one member of a struct ---- */

typedef struct column {
    const char *name;
    size_t at;
    bool text;
} column;

#define TEXT(type, member) {#member, offsetof(type, member), true}
#define NUMBER(type, member) {#member, offsetof(type, member), false}

static const column drill_columns[] = {
    TEXT(mu_past_drill, folder), TEXT(mu_past_drill, source), TEXT(mu_past_drill, starts), TEXT(mu_past_drill, title), TEXT(mu_past_drill, plan), TEXT(mu_past_drill, version),
    TEXT(mu_past_drill, plan_hash), TEXT(mu_past_drill, scenario_hash), TEXT(mu_past_drill, assumptions), TEXT(mu_past_drill, mode), TEXT(mu_past_drill, seed),
    TEXT(mu_past_drill, engine), NUMBER(mu_past_drill, local), NUMBER(mu_past_drill, ran), NUMBER(mu_past_drill, over), NUMBER(mu_past_drill, players), {NULL, 0, false}};
static const column gap_columns[] = {TEXT(mu_past_gap, id), TEXT(mu_past_gap, name), TEXT(mu_past_gap, gap), TEXT(mu_past_gap, subject), TEXT(mu_past_gap, text), TEXT(mu_past_gap, confidence), NUMBER(mu_past_gap, weight),
                                     NUMBER(mu_past_gap, line), NUMBER(mu_past_gap, paper), NUMBER(mu_past_gap, shown_at), NUMBER(mu_past_gap, accepted), {NULL, 0, false}};
static const column time_columns[] = {TEXT(mu_past_time, person), TEXT(mu_past_time, role), TEXT(mu_past_time, habit), NUMBER(mu_past_time, took), NUMBER(mu_past_time, in_time),
                                      NUMBER(mu_past_time, played), {NULL, 0, false}};
static const column target_columns[] = {TEXT(mu_past_target, name), NUMBER(mu_past_target, met), {NULL, 0, false}};
static const column part_columns[] = {TEXT(mu_past_part, kind), TEXT(mu_past_part, name), NUMBER(mu_past_part, exercised), {NULL, 0, false}};
static const column task_columns[] = {TEXT(mu_past_task, id), TEXT(mu_past_task, gap), TEXT(mu_past_task, subject), TEXT(mu_past_task, action), TEXT(mu_past_task, owner), TEXT(mu_past_task, due),
                                      TEXT(mu_past_task, state), {NULL, 0, false}};

/* What hangs on a drill. */
typedef struct table {
    const char *name;
    const column *columns;
    size_t size, list, count; /* of a row; where the drill keeps them */
} table;

static const table tables[] = {
    {"gaps", gap_columns, sizeof(mu_past_gap), offsetof(mu_past_drill, gaps), offsetof(mu_past_drill, gap_count)},
    {"times", time_columns, sizeof(mu_past_time), offsetof(mu_past_drill, times), offsetof(mu_past_drill, time_count)},
    {"targets", target_columns, sizeof(mu_past_target), offsetof(mu_past_drill, targets), offsetof(mu_past_drill, target_count)},
    {"parts", part_columns, sizeof(mu_past_part), offsetof(mu_past_drill, parts), offsetof(mu_past_drill, part_count)},
    {"tasks", task_columns, sizeof(mu_past_task), offsetof(mu_past_drill, tasks), offsetof(mu_past_drill, task_count)},
};
enum { TABLES = sizeof tables / sizeof *tables };

static const char *text_at(const void *row, const column *c)
{
    const char *text;
    memcpy(&text, (const char *)row + c->at, sizeof text);
    return text;
}

static int64_t number_at(const void *row, const column *c)
{
    int64_t number;
    memcpy(&number, (const char *)row + c->at, sizeof number);
    return number;
}

static const void *list_of(const mu_past_drill *d, const table *t, int *count)
{
    const void *list;
    memcpy(&list, (const char *)d + t->list, sizeof list);
    memcpy(count, (const char *)d + t->count, sizeof *count);
    return list;
}

static void set_list(mu_past_drill *d, const table *t, void *list, int count)
{
    memcpy((char *)d + t->list, &list, sizeof list);
    memcpy((char *)d + t->count, &count, sizeof count);
}

/* ---- writing ---- */

typedef struct store {
    sqlite3 *db;
    mu_arena *arena;
    const char *why;
} store;

static bool failed(store *s)
{
    if (!s->why)
        s->why = mu_format(s->arena, "%s", s->db ? sqlite3_errmsg(s->db) : "SQLite cannot be used");
    return false;
}

static bool run(store *s, const char *sql)
{
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK || failed(s);
}

static bool create(store *s, const char *name, const column *columns, bool of_drill)
{
    mu_buf sql = {0};
    mu_buf_printf(&sql, "CREATE TABLE %s (%s INTEGER %s", name, of_drill ? "drill" : "number", of_drill ? "NOT NULL REFERENCES drills" : "PRIMARY KEY");
    for (const column *c = columns; c->name; c++)
        mu_buf_printf(&sql, ", %s %s NOT NULL", c->name, c->text ? "TEXT" : "INTEGER");
    mu_buf_puts(&sql, ") STRICT");
    bool ok = run(s, sql.text);
    mu_buf_free(&sql);
    return ok;
}

static sqlite3_stmt *insertion(store *s, const char *name, const column *columns)
{
    mu_buf sql = {0};
    sqlite3_stmt *statement = NULL;
    mu_buf_printf(&sql, "INSERT INTO %s VALUES (?", name);
    for (const column *c = columns; c->name; c++)
        mu_buf_puts(&sql, ", ?");
    mu_buf_puts(&sql, ")");
    if (sqlite3_prepare_v2(s->db, sql.text, -1, &statement, NULL) != SQLITE_OK)
        (void)failed(s);
    mu_buf_free(&sql);
    return statement;
}

static bool insert(store *s, sqlite3_stmt *statement, const column *columns, const void *row, int drill)
{
    int i = 1;
    bool ok = sqlite3_bind_int(statement, i++, drill) == SQLITE_OK;
    for (const column *c = columns; ok && c->name; c++, i++)
        ok = (c->text ? sqlite3_bind_text(statement, i, text_at(row, c), -1, SQLITE_STATIC) : sqlite3_bind_int64(statement, i, number_at(row, c))) == SQLITE_OK;
    ok = ok && sqlite3_step(statement) == SQLITE_DONE && sqlite3_reset(statement) == SQLITE_OK;
    return ok || failed(s);
}

static bool insert_drills(store *s, const mu_past *past)
{
    sqlite3_stmt *statement = insertion(s, "drills", drill_columns);
    bool ok = statement != NULL;
    for (int i = 0; ok && i < past->count; i++)
        ok = insert(s, statement, drill_columns, &past->drills[i], i + 1);
    sqlite3_finalize(statement);
    return ok;
}

static bool insert_rows(store *s, const mu_past *past, const table *t)
{
    sqlite3_stmt *statement = insertion(s, t->name, t->columns);
    bool ok = statement != NULL;
    for (int i = 0; ok && i < past->count; i++) {
        int count;
        const char *list = list_of(&past->drills[i], t, &count);
        for (int k = 0; ok && k < count; k++)
            ok = insert(s, statement, t->columns, list + (size_t)k * t->size, i + 1);
    }
    sqlite3_finalize(statement);
    return ok;
}

/* One transaction into an empty file: nothing of an earlier state is in its pages. */
static bool fill(store *s, const mu_past *past)
{
    bool ok = run(s, "PRAGMA journal_mode = OFF") && run(s, "PRAGMA synchronous = OFF") && run(s, mu_format(s->arena, "PRAGMA user_version = %d", FORMAT)) && run(s, "BEGIN") &&
              create(s, "drills", drill_columns, false) && insert_drills(s, past);
    for (int i = 0; ok && i < TABLES; i++)
        ok = create(s, tables[i].name, tables[i].columns, true) && insert_rows(s, past, &tables[i]);
    return ok && run(s, "CREATE INDEX gaps_by_name ON gaps (name)") && run(s, "COMMIT");
}

static bool on_disk(store *s, const char *part, const char *path)
{
    int fd = open(part, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        ok = close(fd) == 0 && ok;
    ok = ok && rename(part, path) == 0;
    if (!ok)
        s->why = mu_format(s->arena, "%s", strerror(errno));
    return ok;
}

bool mu_history_write(const char *path, const mu_past *past, mu_arena *arena, const char **why)
{
    const char *part = mu_format(arena, "%s.part", path);
    store s = {.arena = arena};
    (void)unlink(part);
    bool ok = (sqlite3_open_v2(part, &s.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) == SQLITE_OK || failed(&s)) && fill(&s, past);
    if (sqlite3_close(s.db) != SQLITE_OK && ok)
        ok = failed(&s);
    ok = ok && on_disk(&s, part, path);
    if (!ok)
        (void)unlink(part);
    *why = s.why;
    return ok;
}

/* ---- reading ---- */

static sqlite3_stmt *selection(store *s, const char *name, const column *columns, const char *first)
{
    mu_buf sql = {0};
    sqlite3_stmt *statement = NULL;
    mu_buf_printf(&sql, "SELECT %s", first);
    for (const column *c = columns; c->name; c++)
        mu_buf_printf(&sql, ", %s", c->name);
    mu_buf_printf(&sql, " FROM %s ORDER BY rowid", name);
    if (sqlite3_prepare_v2(s->db, sql.text, -1, &statement, NULL) != SQLITE_OK)
        (void)failed(s);
    mu_buf_free(&sql);
    return statement;
}

static void take(store *s, sqlite3_stmt *statement, const column *columns, void *row)
{
    int i = 1;
    for (const column *c = columns; c->name; c++, i++) {
        const char *text = c->text ? (const char *)sqlite3_column_text(statement, i) : NULL;
        int64_t number = sqlite3_column_int64(statement, i);
        const char *copy = mu_copy(s->arena, text ? text : "", text ? strlen(text) : 0);
        memcpy((char *)row + c->at, c->text ? (const void *)&copy : (const void *)&number, c->text ? sizeof copy : sizeof number);
    }
}

static int count_of(store *s, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    bool ok = sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW;
    int count = ok ? sqlite3_column_int(statement, 0) : 0;
    if (!ok)
        (void)failed(s);
    sqlite3_finalize(statement);
    return count;
}

static bool read_drills(store *s, mu_past *past)
{
    int room = count_of(s, "SELECT count(*) FROM drills");
    past->drills = mu_alloc(s->arena, ((size_t)room + 1) * sizeof *past->drills);
    sqlite3_stmt *statement = s->why ? NULL : selection(s, "drills", drill_columns, "number");
    int step = SQLITE_DONE;
    while (statement && past->count < room && (step = sqlite3_step(statement)) == SQLITE_ROW)
        take(s, statement, drill_columns, &past->drills[past->count++]);
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        (void)failed(s);
    sqlite3_finalize(statement);
    return !s->why;
}

/* Rows stand in the order of their drills. */
static bool read_rows(store *s, mu_past *past, const table *t)
{
    int room = count_of(s, mu_format(s->arena, "SELECT count(*) FROM %s", t->name)), n = 0, step = SQLITE_DONE;
    char *rows = mu_alloc(s->arena, ((size_t)room + 1) * t->size);
    int *of = mu_alloc(s->arena, ((size_t)room + 1) * sizeof *of);
    sqlite3_stmt *statement = s->why ? NULL : selection(s, t->name, t->columns, "drill");
    while (statement && n < room && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        of[n] = sqlite3_column_int(statement, 0);
        take(s, statement, t->columns, rows + (size_t)n++ * t->size);
    }
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        (void)failed(s);
    sqlite3_finalize(statement);
    for (int i = 0, from = 0; i < past->count; i++) {
        int to = from;
        while (to < n && of[to] == i + 1)
            to++;
        set_list(&past->drills[i], t, rows + (size_t)from * t->size, to - from);
        from = to;
    }
    return !s->why;
}

static bool sound(store *s)
{
    sqlite3_stmt *statement = NULL;
    bool ok = sqlite3_prepare_v2(s->db, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW;
    const char *said = ok ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    if (said && strcmp(said, "ok") != 0)
        s->why = mu_format(s->arena, "%.150s", said);
    else if (!ok)
        (void)failed(s);
    sqlite3_finalize(statement);
    if (!s->why && count_of(s, "PRAGMA user_version") != FORMAT && !s->why)
        s->why = "it was made by another version";
    return !s->why;
}

mu_past *mu_history_read(const char *path, mu_arena *arena, mu_history_state *state, const char **why)
{
    store s = {.arena = arena};
    mu_past *past = mu_alloc(arena, sizeof *past);
    *state = MU_HISTORY_NONE;
    *why = "it is not there";
    if (access(path, F_OK) != 0)
        return NULL;
    bool ok = (sqlite3_open_v2(path, &s.db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK || failed(&s)) && sound(&s) && read_drills(&s, past);
    for (int i = 0; ok && i < TABLES; i++)
        ok = read_rows(&s, past, &tables[i]);
    sqlite3_close(s.db);
    *state = ok ? MU_HISTORY_READ : MU_HISTORY_CORRUPT;
    *why = s.why;
    return ok ? past : NULL;
}
