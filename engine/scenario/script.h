/* script.h - the files of a scenario as text, before any of it runs: read, refused where two readers could read them
 * differently, and scanned once for the places of what they declare, so that a message can point at the word.
 * No Lua here: all of this runs outside the cage. */
#ifndef MU_SCENARIO_SCRIPT_H
#define MU_SCENARIO_SCRIPT_H

#include "base/diag.h"

typedef enum mu_file_kind { MU_FILE_MAIN, MU_FILE_LIBRARY, MU_FILE_ARTEFACT } mu_file_kind;

/* A noun at the top of a file with a name that is written out: inject "ransom note" { ... }. */
typedef struct mu_noun_place {
    const char *noun, *name; /* name "" for exercise */
    mu_mark at;              /* the noun */
    mu_mark name_at;
    int first, count; /* its rows of `keys` */
    int next;         /* the one after it in its bucket, by its number + 1 */
    bool taken;
} mu_noun_place;

/* A key of such a card, its value, or an item of its list. */
typedef struct mu_key_place {
    const char *key;
    int item; /* -1 the key, 0 the value, 1.. the items of the list behind it */
    mu_mark at;
    const char *text; /* of the value of `file`, where it is written out; else NULL */
} mu_key_place;

/* A verb; `text` is what stands behind it where that is written out, else NULL. */
typedef struct mu_verb_place {
    const char *verb, *text;
    mu_mark at, text_at;
} mu_verb_place;

typedef struct mu_script_file {
    mu_file_kind kind;
    const char *name;  /* as messages show it */
    const char *asked; /* the word behind `use` or `file =`; "" for the main file */
    const char *bytes; /* NUL behind the last */
    size_t len;
    mu_noun_place *nouns;
    int noun_count, noun_size;
    int heads[1024], tails[1024]; /* of the nouns by the hash of their names, in the order of the text */
    mu_key_place *keys;
    int key_count, key_size;
    mu_verb_place *verbs; /* in the order of the text */
    int verb_count, verb_size;
} mu_script_file;

typedef struct mu_script {
    mu_script_file *files; /* the main one first */
    int count, size;
    mu_arena *arena;
    char hash[65]; /* BLAKE2b-256 over the main file, then name and bytes of each other */
    bool refused;  /* something was wrong and was said; the script must not run */
} mu_script;

/* Reads a scenario (a file, or a folder that holds scenario.lua), the stories it borrows with `use` and the files its
 * artefacts name. What is wrong goes to `diags`, which also gets the text of the files for the lines above carets. NULL
 * where nothing could be read. The caller frees. */
mu_script *mu_script_read(const char *path, mu_diags *diags);
/* The same from memory; nothing is read from disk but what it names, beside `name`. */
mu_script *mu_script_read_bytes(const char *name, const char *bytes, size_t len, mu_diags *diags);
void mu_script_free(mu_script *script);

/* The file behind `use "asked"` or `file = "asked"`; NULL where there is none. */
const mu_script_file *mu_script_find(const mu_script *script, mu_file_kind kind, const char *asked);
/* The first noun of this name that is not taken yet; NULL where none is written out. */
mu_noun_place *mu_script_noun(const mu_script_file *file, const char *noun, const char *name);
/* The place of a verb on this line; the line's begin where it is not written there. */
mu_mark mu_script_verb_at(const mu_script_file *file, int line, const char *verb);
/* The place of `word` on this line, as a name of its own; the line's begin where it is not there. */
mu_mark mu_script_word_at(const mu_script_file *file, int line, const char *word, size_t len);
/* The place of a key of this card (-1), its value (0) or an item (1..); the noun's where it is not written out. */
mu_mark mu_script_key_at(const mu_script_file *file, const mu_noun_place *noun, const char *key, int item);

/* script.c's other half: fills the places and refuses what the language of scenarios leaves out (script_places.c). */
bool mu_script_places(mu_script *script, mu_script_file *file, mu_diags *diags);

#endif
