/* tree.h - a YAML file as a tree in which every node knows its place. Read strictly: what a careful person and
 * libyaml could read differently is refused. Limits: 2 MiB a file, 16 MiB a folder, depth 32, 200,000 nodes, 100
 * aliases (each counted with what it expands to), 10,000 keys a map, keys of 64 characters, scalars of 64 KiB. */
#ifndef MU_PLAN_TREE_H
#define MU_PLAN_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"

typedef enum mu_node_kind { MU_SCALAR, MU_LIST, MU_MAP } mu_node_kind;

/* Two lines of the cache: a large plan is mostly nodes, and what is read when a child is sought is the first of them. */
typedef struct mu_node {
    mu_node_kind kind : 8;
    bool plain;            /* a scalar without quotes; only such a one can be empty or null */
    bool dangling;         /* a reference that nothing answers */
    int count;             /* children */
    uint64_t word;         /* the first bytes of its key (mu_tree_word) */
    const char *key;       /* in a map: the key; else NULL */
    struct mu_node *next, *first;
    union {
        uint64_t has;               /* of a map: a bit for each word among its children (mu_tree_bit) */
        const struct mu_tree *tree; /* of one with more children than a glance takes in: whose keys find them */
    };
    const char *text;      /* scalar: NUL-terminated, never holds a NUL; else "" */
    int64_t value;         /* what the schema read: milliseconds, whole number, yes = 1 */
    struct mu_node *parent;
    union {
        struct mu_node *ref;  /* what a reference names, once it was looked up */
        struct mu_node *tail; /* of a map or list that is still being read: its last child */
    };
    uint32_t number;       /* from 0, in the order of reading; the tree knows how many there are */
    uint32_t len;          /* bytes of text */
    mu_mark at;            /* of the value */
    int key_line, key_column, key_width; /* of the key, where there is one (mu_place) */
} mu_node;

typedef struct mu_tree mu_tree;

/* Reads a file, or every *.yaml and *.yml of a folder in the order of their names as one map; but not those that are documents
 * of their own ("muster_assumptions: 1"). NULL where nothing
 * could be read at all; else look at the diagnostics, as the tree may be a part. The tree owns its text. */
mu_tree *mu_tree_read(const char *path, mu_diags *diags);
/* True for a folder with a file that mu_tree_read would read. */
bool mu_plan_in(const char *folder);
/* The same for a file whose keys may be anybody's words: assumptions name cards, and a card's name has blanks. */
mu_tree *mu_tree_read_loose(const char *path, mu_diags *diags);
/* The same from memory; `name` stands in the marks. */
mu_tree *mu_tree_read_bytes(const char *name, const char *bytes, size_t len, mu_diags *diags);
void mu_tree_free(mu_tree *tree);

/* The same in steps: a new tree, any number of files (`name` and `bytes` live as long as the tree), then the seal,
 * which fixes the hash and gives the tree back. */
mu_tree *mu_tree_new(void);
/* From now on keys may hold any letters and blanks. */
void mu_tree_loosen(mu_tree *tree);
void mu_tree_add(mu_tree *tree, const char *name, const char *bytes, size_t len, mu_diags *diags);
mu_tree *mu_tree_seal(mu_tree *tree);

mu_node *mu_tree_root(const mu_tree *tree);
mu_arena *mu_tree_arena(mu_tree *tree);
/* BLAKE2b-256 over the bytes of all files, in hex; where files are attached, over that hash with each one's name and bytes. */
const char *mu_tree_hash(const mu_tree *tree);

/* Joins a file to the hash that the plan names: a template, a calendar, a register. `name` is as the plan writes it and lives
 * as long as the tree. */
void mu_tree_attach(mu_tree *tree, const char *name, const char *bytes, size_t len);
/* The names of the attached files in the order of reading, from 0; NULL behind the last. */
const char *mu_tree_attached(const mu_tree *tree, size_t i);

/* The bytes of one of its files, as it was named in the marks; NULL where there is none such. */
const char *mu_tree_source(const mu_tree *tree, const char *file, size_t *len);

/* Its files in the order of reading, from 0; NULL behind the last. */
const char *mu_tree_file(const mu_tree *tree, size_t i);

/* True where every file was read to its end, with or without mistakes: what is missing is missing in the plan. */
bool mu_tree_whole(const mu_tree *tree);

/* True where every file was read to its end, perhaps without a few lines that cannot be read and were said: the rest has its own
 * mistakes, which are worth saying, but nothing of it should be judged. */
bool mu_tree_legible(const mu_tree *tree);
/* True where a word stood in one of those lines: what seems to be missing may be there. */
bool mu_tree_took(const mu_tree *tree, const char *word);

/* How many nodes were read: every `number` is below it. */
size_t mu_tree_nodes(const mu_tree *tree);

/* Letters a-z, digits, "_" and "-" alone, or R/A: what a key of the format, or an id, is made of. */
bool mu_key_is_plain(const char *key);

/* The first eight bytes of a key as one number, which is known when the program is built where the key is. */
static inline uint64_t mu_tree_word(const char *key)
{
    uint64_t word = 0;
    size_t len = strlen(key);
    memcpy(&word, key, len < sizeof word ? len : sizeof word);
    return word;
}

/* One of 64 bits, by which a map says at once that a key is not there. */
static inline uint64_t mu_tree_bit(uint64_t word)
{
    return (uint64_t)1 << (word * 0x9e3779b97f4a7c15u >> 58);
}

/* The same as mu_get and mu_get_text, for whoever has the word of the key. */
mu_node *mu_get_by(const mu_node *map, const char *key, uint64_t word);
const char *mu_get_text_by(const mu_node *map, const char *key, uint64_t word);

/* The child of a map under `key`; NULL where there is none or `map` is NULL or no map. Constant time. */
static inline mu_node *mu_get(const mu_node *map, const char *key)
{
    return mu_get_by(map, key, mu_tree_word(key));
}

/* The text of that child, or NULL. */
static inline const char *mu_get_text(const mu_node *map, const char *key)
{
    return mu_get_text_by(map, key, mu_tree_word(key));
}
/* The last child of a map or a list; NULL where there is none. Linear. */
mu_node *mu_last(const mu_node *in);
/* The action of the matrix by which an incident is called: its authority or its id says so. */
bool mu_declares(const mu_node *action);
/* A key's own place where the node has one, else its value's. */
mu_mark mu_place(const mu_node *node);

/* Linear scan before libyaml sees a byte (scan.c): encoding, control characters, nesting, indentation. False where
 * the file is refused; said in `diags`. */
bool mu_scan(const char *name, const char *bytes, size_t len, mu_diags *diags);

#endif
