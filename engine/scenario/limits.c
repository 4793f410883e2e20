#include "scenario/limits.h"

/* Steps are instructions of Lua and what costs as much: 32 bytes of a new text, one element moved by a function.
 * The reasons of the odd ones:
 *   jumps         Lua's parser walks every label, and every chain of and, or and elseif, once for each member;
 *   block         a stack, or the slots of a table; small enough that one instruction cannot take long over it;
 *   source block  the same while the file is compiled, when no script runs yet;
 *   churn         a full table that loses a key and gains another is built anew each time, and no step counts that. */
const mu_limit_row mu_limits[MU_LIMITS] = {
    [MU_LIMIT_SOURCE] = {1 << 20, "bytes in a scenario file"},
    [MU_LIMIT_ARTEFACT] = {64 << 10, "bytes in the file of an artefact"},
    [MU_LIMIT_FILES] = {64, "files that one scenario names"},
    [MU_LIMIT_JUMPS] = {10000, "jumps (goto, break, labels, and, or, else) in one file"},
    [MU_LIMIT_CARDS] = {2000, "cards"},
    [MU_LIMIT_ARTEFACTS] = {500, "artefacts"},
    [MU_LIMIT_STORIES] = {64, "stories"},
    [MU_LIMIT_LIST] = {100, "items in one list of a card"},
    [MU_LIMIT_NAME] = {80, "bytes in a name"},
    [MU_LIMIT_LINE] = {2000, "bytes in one line of a card"},
    [MU_LIMIT_TEXTS] = {8 << 20, "bytes of text on all cards together"},
    [MU_LIMIT_MISTAKES] = {100, "mistakes: the rest was not read"},
    [MU_LIMIT_LENGTH] = {366 * INT64_C(86400000), "milliseconds of exercise"},
    [MU_LIMIT_STEPS] = {5000000, "steps between two verbs"},
    [MU_LIMIT_MEMORY] = {16 << 20, "bytes of memory"},
    [MU_LIMIT_STRING] = {64 << 10, "bytes in one text"},
    [MU_LIMIT_BLOCK] = {128 << 10, "bytes in one table or one stack of calls"},
    [MU_LIMIT_SOURCE_BLOCK] = {4 << 20, "bytes in one part of the compiled file"},
    [MU_LIMIT_CHURN] = {256 << 20, "bytes of tables built anew between two verbs"},
    [MU_LIMIT_UNPACK] = {200, "values that table.unpack gives"},
    [MU_LIMIT_NUMERAL] = {64, "characters in a text that is read as a number"},
    [MU_LIMIT_IDLE] = {10000, "verbs without time passing"},
    [MU_LIMIT_VERBS] = {100000, "verbs in one story"},
    [MU_LIMIT_WORKER_MEMORY] = {INT64_C(512) << 20, "bytes of address space of the script worker"},
    [MU_LIMIT_WORKER_CPU] = {60, "seconds of processor time of the script worker"},
    [MU_LIMIT_WORKER_WALL] = {10000, "milliseconds for one answer of the script worker"},
    [MU_LIMIT_WORKER_OUTPUT] = {64 << 20, "bytes that the script worker says"},
};
