/* Where a plan comes from: a file, or the files of a folder. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "plan/tree.h"

enum { FILE_MOST = 2 << 20, FOLDER_MOST = 16 << 20 };

static void cannot_read(const char *path, mu_diags *diags)
{
    mu_arena *a = mu_diags_arena(diags);
    mu_diag_add(diags, MU_ERROR, 1, (mu_mark){mu_copy(a, path, strlen(path)), 1, 1, 1}, mu_format(a, "cannot read the file: %s", strerror(errno)), NULL);
}

/* Assumptions and programmes are documents of their own ("muster_assumptions: 1"), and may lie beside a plan. */
static bool of_its_own(const char *bytes, size_t len)
{
    static const char word[] = "muster_";
    for (const char *p = bytes, *end = bytes + len, *stop; p; p = stop ? stop + 1 : NULL) {
        if ((size_t)(end - p) >= sizeof word - 1 && memcmp(p, word, sizeof word - 1) == 0)
            return true;
        stop = memchr(p, '\n', (size_t)(end - p));
    }
    return false;
}

static size_t read_file(mu_tree *tree, const char *path, size_t before, bool part_of_plan, mu_diags *diags)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        cannot_read(path, diags);
        return before;
    }
    char *bytes = mu_grow(NULL, FILE_MOST + 2);
    size_t len = fread(bytes, 1, FILE_MOST + 1, f);
    bool failed = ferror(f) != 0;
    fclose(f);
    if (failed)
        cannot_read(path, diags);
    else if (part_of_plan && of_its_own(bytes, len))
        len = 0;
    else if (before + len > FOLDER_MOST)
        mu_diag_add(diags, MU_ERROR, 8, (mu_mark){mu_copy(mu_diags_arena(diags), path, strlen(path)), 1, 1, 1}, "the folder is larger than the limit of 16 MiB", NULL);
    else
        mu_tree_add(tree, mu_copy(mu_tree_arena(tree), path, strlen(path)), mu_copy(mu_tree_arena(tree), bytes, len), len, diags);
    free(bytes);
    return before + len;
}

static int is_yaml(const struct dirent *e)
{
    size_t n = strlen(e->d_name);
    return e->d_name[0] != '.' && ((n > 5 && strcmp(e->d_name + n - 5, ".yaml") == 0) || (n > 4 && strcmp(e->d_name + n - 4, ".yml") == 0));
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* A link in the folder may lead out of it, or to what is no file: whoever is sent a plan would show their own files with it. */
static bool belongs(const char *folder, const char *path, mu_diags *diags)
{
    mu_arena *a = mu_diags_arena(diags);
    char *home = realpath(folder, NULL), *real = realpath(path, NULL);
    size_t len = home ? strlen(home) : 0;
    struct stat st;
    bool inside = home && real && strncmp(real, home, len) == 0 && real[len] == '/' && stat(real, &st) == 0 && S_ISREG(st.st_mode);
    if (!inside)
        mu_diag_add(diags, MU_ERROR, 28, (mu_mark){mu_copy(a, path, strlen(path)), 1, 1, 1}, "this is no file of the folder: a link out of it, or no plain file", "copy it into the folder");
    free(home);
    free(real);
    return inside;
}

static void read_folder(mu_tree *tree, const char *path, bool plan, mu_diags *diags)
{
    struct dirent **list;
    int count = scandir(path, &list, is_yaml, by_bytes);
    if (count < 0) {
        cannot_read(path, diags);
        return;
    }
    size_t bytes = 0, errors = mu_diags_count(diags, MU_ERROR);
    for (int i = 0; i < count; i++) {
        const char *file = mu_format(mu_tree_arena(tree), "%s/%s", path, list[i]->d_name);
        bytes = belongs(path, file, diags) ? read_file(tree, file, bytes, plan, diags) : bytes;
        free(list[i]);
    }
    free(list);
    if (bytes == 0 && mu_diags_count(diags, MU_ERROR) == errors)
        mu_diag_add(diags, MU_ERROR, 12, (mu_mark){mu_copy(mu_diags_arena(diags), path, strlen(path)), 1, 1, 1},
                    count ? "the folder holds no file of a plan: what lies there are assumptions" : "the folder holds no .yaml file, so it is empty as a plan", NULL);
}

static mu_tree *read_into(mu_tree *tree, const char *path, bool plan, mu_diags *diags)
{
    struct stat st;
    if (stat(path, &st) != 0)
        cannot_read(path, diags);
    else if (S_ISDIR(st.st_mode))
        read_folder(tree, path, plan, diags);
    else
        (void)read_file(tree, path, 0, false, diags);
    return mu_tree_seal(tree);
}

bool mu_plan_in(const char *folder)
{
    struct dirent **list;
    struct stat st;
    int count = stat(folder, &st) == 0 && S_ISDIR(st.st_mode) ? scandir(folder, &list, is_yaml, by_bytes) : -1;
    bool found = false;
    for (int i = 0; i < count; i++) {
        char path[4096];
        mu_buf bytes = {0};
        snprintf(path, sizeof path, "%s/%s", folder, list[i]->d_name);
        found = found || (stat(path, &st) == 0 && S_ISREG(st.st_mode) && !(mu_buf_read(&bytes, path, FILE_MOST) && of_its_own(bytes.text, bytes.len)));
        mu_buf_free(&bytes);
        free(list[i]);
    }
    if (count >= 0)
        free(list);
    return found;
}

mu_tree *mu_tree_read(const char *path, mu_diags *diags)
{
    return read_into(mu_tree_new(), path, true, diags);
}

mu_tree *mu_tree_read_loose(const char *path, mu_diags *diags)
{
    mu_tree *tree = mu_tree_new();
    mu_tree_loosen(tree);
    return read_into(tree, path, false, diags);
}
