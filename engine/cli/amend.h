/* amend.h - what the files of `muster amend` share. */
#ifndef MU_CLI_AMEND_H
#define MU_CLI_AMEND_H

#include "amend/amend.h"
#include "amend/repairs.h"
#include "cli/recorded.h"

/* The findings document from which a plan is amended, and the drill beside it. */
typedef struct mu_amend_source {
    const char *path, *plan_hash; /* NULL: judged on paper, here and now; as the document says, or NULL */
    const char *const *ids;
    int id_count;
    const char *journal;          /* NULL where no drill lies beside it */
    mu_journal *recorded;
    mu_inputs inputs;
    mu_recorded options;
    int64_t starts;
    bool unplayed;                /* a drill that was to show whether a change helps could not be played */
    bool calltree;                /* nobody acted in it: there is nothing to be played again */
} mu_amend_source;

/* Reads it: a findings document, or a drill's folder. An exit status, with words on stderr. */
int mu_amend_source_read(mu_amend_source *source, const char *path, mu_arena *arena);
void mu_amend_source_free(mu_amend_source *source);
/* A prover's judge: the recorded drill played again with this plan; `self` is the source. */
bool mu_prove_by_drill(void *self, mu_tree *plan, mu_arena *arena, mu_findings *found, const char **why);

/* The frame of both documents: from the schema to the plan, and from the diff on, which is freed. */
void mu_amend_document(mu_buf *out, const char *schema, const mu_tree *plan);
void mu_amend_document_end(mu_buf *out, mu_buf *diff);
/* The document muster.amend/1. */
void mu_amend_json(mu_buf *out, const mu_amendment *amendment, const mu_amend_source *source, const char *proof, mu_arena *arena);

/* What `muster amend --cover` asks for. */
typedef struct mu_amend_cover {
    unsigned order, kinds;
    int costs[MU_CHANGE_KINDS];
    bool timed;
    int64_t at; /* local; with `timed` */
    char *scenario; /* NULL: the whole plan */
    const char *format;
    bool write;
} mu_amend_cover;

/* The smallest repair as a patch. An exit status, with words on stderr. */
int mu_amend_by_cover(const mu_amend_cover *asked, const mu_tree *plan, mu_arena *arena);
/* As a page, without script and without any request. */
void mu_amend_cover_html(mu_buf *out, const mu_repairs *repairs, const mu_house *house, const char *as_of, const char *command);
/* The document muster.amend-cover/1. */
void mu_amend_cover_json(mu_buf *out, const mu_repairs *repairs, const char *as_of, mu_arena *arena);

/* The exit status of a patch that was shown, with words on stderr: refused where it is not proved (`unproved` says why, else NULL). Where
 * `write` is asked for and it is proved, the amended files are written in place of those that were read: all of them whole, or none, and
 * refused where one changed since. */
int mu_amend_end(const mu_tree *plan, const mu_splice *splice, const char *unproved, bool write);

#endif
