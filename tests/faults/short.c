/* Loaded before a program: each write takes a third of what it is given and one byte, as a pipe or a signal may have it. */
#include <dlfcn.h>
#include <unistd.h>

ssize_t write(int fd, const void *bytes, size_t len)
{
    static ssize_t (*whole)(int, const void *, size_t);
    if (!whole)
        *(void **)&whole = dlsym(RTLD_NEXT, "write");
    return whole(fd, bytes, len > 8 ? len / 3 + 1 : len); /* eight bytes are what wakes a loop */
}
