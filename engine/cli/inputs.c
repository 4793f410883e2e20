/* What a drill was made of stays beside its journal, so that it can be resumed, replayed and reported years later. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/drill.h"

static bool say(const char *path)
{
    fprintf(stderr, "muster: %s: %s\n", path, strerror(errno));
    return false;
}

static bool copy_file(const char *from, const char *to)
{
    char block[1 << 14];
    FILE *in = fopen(from, "rb"), *out = in ? fopen(to, "wbx") : NULL;
    bool ok = in && out;
    for (size_t n; ok && (n = fread(block, 1, sizeof block, in)) > 0;)
        ok = fwrite(block, 1, n, out) == n;
    ok = ok && !ferror(in) && fflush(out) == 0 && fsync(fileno(out)) == 0;
    if (out)
        ok = fclose(out) == 0 && ok;
    if (!ok)
        (void)say(in ? to : from);
    if (in)
        fclose(in);
    return ok;
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool plain_name(const char *name)
{
    return name[0] != '.' && !strchr(name, '/');
}

static bool copy_tree(const char *from, const char *to)
{
    if (!is_folder(from))
        return copy_file(from, to);
    DIR *dir = opendir(from);
    bool ok = dir && (mkdir(to, 0700) == 0 || say(to));
    for (struct dirent *e; ok && (e = readdir(dir));) {
        char a[4096], b[4096];
        struct stat st;
        snprintf(a, sizeof a, "%s/%s", from, e->d_name);
        snprintf(b, sizeof b, "%s/%s", to, e->d_name);
        if (plain_name(e->d_name) && stat(a, &st) == 0 && S_ISREG(st.st_mode))
            ok = copy_file(a, b);
    }
    if (dir)
        closedir(dir);
    return ok || (!dir && say(from));
}

/* What an earlier try left half done. */
static void sweep(const char *folder)
{
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (is_folder(path))
            sweep(path);
        else
            (void)unlink(path);
    }
    if (dir)
        closedir(dir);
    (void)rmdir(folder);
}

static bool make_folders(char *path, size_t from)
{
    for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool ok = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!ok)
            return say(path);
    }
    return true;
}

/* What the plan names beside itself: `name` as it stands there. */
static bool copy_attached(const char *into, const char *plan, const char *name)
{
    char from[4096], to[4096];
    const char *slash = strrchr(plan, '/');
    bool folder = is_folder(plan);
    snprintf(from, sizeof from, "%.*s/%s", folder ? (int)strlen(plan) : slash ? (int)(slash - plan) : 1, folder || slash ? plan : ".", name);
    int start = snprintf(to, sizeof to, "%s/%s", into, folder ? "plan/" : "");
    snprintf(to + start, sizeof to - (size_t)start, "%s", name);
    return access(to, F_OK) == 0 || (make_folders(to, (size_t)start) && copy_file(from, to));
}

static bool copy_all(const char *into, const char *plan, const mu_tree *tree, const char *scenario, const char *assume)
{
    char path[4096];
    const char *name;
    snprintf(path, sizeof path, "%s/plan%s", into, is_folder(plan) ? "" : ".yaml");
    if (!copy_tree(plan, path))
        return false;
    for (size_t i = 0; (name = mu_tree_attached(tree, i)); i++)
        if (!copy_attached(into, plan, name))
            return false;
    if (scenario)
        snprintf(path, sizeof path, "%s/scenario%s", into, is_folder(scenario) ? "" : ".lua");
    if (scenario && !copy_tree(scenario, path))
        return false;
    snprintf(path, sizeof path, "%s/assumptions.yaml", into);
    return !assume || copy_file(assume, path);
}

static bool holds(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

bool mu_inputs_begun(const char *folder)
{
    return holds(folder, "inputs.part") || holds(folder, "inputs");
}

const char *mu_inputs_foreign(const char *folder)
{
    static const char *const reports[] = {"report.html", "report.md", "report.json", "findings.json"};
    bool plan = holds(folder, "inputs/plan.yaml") || holds(folder, "inputs/plan"), scenario = holds(folder, "inputs/scenario.lua") || holds(folder, "inputs/scenario");
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
        if (holds(folder, reports[i]))
            return reports[i];
    return holds(folder, "inputs") && !(plan && scenario) ? "inputs" : NULL;
}

bool mu_inputs_keep(const char *folder, const char *plan, const mu_tree *tree, const char *scenario, const char *assume)
{
    char half[2048], whole[2048];
    snprintf(half, sizeof half, "%s/inputs.part", folder);
    snprintf(whole, sizeof whole, "%s/inputs", folder);
    if (!mu_make_folder(folder))
        return false;
    sweep(half);
    if (mkdir(half, 0700) != 0)
        return say(errno == ENOTDIR ? folder : half);
    if (!copy_all(half, plan, tree, scenario, assume))
        return false;
    sweep(whole);
    return rename(half, whole) == 0 || say(whole);
}

static bool there(char *out, const char *folder, const char *name)
{
    snprintf(out, 4096, "%s/inputs/%s", folder, name);
    if (access(out, R_OK) == 0)
        return true;
    *out = '\0';
    return false;
}

bool mu_inputs_plan(const char *journal, mu_inputs *in)
{
    const char *slash = strrchr(journal, '/');
    char folder[2048];
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - journal) : 1, slash ? journal : ".");
    (void)there(in->assume, folder, "assumptions.yaml");
    if (!there(in->scenario, folder, "scenario.lua"))
        (void)there(in->scenario, folder, "scenario");
    return there(in->plan, folder, "plan.yaml") || there(in->plan, folder, "plan");
}

bool mu_inputs_find(const char *journal, mu_inputs *in)
{
    return mu_inputs_plan(journal, in) && *in->scenario;
}
