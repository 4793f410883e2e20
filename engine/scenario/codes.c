#include "scenario/codes.h"

#include <stddef.h>

const mu_code mu_scenario_codes[] = {
    {100, "A file of the scenario cannot be read.", "Name a file that is there, or a folder that holds scenario.lua."},
    {101, "A file is larger, or there are more of them, than a scenario may have.",
     "Split it, or leave out what no story needs."},
    {102,
     "A file holds what two readers could read differently: bytes that are not UTF-8, control characters, characters "
     "that turn the direction of text.",
     "Save it as UTF-8, and write an odd character as \\u{...} inside a text."},
    {103, "The script reached a limit: steps, memory, the size of a text or a table, the number of cards.",
     "A scenario declares cards and tells stories; what needs millions of steps belongs elsewhere."},
    {104, "Something of Lua that scenarios leave out, because its cost or its result is not the same on every machine.",
     "Write it in another way; scripts/muster.lua lists what there is."},
    {105, "A key, or a whole card, is missing or is not known.", "Compare the card with scripts/muster.lua."},
    {106, "A value is of the wrong kind: a number where a text is expected.",
     "Most values are texts in quotes, times too: at = \"5m\"."},
    {107, "A value is not what its key may hold.", "The message says what may stand there."},
    {108, "A time or a length of time is none.", "Write 90s, 15m, 4h, 3d, or 2026-03-09 17:40."},
    {109, "Something stands twice, and only one of them can be meant.", "Take one away, or give it another name."},
    {110, "A name of the plan, of a card or of an artefact that does not exist.", "Mend the name, or declare it."},
    {111, "The keys of a card contradict each other.",
     "A contingency has unless, a held card has at, a decision has an action."},
    {112, "A file or a library that a scenario may not or cannot use.",
     "Files lie in the scenario's folder; libraries in library/ or scripts/library. Names are written out."},
    {113, "It can be played, but is likely not what was meant.", "The message says what is odd."},
    {114, "The script failed while it ran.", "The message says what is wrong on that line."},
    {115, "The file is not Lua.", "Look at the line, and at the one before it."},
    {116, "The script worker was stopped: it took too long or too much, or did what no scenario does.",
     "Find out what the script does before it is run anywhere."},
    {0, NULL, NULL},
};
