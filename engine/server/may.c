#include "server/may.h"

#include <string.h>

#define P(part) (1u << PART_##part)
#define S(state) (1u << STATE_##state)

enum {
    ANYBODY = P(NONE) | P(PLAYER) | P(EVALUATOR) | P(OBSERVER) | P(LEAD),
    SEATED = P(PLAYER) | P(EVALUATOR) | P(OBSERVER) | P(LEAD),
    TALKS = P(PLAYER) | P(EVALUATOR) | P(LEAD),
    SEES_ALL = P(EVALUATOR) | P(OBSERVER) | P(LEAD),
    ALWAYS = S(LOBBY) | S(RUNNING) | S(PAUSED) | S(OVER) | S(CLOSED),
    OPEN = S(LOBBY) | S(RUNNING) | S(PAUSED) | S(OVER),
    DRILL = S(RUNNING) | S(PAUSED),
    AFTER = S(OVER) | S(CLOSED)
};

/* What is sent may come again after it has turned the page: it is let in, and the engine knows it by its id. */
const mu_route_row mu_routes[] = {
    {ROUTE_HOME, "/", false, ANYBODY, ALWAYS},
    {ROUTE_JOIN, "/join", false, ANYBODY, ALWAYS},
    {ROUTE_ENTER, "/join", true, ANYBODY, OPEN},
    {ROUTE_LEAVE, "/leave", true, SEATED, ALWAYS},
    {ROUTE_STYLE, "/style.css", false, ANYBODY, ALWAYS},
    {ROUTE_SCRIPT, "/script.js", false, ANYBODY, ALWAYS},
    {ROUTE_ICON, "/icon.svg", false, ANYBODY, ALWAYS},
    {ROUTE_PLAY, "/play", false, P(PLAYER), ALWAYS},
    {ROUTE_READY, "/play/ready", true, P(PLAYER), S(LOBBY) | DRILL},
    {ROUTE_REAL, "/play/stop", true, P(PLAYER) | P(EVALUATOR) | P(OBSERVER), DRILL | S(OVER)},
    {ROUTE_MOVE, "/play/", true, P(PLAYER), DRILL | S(OVER)},
    {ROUTE_LEAD, "/lead", false, P(LEAD), ALWAYS},
    {ROUTE_AS, "/lead/as", false, P(LEAD), DRILL},
    {ROUTE_SHOW, "/lead/show", true, P(LEAD), DRILL},
    {ROUTE_START, "/lead/start", true, P(LEAD), S(LOBBY) | DRILL},
    {ROUTE_INVITE, "/lead/invite", true, P(LEAD), OPEN},
    {ROUTE_REVOKE, "/lead/revoke", true, P(LEAD), OPEN},
    {ROUTE_CLOSE, "/lead/close", true, P(LEAD), S(OVER)},
    {ROUTE_DO, "/lead/", true, P(LEAD), DRILL | S(OVER)},
    {ROUTE_RATE, "/rate", false, P(EVALUATOR) | P(LEAD), ALWAYS},
    {ROUTE_NOTE, "/rate/", true, P(EVALUATOR) | P(LEAD), DRILL | S(OVER)},
    {ROUTE_WATCH, "/watch", false, SEES_ALL, ALWAYS},
    {ROUTE_WASH, "/wash", false, SEATED, AFTER},
    {ROUTE_SAY, "/wash/", true, TALKS, S(OVER)},
    {ROUTE_IMPROVE, "/improve", false, P(EVALUATOR) | P(LEAD), AFTER},
    {ROUTE_AGREE, "/improve/", true, P(EVALUATOR) | P(LEAD), S(OVER)},
    {ROUTE_REPORT, "/report", false, SEATED, AFTER},
    {ROUTE_LIVE, "/live/", false, SEATED, ALWAYS},
    {ROUTE_NONE, NULL, false, 0, 0},
};

static bool fits(const mu_route_row *r, const char *path, const char **rest)
{
    size_t n = strlen(r->path);
    if (n > 1 && r->path[n - 1] == '/') {
        *rest = path + n;
        return strncmp(path, r->path, n) == 0 && path[n] && !strchr(path + n, '/');
    }
    *rest = "";
    return strcmp(path, r->path) == 0;
}

const mu_route_row *mu_route_find(const char *path, bool post, const char **rest, bool *known)
{
    *known = false;
    for (const mu_route_row *r = mu_routes; r->path; r++) {
        if (!fits(r, path, rest))
            continue;
        *known = true;
        if (r->post == post)
            return r;
    }
    return NULL;
}

bool mu_may(mu_kind_of_seat part, const mu_route_row *row, mu_stage_state state)
{
    return row && row->parts & 1u << part && row->states & 1u << state;
}

int mu_may_not(mu_kind_of_seat part, const mu_route_row *row)
{
    return row->parts & 1u << part ? 409 : part == PART_NONE ? 401 : 404;
}
