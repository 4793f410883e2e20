/* calltree_post.h - a process of its own that sends what a call tree asks, so that a server that hangs keeps nobody from answering. */
#ifndef MU_CLI_CALLTREE_POST_H
#define MU_CLI_CALLTREE_POST_H

#include "calltree/words.h"
#include "programme/send.h"

typedef struct mu_poster mu_poster;

typedef enum mu_post_news { MU_NO_NEWS, MU_LEAVES, MU_POST_OVER, MU_POSTER_LOST } mu_post_news;

/* Begins it; before files are opened, as it would hold them as well. NULL where there can be no process. What it sends it knows from
 * `asking` and its calls, as they are now. `name` is that of the drill's folder. */
mu_poster *mu_poster_new(const mu_asking *asking, const char *name);
/* It ends; a message that has not left does not leave. */
void mu_poster_free(mu_poster *poster);
/* Sends over a way; over the next when this is over. */
bool mu_poster_send(mu_poster *poster, int way, int64_t wall);
/* MU_LEAVES: the last byte waits for mu_poster_may. MU_POST_OVER: *posted and *words (which live until the next call). */
mu_post_news mu_poster_hear(mu_poster *poster, mu_posted *posted, const char **words);
void mu_poster_may(mu_poster *poster, bool yes);

#endif
