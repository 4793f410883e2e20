#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/live.h"

static enum { AUTO, ALWAYS, NEVER } chosen;

void mu_look_choose(const char *when)
{
    chosen = strcmp(when, "always") == 0 ? ALWAYS : strcmp(when, "never") == 0 ? NEVER : AUTO;
}

mu_look mu_look_of(FILE *to)
{
    const char *no = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool able = isatty(fileno(to)) && !(no && *no) && !(terminal && strcmp(terminal, "dumb") == 0);
    return (mu_look){chosen == ALWAYS || (chosen == AUTO && able)};
}

void mu_say_diags(mu_diags *diags)
{
    mu_buf out = {0};
    mu_diags_show(&out, diags, mu_look_of(stderr));
    if (out.len)
        fwrite(out.text, 1, out.len, stderr);
    mu_buf_free(&out);
}

bool mu_put_out(const char *bytes, size_t len)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = write(STDOUT_FILENO, bytes + done, len - done);
        done += n > 0 ? (size_t)n : 0;
        if (n > 0 || (n < 0 && errno == EINTR && !mu_caught))
            continue;
        if (n == 0 || errno != EINTR)
            fprintf(stderr, "muster: the screen cannot be written: %s\n", strerror(errno));
        return false;
    }
    return true;
}

void mu_shell_word(mu_buf *out, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./@%+=:,-";
    bool quote = !*path || path[strspn(path, plain)];
    mu_buf_puts(out, quote ? "'" : "");
    for (size_t n; *path; path += n) {
        n = *path == '\'' ? 1 : strcspn(path, "'");
        if (*path == '\'')
            mu_buf_puts(out, "'\\''");
        else
            mu_buf_safe(out, path, n, 4096);
    }
    mu_buf_puts(out, quote ? "'" : "");
}

bool mu_make_folder(const char *path)
{
    char part[4096];
    size_t len = strlen(path);
    if (len == 0)
        fputs("muster: a folder without a name (\"\") is none; . is the one you are in\n", stderr);
    if (len == 0)
        return false;
    for (size_t i = 1; i <= len && i < sizeof part; i++) {
        if (path[i] != '/' && path[i])
            continue;
        snprintf(part, sizeof part, "%.*s", (int)i, path);
        if (mkdir(part, 0755) != 0 && errno != EEXIST) {
            fprintf(stderr, "muster: %s: %s\n", part, strerror(errno));
            return false;
        }
    }
    return true;
}

int mu_put_all(mu_buf *out)
{
    bool ok = mu_put_out(out->text, out->len);
    mu_buf_free(out);
    return ok ? 0 : 4;
}
