#include "programme/codes.h"

#include <stddef.h>

const mu_programme_code mu_programme_codes[] = {
    {200, "A file that the programme names is not there: a plan, a scenario or assumptions.", "Name it by a path from the programme's own folder."},
    {201, "No recurrence of RFC 5545, or one that comes more often than once a day.", "FREQ=MONTHLY;BYDAY=1TU, FREQ=YEARLY;BYMONTH=3, FREQ=WEEKLY;INTERVAL=2. A quarter is FREQ=MONTHLY;INTERVAL=3."},
    {202, "A drill that never comes: its rule names no day that exists, or every day is left out.", "Look at the rule, its UNTIL, and at except; muster schedule list shows what is left."},
    {203, "A recipient that the programme does not declare.", "Write the id of something under recipients."},
    {204, "An address that cannot be written to, or a way of sending that is not set up.", "mail: name@example.org; webhook and slack: https://...; mail needs sending: smtp and from."},
    {205, "A drill whose mode does not go together with its players or its scenario.", "A facilitated or functional drill names its players; a model run has none: nobody is asked in it."},
    {206, "No rule of law or contract that this program knows.", "muster explain frequencies lists them."},
    {207, "Hours that leave no moment: every hour of the week is quiet, or an unannounced drill has no hours to be drawn from.", "Leave some hours of the week; write between: mon-fri 09:00-16:00."},
    {208, "A stretch of days that ends before it begins, or the day of a drill that lies before the programme begins.", "Look at the two dates."},
    {209, "The programme asks for a rule, and no drill in it comes often enough, or none that counts for it.", "Drill more often, or in a mode that counts; muster schedule next says what is due by when."},
    {210, "An unannounced drill is announced: somebody is told of it before.", "Leave before out, and tell the result; or tell only those who prepare it."},
    {211, "More of something than a programme may hold: 32 scenarios in a rotation, 8 times before, 56 ranges of hours.", "Split the drill into two."},
    {212, "A recipient who did not opt in: nothing will be sent there.", "Ask, and write opted_in: the day of the yes."},
    {213, "A recipient who is nobody of the plan, or two that are the same one.", "Write is: person:ana or external:counsel, with an id of the plan that the call tree asks."},
    {214, "A place for the answers of a call tree that cannot be one.", "Write answers: {at: https://drills.example.org} behind a server that does TLS, or certificate and key as well."},
    {0, NULL, NULL},
};
