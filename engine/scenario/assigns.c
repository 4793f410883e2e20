/* Whether a function assigns a variable that stands around it. What is unknown here counts as yes. */
#include "scenario/form.h"

static void look(void *self, const mu_piece *p)
{
    bool *assigns = self;
    for (uint64_t i = 0; i < p->code_count; i++)
        *assigns = *assigns || mu_op(p->code[i]) == MU_OP_SETUPVAL;
}

bool mu_assigns_around(lua_State *L)
{
    bool assigns = false;
    return !mu_pieces_read(L, false, look, &assigns) || assigns;
}
