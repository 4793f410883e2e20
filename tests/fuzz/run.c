/* run FILE|FOLDER...: a fuzz target as a plain test over what stands there. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

static int run_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    static uint8_t bytes[(2 << 20) + 16];
    if (!f)
        return 0;
    size_t len = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    uint8_t *copy = malloc(len + 1); /* exactly as long as it is, for the sanitizer */
    if (!copy)
        return 0;
    memcpy(copy, bytes, len);
    (void)LLVMFuzzerTestOneInput(copy, len);
    free(copy);
    return 1;
}

static int run_folder(const char *path)
{
    struct dirent **list;
    int count = scandir(path, &list, NULL, alphasort), ran = 0;
    for (int i = 0; i < count; i++) {
        char name[4096];
        struct stat st;
        snprintf(name, sizeof name, "%s/%s", path, list[i]->d_name);
        if (list[i]->d_name[0] != '.' && stat(name, &st) == 0)
            ran += S_ISDIR(st.st_mode) ? run_folder(name) : run_file(name);
        free(list[i]);
    }
    if (count >= 0)
        free(list);
    return ran;
}

int main(int argc, char **argv)
{
    int ran = 0;
    for (int i = 1; i < argc; i++) {
        struct stat st;
        if (stat(argv[i], &st) == 0)
            ran += S_ISDIR(st.st_mode) ? run_folder(argv[i]) : run_file(argv[i]);
    }
    printf("%d files\n", ran);
    return ran > 0 ? 0 : 1;
}
