#include "base/draw.h"

#include <Random123/philox.h>

uint64_t mu_purpose(const char *what, const char *who)
{
    uint64_t h = 0xcbf29ce484222325u;
    const char *const words[] = {what, who};
    for (int i = 0; i < 2; i++)
        for (const char *s = words[i];; s++) {
            h = (h ^ (unsigned char)*s) * 0x100000001b3u;
            if (!*s)
                break;
        }
    return h;
}

static philox4x32_ctr_t block(uint64_t seed, uint64_t purpose, uint64_t index)
{
    philox4x32_ctr_t counter = {{(uint32_t)index, (uint32_t)(index >> 32), (uint32_t)purpose, (uint32_t)(purpose >> 32)}};
    philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
    return philox4x32(counter, key);
}

uint32_t mu_draw(uint64_t seed, uint64_t purpose, uint64_t index)
{
    return block(seed, purpose, index).v[0];
}

uint32_t mu_draw_below(uint64_t seed, uint64_t purpose, uint64_t index, uint32_t limit)
{
    philox4x32_ctr_t b = block(seed, purpose, index);
    for (int i = 0; i < 4; i++) { /* Lemire's method; four rejections in a row are rarer than one in 2^60 for small limits */
        uint64_t m = (uint64_t)b.v[i] * limit;
        if ((uint32_t)m >= (uint32_t)(-limit) % limit)
            return (uint32_t)(m >> 32);
    }
    return (uint32_t)((uint64_t)b.v[3] * limit >> 32);
}
