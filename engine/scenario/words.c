#include "scenario/words.h"

#include <string.h>

const mu_noun_word mu_noun_words[] = {
    {"exercise", MU_EXERCISE, "exercise { title = \"...\", starts = \"2026-03-06 17:40\", lasts = \"3h\" }"},
    {"inject", MU_NOUN_INJECT, "inject \"ransom note\" { at = \"0m\", to = \"service_desk\", says = \"...\" }"},
    {"question", MU_NOUN_QUESTION, "question \"isolate\" { to = \"...\", asks = \"...\", answers = { \"yes: ...\" } }"},
    {"decision", MU_NOUN_DECISION,
     "decision \"pay\" { to = \"...\", asks = \"...\", answers = { \"yes: ...\" }, expect = \"...\" }"},
    {"artefact", MU_NOUN_ARTEFACT, "artefact \"the mail\" { kind = \"mail\", body = [[...]] }"},
    {"story", MU_NOUN_STORY, "story \"the attack\" (function () ... end)"},
    {"use", MU_NOUN_USE, "use \"press-call\""},
    {NULL, 0, NULL},
};

const mu_verb_word mu_verb_words[] = {
    {"wait", MU_SAYS_WAIT, MU_TAKES_DURATION, "wait \"5m\""},
    {"deliver", MU_SAYS_DELIVER, MU_TAKES_INJECT, "deliver \"second floor\""},
    {"ask", MU_SAYS_ASK, MU_TAKES_QUESTION, "local order = ask \"isolate\""},
    {"await", MU_SAYS_AWAIT, MU_TAKES_CARD, "await \"ransom note\""},
    {"phase", MU_SAYS_PHASE, MU_TAKES_PHASE, "phase \"contain\""},
    {"fact", MU_SAYS_FACT, MU_TAKES_FACT, "fact \"attacker_cut_off\""},
    {"aware", MU_SAYS_AWARE, MU_TAKES_FACT, "aware \"personal_data_exposure\""},
    {"note", MU_SAYS_NOTE, MU_TAKES_TEXT, "note \"Nobody took command.\""},
    {"chance", MU_SAYS_CHANCE, MU_TAKES_PERCENT, "if chance(30) then"},
    {"pick", MU_SAYS_PICK, MU_TAKES_LIST, "local who = pick { \"a\", \"b\" }"},
    {"finish", MU_SAYS_FINISH, MU_TAKES_TEXT, "finish \"The evening is over.\""},
    {NULL, MU_SAYS_END, MU_TAKES_TEXT, NULL},
};

#define CARD(member) offsetof(mu_card, member)
#define PEOPLE "role|person team external"
#define THINGS "dependency asset|channel resource external"

enum {
    Q = MU_NOUN_QUESTION | MU_NOUN_DECISION,
    I = MU_NOUN_INJECT,
    D = MU_NOUN_DECISION,
    A = MU_NOUN_ARTEFACT,
    C = MU_NOUN_CARDS,
    E = MU_EXERCISE
};

const mu_key_word mu_key_words[] = {
    /* key, where it may stand, type, of, where it must stand, where it goes */
    {"title", E, MU_KEY_LINE, NULL, E, offsetof(mu_msel, title)},
    {"kind", E, MU_KEY_PLAYBOOK, NULL, 0, offsetof(mu_msel, kind)},
    {"starts", E, MU_KEY_TIME, NULL, E, offsetof(mu_msel, starts)},
    {"lasts", E, MU_KEY_DURATION, NULL, E, offsetof(mu_msel, lasts)},
    {"severity", E, MU_KEY_SEVERITY, NULL, 0, offsetof(mu_msel, severity)},
    {"objectives", E, MU_KEY_OBJECTIVES, NULL, 0, offsetof(mu_msel, objectives)},
    {"evaluators", E, MU_KEY_WHO, "person|role", 0, offsetof(mu_msel, evaluators)},
    {"director", E, MU_KEY_WHO, "person|role", 0, offsetof(mu_msel, director)},
    {"at", C, MU_KEY_DURATION, NULL, 0, CARD(at)},
    {"class", C, MU_KEY_ENUM, "inject contextual contingency", 0, CARD(class)},
    {"from", C, MU_KEY_LINE, NULL, 0, CARD(from)},
    {"to", C, MU_KEY_NAMES, PEOPLE, C, CARD(to)},
    {"via", C, MU_KEY_NAME, "channel", 0, CARD(via)},
    {"says", I, MU_KEY_TEXT, NULL, I, CARD(says)},
    {"asks", Q, MU_KEY_TEXT, NULL, Q, CARD(says)},
    {"answers", Q, MU_KEY_ANSWERS, NULL, Q, CARD(answers)},
    {"within", C, MU_KEY_DURATION, NULL, 0, CARD(within)},
    {"expect", C, MU_KEY_ACTS, "action", 0, CARD(expect)},
    {"unless", C, MU_KEY_ACTS, "action", 0, CARD(unless)},
    {"tests", C, MU_KEY_TESTS, NULL, 0, CARD(tests)},
    {"controller", C, MU_KEY_LINE, NULL, 0, CARD(controller)},
    {"shows", C, MU_KEY_SHOWS, NULL, 0, CARD(shows)},
    {"down", C, MU_KEY_NAMES, THINGS, 0, CARD(down)},
    {"up", C, MU_KEY_NAMES, THINGS, 0, CARD(up)},
    {"away", C, MU_KEY_NAMES, "person", 0, CARD(away)},
    {"back", C, MU_KEY_NAMES, "person", 0, CARD(back)},
    {"compromised", C, MU_KEY_NAMES, "channel dependency|asset resource", 0, CARD(compromised)},
    {"wrong", C, MU_KEY_NAMES, "person external", 0, CARD(wrong)},
    {"facts", C, MU_KEY_FACTS, NULL, 0, CARD(facts)},
    {"attack", C, MU_KEY_ATTACK, NULL, 0, CARD(attack)},
    {"one_of", C, MU_KEY_LINE, NULL, 0, CARD(one_of)},
    {"hold", C, MU_KEY_YES, NULL, 0, CARD(hold)},
    {"kind", A, MU_KEY_WORD, NULL, A, offsetof(mu_artefact, kind)},
    {"body", A, MU_KEY_TEXT, NULL, 0, offsetof(mu_artefact, body)},
    {"file", A, MU_KEY_FILE, NULL, 0, offsetof(mu_artefact, body)},
    {NULL, 0, MU_KEY_TEXT, NULL, 0, 0},
};

const char *const mu_act_words[] = {"acknowledge", "answer",    "declare", "change_severity", "notify",  "decide",
                                    "escalate",    "hand_over", "look_up", "improvise",       "blocked", NULL};

static bool same(const char *row, const char *word, size_t len)
{
    return strlen(row) == len && memcmp(row, word, len) == 0;
}

const mu_noun_word *mu_noun_find(const char *word, size_t len)
{
    for (const mu_noun_word *n = mu_noun_words; n->word; n++)
        if (same(n->word, word, len))
            return n;
    return NULL;
}

const mu_verb_word *mu_verb_find(const char *word, size_t len)
{
    for (const mu_verb_word *v = mu_verb_words; v->word; v++)
        if (same(v->word, word, len))
            return v;
    return NULL;
}

const mu_key_word *mu_key_find(unsigned noun, const char *key)
{
    for (const mu_key_word *k = mu_key_words; k->key; k++)
        if (k->nouns & noun && strcmp(k->key, key) == 0)
            return k;
    return NULL;
}
