/* form.h - what a function does, read off its own compiled form (Lua 5.4): only there is it certain. */
#ifndef MU_SCENARIO_FORM_H
#define MU_SCENARIO_FORM_H

#include "scenario/inside.h"

enum { MU_OP_GETUPVAL = 9, MU_OP_SETUPVAL = 10, MU_OP_GETTABUP = 11 };

/* A function of it, those inside it before it. */
typedef struct mu_piece {
    const uint32_t *code;
    uint64_t code_count;
    const char *const *texts; /* constants; NULL for what is no text */
    uint64_t text_count;
    int words;                /* the number of the variable from around in which the words stand; -1 none of them */
    const int *lines;         /* of the instructions; NULL where they were not asked for */
} mu_piece;

typedef void mu_piece_reader(void *self, const mu_piece *piece);

/* Shows all pieces of the function on top. `whole`: it is the top of a file, and its lines are asked for. False where the form is
 * not what is known here: then what was shown may not be all. */
bool mu_pieces_read(lua_State *L, bool whole, mu_piece_reader *read, void *self);

static inline unsigned mu_op(uint32_t instruction)
{
    return instruction & 0x7f;
}

static inline unsigned mu_op_b(uint32_t instruction)
{
    return instruction >> 16 & 0xff;
}

static inline unsigned mu_op_c(uint32_t instruction)
{
    return instruction >> 24;
}

#endif
