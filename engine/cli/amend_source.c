/* From what a plan is amended, and what proves that it helped. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analysis/run.h"
#include "base/json.h"
#include "cli/amend.h"

enum { DOCUMENT_MOST = (64 << 20) - 1 };

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int read_document(mu_amend_source *s, mu_arena *arena)
{
    mu_buf bytes = {0};
    const char *why = NULL;
    s->id_count = -1;
    mu_buf_puts(&bytes, "");
    bool read = mu_buf_read(&bytes, s->path, DOCUMENT_MOST);
    if (!read) {
        why = strerror(errno);
    } else {
        s->id_count = mu_json_column(arena, bytes.text, bytes.len, "findings", "id", &s->ids, &why);
        s->plan_hash = mu_json_at(arena, bytes.text, bytes.len, "plan", "hash");
    }
    mu_buf_free(&bytes);
    if (s->id_count < 0)
        fprintf(stderr, "muster: %s: %s%s\n", s->path, read ? "this is no findings document (muster check --format json, or findings.json of a drill): " : "", why);
    return s->id_count < 0 ? 3 : 0;
}

static int read_drill(mu_amend_source *s)
{
    mu_reading reading;
    s->recorded = mu_journal_read(s->journal, &reading);
    if (reading.soundness == MU_CORRUPT || reading.soundness == MU_UNREADABLE || !mu_recorded_options(&s->options, s->recorded)) {
        fprintf(stderr, "muster: %s: %s\n", s->journal, *reading.why ? reading.why : "record 1 does not say when the drill began");
        return 3;
    }
    s->calltree = strcmp(s->options.options.mode, "calltree") == 0;
    if (s->calltree ? !mu_inputs_plan(s->journal, &s->inputs) : !mu_inputs_find(s->journal, &s->inputs)) {
        fprintf(stderr, "muster: the scenario of this drill is not beside its journal (inputs/), so that it cannot be played again\n");
        return 3;
    }
    s->starts = s->options.options.starts_local;
    return 0;
}

int mu_amend_source_read(mu_amend_source *s, const char *path, mu_arena *arena)
{
    s->path = is_folder(path) ? mu_format(arena, "%s/findings.json", path) : path;
    const char *slash = strrchr(s->path, '/');
    s->journal = mu_format(arena, "%.*sjournal.jsonl", slash ? (int)(slash + 1 - s->path) : 0, s->path);
    s->journal = access(s->journal, F_OK) == 0 ? s->journal : NULL;
    int status = read_document(s, arena);
    return status || !s->journal ? status : read_drill(s);
}

void mu_amend_source_free(mu_amend_source *s)
{
    mu_journal_free(s->recorded);
}

/* What the run said lies in its journal, which is gone after the judgement. */
static void keep_texts(mu_findings *found, mu_arena *arena)
{
    for (size_t i = 0; i < found->count; i++) {
        mu_finding *f = &found->list[i];
        f->subject = mu_copy(arena, f->subject, strlen(f->subject));
        f->text = mu_copy(arena, f->text, strlen(f->text));
    }
}

bool mu_prove_by_drill(void *self, mu_tree *plan, mu_arena *arena, mu_findings *found, const char **why)
{
    mu_amend_source *s = self;
    if (s->calltree) { /* whatever the plan says, what people answered stays what it was */
        *found = mu_judge_all(plan, s->recorded, s->starts, arena);
        keep_texts(found, arena);
        return true;
    }
    mu_drill d = {0};
    int status = mu_drill_load_with(&d, plan, s->inputs.scenario, *s->inputs.assume ? s->inputs.assume : NULL);
    if (!status)
        status = mu_recorded_play(&s->options, s->recorded, s->journal, &d, false, NULL);
    if (status)
        *why = "the drill cannot be played with it";
    else
        *found = mu_judge_all(plan, d.journal, d.msel->starts, arena);
    keep_texts(found, arena);
    s->unplayed = s->unplayed || status;
    d.plan = NULL; /* the caller's */
    mu_drill_free(&d);
    return !status;
}
