/* kit.h - what the two halves of the kit share: checked arguments, a value as a text. */
#ifndef MU_SCENARIO_KIT_H
#define MU_SCENARIO_KIT_H

#include "scenario/cage.h"

/* Each fails with a message that names `what` where the argument is of another kind. */
const char *kit_text(lua_State *L, int arg, size_t *len, const char *what);
lua_Integer kit_integer(lua_State *L, int arg, const char *what);
/* Pushes the same text in every process: no addresses, one spelling of what is no number. */
int kit_push_text(lua_State *L, int arg);

extern const luaL_Reg kit_strings[], kit_numbers[]; /* kit_text.c */

#endif
