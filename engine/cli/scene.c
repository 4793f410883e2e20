#include "cli/scene.h"

static mu_scene_names names(const mu_names *from, mu_arena *arena)
{
    mu_scene_name *list = mu_alloc(arena, (size_t)(from->count + 1) * sizeof *list);
    for (int i = 0; i < from->count; i++)
        list[i] = (mu_scene_name){from->list[i].text, from->list[i].node};
    return (mu_scene_names){list, from->count};
}

static mu_scene_card card(const mu_card *c, mu_arena *arena)
{
    mu_scene_card to = {.name = c->name, .tests = c->tests, .at = c->declared, .via = c->via.text, .within = c->within, .facts = c->facts,
                        .fact_count = c->fact_count, .answer_count = c->answer_count, .to = names(&c->to, arena), .expect = names(&c->expect, arena),
                        .down = names(&c->down, arena), .away = names(&c->away, arena)};
    to.kind = c->kind == MU_QUESTION ? MU_SCENE_QUESTION : c->kind == MU_DECISION ? MU_SCENE_DECISION : MU_SCENE_INJECT;
    to.class = c->class == MU_CLASS_CONTEXTUAL ? MU_SCENE_CONTEXTUAL : c->class == MU_CLASS_CONTINGENCY ? MU_SCENE_CONTINGENCY : MU_SCENE_PLAIN;
    return to;
}

mu_scene mu_scene_of(const mu_msel *m, const char *file, mu_arena *arena)
{
    mu_scene_card *cards = mu_alloc(arena, (size_t)(m->card_count + 1) * sizeof *cards);
    mu_scene_objective *objectives = mu_alloc(arena, (size_t)(m->objective_count + 1) * sizeof *objectives);
    for (int i = 0; i < m->card_count; i++)
        cards[i] = card(&m->cards[i], arena);
    for (int i = 0; i < m->objective_count; i++)
        objectives[i] = (mu_scene_objective){m->objectives[i].id, m->objectives[i].text};
    return (mu_scene){.file = file, .title = m->title, .kind = m->kind, .at = {m->card_count ? cards[0].at.file : file, 1, 1, 1}, .starts = m->starts,
                      .lasts = m->lasts, .objectives = objectives, .objective_count = m->objective_count,
                      .evaluators = names(&m->evaluators, arena), .director = names(&m->director, arena), .cards = cards, .card_count = m->card_count};
}
