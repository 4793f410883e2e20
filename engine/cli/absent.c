#include "cli/absent.h"

#include <stdlib.h>
#include <string.h>

typedef struct kind_word {
    const char *word;
    mu_element_kind kind;
} kind_word;

static const kind_word kind_words[] = {
    {"people", MU_PEOPLE}, {"sites", MU_SITES}, {"channels", MU_CHANNELS}, {"externals", MU_EXTERNALS}, {"dependencies", MU_DEPENDENCIES},
};

static bool add_kind(unsigned *kinds, const char *word)
{
    for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words; i++)
        if (strcmp(kind_words[i].word, word) == 0) {
            *kinds |= kind_words[i].kind;
            return true;
        }
    return false;
}

bool mu_absent_kinds(char *value, unsigned *kinds)
{
    char *rest = NULL;
    for (char *word = strtok_r(value, ",", &rest); word; word = strtok_r(NULL, ",", &rest))
        if (!add_kind(kinds, word))
            return false;
    return true;
}

static bool read_cost(int *costs, const char *word)
{
    const char *sign = strchr(word, '=');
    char *end = NULL;
    long cost = sign ? strtol(sign + 1, &end, 10) : 0;
    if (!sign || sign[1] < '0' || sign[1] > '9' || *end || cost < 1 || cost > 1000)
        return false;
    for (int k = 0; k < MU_CHANGE_KINDS; k++)
        if (strncmp(mu_change_word((mu_change_kind)k), word, (size_t)(sign - word)) == 0 && !mu_change_word((mu_change_kind)k)[sign - word]) {
            costs[k] = (int)cost;
            return true;
        }
    return false;
}

bool mu_absent_costs(char *value, int *costs)
{
    char *rest = NULL;
    for (char *word = strtok_r(value, ",", &rest); word; word = strtok_r(NULL, ",", &rest))
        if (!read_cost(costs, word))
            return false;
    return true;
}

bool mu_absent_order(const char *text, unsigned *order)
{
    char *end;
    long n = strtol(text, &end, 10);
    *order = (unsigned)n;
    return *text >= '0' && *text <= '9' && !*end && n >= 1 && n <= 64;
}

void mu_absent_with(mu_buf *out, unsigned kinds)
{
    int said = 0;
    for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words && kinds != MU_EVERY_ELEMENT; i++)
        if (kinds & kind_words[i].kind)
            mu_buf_printf(out, "%s%s", said++ ? "," : " --with ", kind_words[i].word);
}

void mu_absent_cost(mu_buf *out, const int *costs)
{
    int said = 0;
    for (int k = 0; k < MU_CHANGE_KINDS; k++)
        if (costs[k] != 1)
            mu_buf_printf(out, "%s%s=%d", said++ ? "," : " --cost ", mu_change_word((mu_change_kind)k), costs[k]);
}
