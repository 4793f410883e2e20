/* fields.h - the rows of format 1. A row names the map it stands in ("" is the top of the file), the key, the shapes
 * its value may take, and what one value of it is. The manual page of the format is made from these rows. */
#ifndef MU_PLAN_FIELDS_H
#define MU_PLAN_FIELDS_H

#include <stdbool.h>

typedef enum mu_shape {
    ONE = 1,              /* a single value (or, of a struct, one map) */
    LIST = 2,             /* a list of values */
    MAP = 4,              /* id -> value */
    BY_SEVERITY = 8,      /* severity -> value */
    BY_HOURS = 16,        /* {working_hours: value, otherwise: value} */
    LISTS = 32,           /* with MAP: each value is a list */
    MAP_OF_SEVERITY = 64, /* severity -> value, and nothing else */
} mu_shape;

typedef enum mu_type {
    T_VERSION,           /* 1 */
    T_TEXT,              /* not empty, never null */
    T_LAW,               /* a rule of law.h, or one of the plan's own */
    T_ID,                /* an id that is declared here */
    T_INT,               /* whole number from 0 to `of` */
    T_YESNO,
    T_DURATION,
    T_SOME_TIME,         /* a duration longer than nothing */
    T_WORDS_OR_DURATION, /* "without undue delay" survives */
    T_DATE,
    T_DAY,               /* a date, or a date and a time */
    T_TIME,
    T_ZONE,
    T_HOURS,             /* of a week, or one of the words in `of` */
    T_HOLIDAY,           /* a date, or a file beside the plan */
    T_FILE,
    T_REGISTER,          /* a CSV file beside the plan, with a column "id" or "name" */
    T_ENUM,              /* one of the words in `of` */
    T_GAP,               /* a type of gap (catalogue.h) */
    T_WORD,              /* one of the words of the closed list `of` (words.h) */
    T_REF,               /* an id of one of the kinds in `of`; bare ids are of the first; words without a kind stand for themselves */
    T_PAIR,              /* a list of two references */
    T_AUTHORITY,         /* a word, or {spend: 100000 EUR} */
    T_TEST,              /* words, or all/any/not over facts */
    T_STEP,              /* a step of the same playbook, or a word of `of` */
    T_STEP_WITHIN,       /* a duration, or {from: event, within: duration} */
    T_STATED,            /* a duration or words, or {starts, within} */
    T_STRUCT,            /* a map with the rows of `of` */
} mu_type;

#define STANDS_ON "dependency asset resource channel external"

typedef struct mu_field {
    const char *in, *key;
    unsigned shape;
    mu_type type;
    const char *of;
    bool required;
} mu_field;

typedef struct mu_kind {
    const char *kind, *section, *inner;
} mu_kind;

extern const mu_field mu_fields[]; /* ends with in == NULL; the rows of one struct stand together */
extern const mu_kind mu_kinds[];   /* ends with kind == NULL */

#endif
