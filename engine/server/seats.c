#include "server/seats.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/text.h"

enum { HASH = 33, SCREENS_MOST = 16, RATES = 1024, KEPT = 16 << 20 }; /* SCREENS_MOST: sessions of one seat; a new one ends the oldest */

#define HEAD "muster.seats/1\n"

typedef struct session {
    char hash[HASH];
    int seat; /* -1: ended */
    int64_t began; /* how many had come in then */
} session;

typedef struct rate {
    char who[64];
    int64_t from;
    int count;
} rate;

typedef struct inside {
    mu_seat seat;
    char ticket[HASH], used_by[HASH]; /* hashes: of the link; of the request that used it */
} inside;

struct mu_seats {
    inside list[MU_SEATS_MOST];
    int count;
    session *sessions;
    int session_count, session_room;
    int64_t joins;
    char code[HASH];
    bool expired;
    int fd;
    bool unsynced, broken; /* broken: what the disk holds is not known any more */
    char failure[80];
    mu_buf pending;
    rate *rates; /* RATES of them */
    int next_rate;
};

const char *mu_seat_word(mu_kind_of_seat part)
{
    static const char *const words[] = {"nobody", "player", "evaluator", "observer", "facilitator"};
    return words[part];
}

/* ---- tokens ---- */

void mu_token_make(char token[MU_TOKEN])
{
    static const char letters[] = "ABCDEFGHJKMNPQRSTVWXYZ0123456789"; /* none that is taken for another */
    unsigned char bytes[MU_TOKEN - 1];
    randombytes_buf(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        token[i] = letters[bytes[i] & 31];
    token[MU_TOKEN - 1] = '\0';
}

/* As it was given out, whatever case and hyphens somebody typed. */
static void plain(const char *token, char out[MU_TOKEN])
{
    size_t n = 0;
    for (; *token && n < MU_TOKEN - 1; token++)
        if (*token != '-' && *token != ' ')
            out[n++] = *token >= 'a' && *token <= 'z' ? (char)(*token - 'a' + 'A') : *token;
    out[n] = '\0';
}

static void hash_of(const char *text, char hex[HASH])
{
    unsigned char bytes[HASH / 2];
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)text, strlen(text), NULL, 0);
    sodium_bin2hex(hex, HASH, bytes, sizeof bytes);
}

static void hash_token(const char *token, char hex[HASH])
{
    char text[MU_TOKEN];
    plain(token, text);
    hash_of(text, hex);
}

static bool same(const char *a, const char *b)
{
    return *a && *b && sodium_memcmp(a, b, HASH) == 0;
}

/* ---- one line of the file, done ---- */

static bool seat_line(mu_seats *s, int seat, const char *rest)
{
    char *who;
    long part = strtol(rest, &who, 10);
    if (seat != s->count || seat >= MU_SEATS_MOST || *who != ' ' || !who[1] || part <= PART_NONE || part >= MU_SEAT_KINDS)
        return false;
    inside *n = &s->list[s->count++];
    *n = (inside){.seat = {.part = (mu_kind_of_seat)part}};
    snprintf(n->seat.who, sizeof n->seat.who, "%s", who + 1);
    return true;
}

static bool end_session(mu_seats *s, const char *hash, int seat)
{
    for (int i = 0; i < s->session_count; i++)
        if ((hash && strcmp(s->sessions[i].hash, hash) == 0) || (!hash && s->sessions[i].seat == seat))
            s->sessions[i].seat = -1;
    return true;
}

/* Where a session of this seat is put: a place that is free, or that of their oldest where they have many. */
static session *place_of(mu_seats *s, int seat)
{
    session *ended = NULL, *oldest = NULL;
    int theirs = 0;
    for (session *n = s->sessions; n < s->sessions + s->session_count; n++) {
        ended = n->seat < 0 ? n : ended;
        oldest = n->seat == seat && (!oldest || n->began < oldest->began) ? n : oldest;
        theirs += n->seat == seat;
    }
    if (theirs >= SCREENS_MOST || ended)
        return theirs >= SCREENS_MOST ? oldest : ended;
    if (s->session_count == s->session_room)
        s->sessions = mu_grow(s->sessions, (size_t)(s->session_room = s->session_room ? s->session_room * 2 : 64) * sizeof *s->sessions);
    return &s->sessions[s->session_count++];
}

static bool join_line(mu_seats *s, int seat, const char *rest)
{
    char hash[HASH], used[HASH] = "";
    if (sscanf(rest, "%32[0-9a-f] %32[0-9a-f]", hash, used) < 1)
        return false;
    session *n = place_of(s, seat);
    *n = (session){.seat = seat, .began = ++s->joins};
    snprintf(n->hash, HASH, "%s", hash);
    snprintf(s->list[seat].used_by, HASH, "%s", used);
    s->list[seat].seat.joined = true;
    s->list[seat].seat.invited = false;
    return true;
}

static bool shut_out(mu_seats *s, inside *n, int seat)
{
    n->ticket[0] = n->used_by[0] = '\0';
    n->seat.invited = n->seat.joined = n->seat.ready = false;
    n->seat.revoked = true;
    return end_session(s, NULL, seat);
}

/* Links and the code of the table end; whoever has come in stays. */
static bool expire(mu_seats *s)
{
    for (int i = 0; i < s->count; i++) {
        s->list[i].ticket[0] = s->list[i].used_by[0] = '\0';
        s->list[i].seat.invited = false;
    }
    s->code[0] = '\0';
    return s->expired = true;
}

static bool does(mu_seats *s, char verb, int seat, const char *rest)
{
    inside *n = seat >= 0 && seat < s->count ? &s->list[seat] : NULL;
    if (verb == '+')
        return seat_line(s, seat, rest);
    if (verb == 'c')
        return snprintf(s->code, HASH, "%.32s", rest) == HASH - 1;
    if (verb == 'l')
        return end_session(s, rest, -1);
    if (verb == 'e')
        return expire(s);
    if (!n)
        return false;
    if (verb == 'j')
        return join_line(s, seat, rest);
    if (verb == 'i') {
        n->seat.invited = true;
        n->seat.revoked = false;
        n->used_by[0] = '\0';
        return snprintf(n->ticket, HASH, "%.32s", rest) == HASH - 1;
    }
    n->seat.ready = n->seat.ready || verb == 'r';
    return verb == 'r' || (verb == 'x' && shut_out(s, n, seat));
}

/* What changes is written and done by the same words, so that a file read again comes to the same. */
static void change(mu_seats *s, char verb, int seat, const char *rest)
{
    mu_buf_printf(&s->pending, "%c %d %s\n", verb, seat, rest);
    (void)does(s, verb, seat, rest);
}

/* ---- the file ---- */

static mu_seats *make(void)
{
    MU_CHECK(sodium_init() >= 0);
    mu_seats *s = mu_grow(NULL, sizeof *s);
    memset(s, 0, sizeof *s);
    s->rates = mu_grow(NULL, RATES * sizeof *s->rates);
    memset(s->rates, 0, RATES * sizeof *s->rates);
    s->fd = -1;
    return s;
}

static mu_seats *refused(mu_seats *s, const char **why, const char *text)
{
    *why = text;
    mu_seats_free(s);
    return NULL;
}

/* One that nothing was written to yet is new. */
static bool is_empty(int fd)
{
    struct stat is;
    return fstat(fd, &is) == 0 && is.st_size == 0;
}

mu_seats *mu_seats_new(const char *path, const char **why)
{
    mu_seats *s = make();
    s->fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (s->fd < 0)
        return refused(s, why, strerror(errno));
    if (flock(s->fd, LOCK_EX | LOCK_NB) != 0)
        return refused(s, why, "another muster is at work on this drill");
    if (!is_empty(s->fd))
        return refused(s, why, "a drill is there already; take it up with --resume, or name another folder");
    mu_buf_puts(&s->pending, HEAD);
    return s;
}

/* All whole lines; the last one may be cut off by a crash, and then nobody was told of it. Returns how many bytes are good. */
static size_t read_lines(mu_seats *s, char *text, size_t len)
{
    size_t at = strlen(HEAD), good = at;
    for (char *feed; at < len && (feed = memchr(text + at, '\n', len - at)); at = good) {
        char *rest = text + at;
        *feed = '\0';
        long seat = *rest ? strtol(rest + 1, &rest, 10) : -1;
        if (*rest != ' ' || seat < 0 || seat >= MU_SEATS_MOST || !does(s, text[at], (int)seat, rest + 1))
            return 0;
        good = (size_t)(feed - text) + 1;
    }
    return good;
}

mu_seats *mu_seats_resume(const char *path, const char **why)
{
    mu_seats *s = make();
    mu_buf text = {0};
    size_t good = 0;
    if (!mu_buf_read(&text, path, KEPT)) {
        mu_buf_free(&text);
        return refused(s, why, strerror(errno));
    }
    bool begun = text.len >= strlen(HEAD), fits = !text.len || memcmp(text.text, HEAD, begun ? strlen(HEAD) : text.len) == 0;
    if (begun && fits)
        good = read_lines(s, text.text, text.len);
    mu_buf_free(&text);
    if (!begun && fits) /* killed before its first line was whole: nobody was told of anything */
        mu_buf_puts(&s->pending, HEAD);
    else if (!good)
        return refused(s, why, "that is no list of seats of this program");
    s->fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    if (s->fd < 0 || ftruncate(s->fd, (off_t)good) != 0)
        return refused(s, why, strerror(errno));
    return flock(s->fd, LOCK_EX | LOCK_NB) == 0 ? s : refused(s, why, "another muster is at work on this drill");
}

void mu_seats_free(mu_seats *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        close(s->fd);
    mu_buf_free(&s->pending);
    free(s->sessions);
    free(s->rates);
    free(s);
}

static mu_seats_written failed(mu_seats *s, bool full)
{
    snprintf(s->failure, sizeof s->failure, "%s", strerror(errno));
    s->broken = !full;
    return full ? MU_SEATS_FULL : MU_SEATS_FAILED;
}

mu_seats_written mu_seats_flush(mu_seats *s)
{
    if (s->broken)
        return MU_SEATS_FAILED;
    while (s->pending.len) {
        ssize_t n = write(s->fd, s->pending.text, s->pending.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return failed(s, n < 0 && (errno == ENOSPC || errno == EDQUOT));
        memmove(s->pending.text, s->pending.text + n, s->pending.len - (size_t)n);
        s->pending.len -= (size_t)n;
        s->unsynced = true;
    }
    while (s->unsynced && fdatasync(s->fd) != 0)
        if (errno != EINTR)
            return failed(s, false);
    s->unsynced = false;
    return MU_SEATS_WRITTEN;
}

const char *mu_seats_failure(const mu_seats *s)
{
    return s->failure;
}

/* ---- seats ---- */

int mu_seats_count(const mu_seats *s)
{
    return s->count;
}

const mu_seat *mu_seat_of(const mu_seats *s, int seat)
{
    MU_CHECK(seat >= 0 && seat < s->count);
    return &s->list[seat].seat;
}

int mu_seats_find(const mu_seats *s, mu_kind_of_seat part, const char *who)
{
    for (int i = 0; i < s->count; i++)
        if (s->list[i].seat.part == part && strcmp(s->list[i].seat.who, who) == 0)
            return i;
    return -1;
}

int mu_seats_add(mu_seats *s, mu_kind_of_seat part, const char *who)
{
    char rest[MU_SEAT_NAME + 16];
    int seat = s->count;
    if (seat == MU_SEATS_MOST || !*who)
        return -1;
    snprintf(rest, sizeof rest, "%d %.95s", (int)part, who);
    rest[strcspn(rest, "\n")] = '\0';
    change(s, '+', seat, rest);
    return s->count > seat ? seat : -1;
}

void mu_seats_invite(mu_seats *s, int seat, char token[MU_TOKEN])
{
    char hash[HASH];
    mu_token_make(token);
    hash_token(token, hash);
    change(s, 'i', seat, hash);
}

void mu_seats_code(mu_seats *s, char code[MU_TOKEN])
{
    char hash[HASH];
    mu_token_make(code);
    code[8] = '\0';
    hash_token(code, hash);
    change(s, 'c', 0, hash);
}

int mu_seats_enter(const mu_seats *s, const char *token, const char *request)
{
    char hash[HASH], by[HASH];
    hash_token(token, hash);
    hash_of(request, by);
    for (int i = 0; i < s->count; i++)
        if (same(s->list[i].ticket, hash))
            return s->list[i].seat.invited || same(s->list[i].used_by, by) ? i : -1;
    return -1;
}

bool mu_seats_at_table(const mu_seats *s, const char *code)
{
    char hash[HASH];
    hash_token(code, hash);
    return same(s->code, hash);
}

bool mu_seats_used(const mu_seats *s, int seat, const char *request)
{
    char by[HASH];
    hash_of(request, by);
    return same(s->list[seat].used_by, by);
}

void mu_seats_join(mu_seats *s, int seat, const char *request, char token[MU_TOKEN])
{
    char hash[HASH], by[HASH], rest[2 * HASH];
    mu_token_make(token);
    hash_token(token, hash);
    hash_of(request, by);
    snprintf(rest, sizeof rest, "%s %s", hash, by);
    change(s, 'j', seat, rest);
}

int mu_seats_session(const mu_seats *s, const char *token)
{
    char hash[HASH];
    if (!token || strlen(token) != MU_TOKEN - 1)
        return -1;
    hash_token(token, hash);
    for (int i = 0; i < s->session_count; i++) /* how long it takes tells of a hash, and of no token */
        if (s->sessions[i].seat >= 0 && memcmp(s->sessions[i].hash, hash, HASH) == 0)
            return s->sessions[i].seat;
    return -1;
}

void mu_seats_leave(mu_seats *s, const char *token)
{
    char hash[HASH];
    hash_token(token, hash);
    change(s, 'l', 0, hash);
}

void mu_seats_ready(mu_seats *s, int seat)
{
    if (!s->list[seat].seat.ready)
        change(s, 'r', seat, "");
}

void mu_seats_revoke(mu_seats *s, int seat)
{
    change(s, 'x', seat, "");
}

void mu_seats_expire(mu_seats *s)
{
    if (!s->expired)
        change(s, 'e', 0, "");
}

/* ---- how often ---- */

static rate *rate_of(mu_seats *s, const char *who, int64_t now)
{
    for (int i = 0; i < RATES; i++)
        if (strcmp(s->rates[i].who, who) == 0)
            return &s->rates[i];
    rate *r = &s->rates[s->next_rate++ % RATES];
    *r = (rate){.from = now};
    snprintf(r->who, sizeof r->who, "%.63s", who);
    return r;
}

static rate *rate_now(mu_seats *s, const char *who, int64_t ms, int64_t now)
{
    rate *r = rate_of(s, who, now);
    if (now - r->from >= ms || now < r->from) {
        r->from = now;
        r->count = 0;
    }
    return r;
}

bool mu_seats_often(mu_seats *s, const char *who, int most, int64_t ms, int64_t now)
{
    return ++rate_now(s, who, ms, now)->count <= most;
}

bool mu_seats_tired(mu_seats *s, const char *who, int most, int64_t ms, int64_t now)
{
    return rate_now(s, who, ms, now)->count >= most;
}
