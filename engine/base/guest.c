#include "base/guest.h"

#include <dlfcn.h>
#include <string.h>

bool mu_guest(const char *library, const char *const *names, size_t count, void *pointers)
{
    void *first;
    memcpy(&first, pointers, sizeof first);
    void *handle = first ? NULL : dlopen(library, RTLD_NOW);
    for (size_t i = 0; handle && i < count; i++)
        if (!dlsym(handle, names[i]))
            return false;
    for (size_t i = 0; handle && i < count; i++) {
        void *found = dlsym(handle, names[i]);
        memcpy((char *)pointers + i * sizeof found, &found, sizeof found);
    }
    return first || handle;
}
