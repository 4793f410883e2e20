/* may.h - who may do what, and when. One table of routes; what is not in it may nobody. */
#ifndef MU_SERVER_MAY_H
#define MU_SERVER_MAY_H

#include <stdbool.h>

#include "server/seats.h"

typedef enum mu_stage_state { STATE_LOBBY, STATE_RUNNING, STATE_PAUSED, STATE_OVER, STATE_CLOSED, MU_STAGE_STATES } mu_stage_state;

typedef enum mu_route {
    ROUTE_NONE, ROUTE_HOME, ROUTE_JOIN, ROUTE_ENTER, ROUTE_LEAVE, ROUTE_STYLE, ROUTE_SCRIPT, ROUTE_ICON,
    ROUTE_PLAY, ROUTE_READY, ROUTE_MOVE, ROUTE_REAL,
    ROUTE_LEAD, ROUTE_AS, ROUTE_SHOW, ROUTE_DO, ROUTE_START, ROUTE_INVITE, ROUTE_REVOKE, ROUTE_CLOSE,
    ROUTE_RATE, ROUTE_NOTE, ROUTE_WATCH, ROUTE_WASH, ROUTE_SAY, ROUTE_IMPROVE, ROUTE_AGREE, ROUTE_REPORT, ROUTE_LIVE, MU_ROUTES
} mu_route;

typedef struct mu_route_row {
    mu_route route;
    const char *path;  /* one that ends with a slash has one more word behind it */
    bool post;
    unsigned parts;    /* bits: 1 << mu_kind_of_seat */
    unsigned states;   /* bits: 1 << mu_stage_state */
} mu_route_row;

extern const mu_route_row mu_routes[]; /* ends with path == NULL */

/* The row of a path, or NULL; *rest is the word behind it. `known`: the path is there, for another method. */
const mu_route_row *mu_route_find(const char *path, bool post, const char **rest, bool *known);
/* The one place that says yes. */
bool mu_may(mu_kind_of_seat part, const mu_route_row *row, mu_stage_state state);
/* What a part may not even know of is "not found"; what it may at another time is "not now"; without a seat, "come in". */
int mu_may_not(mu_kind_of_seat part, const mu_route_row *row);

#endif
