/* index.h - words as numbers: the first that is put in is 0, each other word the next. Finding one takes the same time however
 * many there are, whoever chose them. */
#ifndef MU_BASE_INDEX_H
#define MU_BASE_INDEX_H

#include <stddef.h>
#include <stdint.h>

/* Start with {0}; free with mu_index_free. The words themselves are kept by reference. */
typedef struct mu_index {
    const char **words; /* by their numbers */
    struct mu_index_slot { uint32_t hash, at; } *slots; /* of a word; its number plus one */
    size_t count, size;
} mu_index;

/* The word's number, which is the new count less one where it was not there. */
size_t mu_index_put(mu_index *index, const char *word);
/* The same, but the count where it is not there. */
size_t mu_index_find(const mu_index *index, const char *word);
void mu_index_free(mu_index *index);

#endif
