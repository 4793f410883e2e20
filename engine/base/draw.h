/* draw.h - chance that can be played again: a draw is a function of the seed and of what it is for, so adding one draw
 * moves no other. Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011). */
#ifndef MU_BASE_DRAW_H
#define MU_BASE_DRAW_H

#include <stdint.h>

/* What a draw is for, as a number: FNV-1a of the words, each closed by a zero. */
uint64_t mu_purpose(const char *what, const char *who);

/* The `index`-th 32 bits for this seed and purpose. */
uint32_t mu_draw(uint64_t seed, uint64_t purpose, uint64_t index);

/* A whole number below `limit` (at least 1), without bias. */
uint32_t mu_draw_below(uint64_t seed, uint64_t purpose, uint64_t index, uint32_t limit);

#endif
