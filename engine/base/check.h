/* check.h - the third kind of wrong: ours. Input that is wrong gets a diagnostic, a world that fails gets a
 * status; a check is for what cannot be unless this program is wrong. It is on in every build and ends the
 * program, whose journal is on disk already. */
#ifndef MU_BASE_CHECK_H
#define MU_BASE_CHECK_H

_Noreturn void mu_check_failed(const char *file, int line, const char *what);

#define MU_CHECK(cond) ((cond) ? (void)0 : mu_check_failed(__FILE__, __LINE__, #cond))

#endif
