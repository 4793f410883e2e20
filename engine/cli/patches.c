#include "cli/patches.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/write.h"

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* What is below the folder in which this runs is named from there. */
static const char *below(const char *file)
{
    char here[4096];
    size_t len = getcwd(here, sizeof here) ? strlen(here) : 0;
    return len && strncmp(file, here, len) == 0 && file[len] == '/' ? file + len + 1 : base_of(file);
}

const char *mu_diff_name(const void *self, const char *file)
{
    (void)self;
    if (file[0] == '/')
        return below(file);
    while (strncmp(file, "./", 2) == 0)
        file += 2;
    bool leaves = strncmp(file, "../", 3) == 0 || strstr(file, "/../");
    return leaves ? base_of(file) : file;
}

static const char *name_in_report(const void *self, const char *file)
{
    return mu_file_words(self, file);
}

void mu_patch_report(const mu_report *report, const mu_tree *plan, mu_findings *findings, int64_t now)
{
    mu_patches(plan, findings, NULL, now, name_in_report, report, report->arena);
}
