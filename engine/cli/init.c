/* muster init: a plan, a scenario, assumptions and a programme that check clean and run at once. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/embedded.h"
#include "cli/command.h"

static void day_text(int64_t day, char *out, size_t size)
{
    mu_date d = mu_date_of_day(day);
    snprintf(out, size, "%04d-%02d-%02d", d.year % 10000, d.month, d.day);
}

/* The dates of the starter are today's, so that nothing in it is out of date on the first day. */
static void fill(mu_buf *out, const mu_embedded *file)
{
    char today[16], next_year[16];
    int64_t day = mu_day_of((int64_t)time(NULL) * 1000);
    day_text(day, today, sizeof today);
    day_text(mu_day_of(mu_months_add(day * MU_DAY_MS, 12)), next_year, sizeof next_year);
    for (const char *p = file->bytes; *p;) {
        const char *marks[][2] = {{"@TODAY@", today}, {"@NEXT_YEAR@", next_year}};
        size_t i = 0;
        while (i < 2 && strncmp(p, marks[i][0], strlen(marks[i][0])) != 0)
            i++;
        mu_buf_add(out, i < 2 ? marks[i][1] : p, i < 2 ? strlen(marks[i][1]) : 1);
        p += i < 2 ? strlen(marks[i][0]) : 1;
    }
}

static int failed(const char *path)
{
    fprintf(stderr, "muster: %s: %s\n", path, strerror(errno));
    return 4;
}

/* Whatever came to have the name meanwhile is not written over; not every file system has links. */
static bool give_name(const char *part, const char *path)
{
    return link(part, path) == 0 || (errno != EEXIST && access(path, F_OK) != 0 && rename(part, path) == 0);
}

/* Under a name of its own until it is whole. */
static int write_file(const char *path, const mu_embedded *file)
{
    char part[4096 + 8];
    mu_buf text = {0};
    snprintf(part, sizeof part, "%s.part", path);
    FILE *f = fopen(part, "wb");
    if (!f)
        return failed(path);
    fill(&text, file);
    bool ok = fwrite(text.text, 1, text.len, f) == text.len;
    ok = fclose(f) == 0 && ok && give_name(part, path);
    int status = ok ? 0 : failed(path);
    (void)unlink(part);
    mu_buf_free(&text);
    return status;
}

/* Looks at every name before the first is written: nothing is written over, and nothing half. */
static bool free_names(const char *folder)
{
    for (const mu_embedded *f = mu_starter; f->name; f++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, f->name);
        if (access(path, F_OK) == 0) {
            fprintf(stderr, "muster: %s is there already; nothing was written\n", path);
            return false;
        }
    }
    return true;
}

/* Lines that can be typed as they stand; a * is a file of the folder. */
static int say_next(const char *folder)
{
    static const char *const words[] = {"Written: ", "*plan.yaml", ", scenario.lua, assumptions.yaml, programme.yaml. Next:\n\n  muster check ", "*plan.yaml", "\n  muster list ", "*plan.yaml", " ",
                                        "*scenario.lua", "\n  muster run ", "*plan.yaml", " ", "*scenario.lua", " --assume ", "*assumptions.yaml", " -o first-drill\n  muster schedule simulate ",
                                        "*programme.yaml", "\n"};
    mu_buf out = {0};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, words[i] + 1);
        if (*words[i] == '*')
            mu_shell_word(&out, path);
        else
            mu_buf_puts(&out, words[i]);
    }
    return mu_put_all(&out);
}

int mu_cmd_init(int argc, char **argv)
{
    mu_args args;
    int ended = mu_args_read(&args, argc, argv);
    if (ended != MU_GO_ON)
        return ended;
    const char *folder = args.operands[0];
    if (!mu_make_folder(folder))
        return 4;
    if (!free_names(folder))
        return 5;
    for (const mu_embedded *f = mu_starter; f->name; f++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, f->name);
        int status = write_file(path, f);
        if (status)
            return status;
    }
    return say_next(folder);
}
