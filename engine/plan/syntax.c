#include "plan/syntax.h"

#include <string.h>

typedef struct row {
    const char *problem;
    enum { NOTICED, BEGAN, LINE_BEGAN } where; /* where the mistake stands; LINE_BEGAN: where it began, if that is another line */
    const char *text;  /* %d is the line on which the thing began */
    const char *help;
} row;

static const row rows[] = {
    {"mapping values are not allowed", NOTICED, "a key and its colon cannot stand here", "quote a text that holds a colon and a blank, or look at the indentation of the line"},
    {"did not find expected key", NOTICED, "this is no key of the map that began on line %d", "look at the indentation of this line: it stands in no column that is open; or quote the text"},
    {"did not find expected '-' indicator", NOTICED, "this is no item of the list that began on line %d", "look at the indentation: the items of a list stand in one column, each behind a dash"},
    {"cannot start any token", NOTICED, "no text can begin with this character", "quote a text that begins with it"},
    {"did not find expected ',' or", LINE_BEGAN, "the bracket that is opened on line %d is not closed where it should be", "a list ends with ], a map with }; quote a text that holds a comma or a bracket"},
    {"found a tab character", NOTICED, "a tab stands where blanks must", "use blanks, not a tab"},
    {"could not find expected ':'", BEGAN, "a key without a colon and a blank behind it", "write key: value, with a plain blank; or quote the text, or look at its indentation"},
    {"unexpected end of stream", BEGAN, "a quoted text begins here and never ends", "close the quote"},
    {"did not find expected alphabetic or numeric", BEGAN, "this is no name of an anchor or an alias", "quote a text that begins with & or *"},
    {"did not find expected node content", NOTICED, "nothing stands where a value must", "delete the comma that is too many, or quote a text that begins with a sign"},
    {"leading space", NOTICED, "the block of text that began on line %d is indented in two ways", "look at the indentation of the block of text"},
    {"unknown escape", NOTICED, "there is no such escape in a text in double quotes", "write \\\\ for a backslash, or use single quotes"},
};

static const row *row_of(const char *problem)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strstr(problem, rows[i].problem))
            return &rows[i];
    return NULL;
}

void mu_say_syntax(mu_diags *diags, const mu_syntax *w)
{
    const row *r = row_of(w->problem);
    if (!r) {
        mu_diag_add(diags, MU_ERROR, 13, w->at, w->problem, NULL);
        return;
    }
    bool began = w->began.line > 0 && (r->where == BEGAN || (r->where == LINE_BEGAN && w->began.line != w->at.line));
    int line = w->began.line > 0 ? w->began.line : w->at.line;
    const char *place = strstr(r->text, "%d");
    const char *text = !place ? r->text : mu_format(mu_diags_arena(diags), "%.*s%d%s", (int)(place - r->text), r->text, line, place + 2);
    mu_diag_add(diags, MU_ERROR, 13, began ? w->began : w->at, text, r->help);
}
