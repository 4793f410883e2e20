/* format.h - vsnprintf, without the detour of the C library where a format holds nothing but %s, %d, %u, %zu, %lld and %c. */
#ifndef MU_BASE_FORMAT_H
#define MU_BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* As vsnprintf: the length of the whole text, of which `room` bytes with the NUL fit into `out`. Ends the program where the
 * format is no format. */
int mu_vformat(char *out, size_t room, const char *format, va_list args);

#endif
