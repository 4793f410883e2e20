#include "calltree/words.h"

#include <string.h>

#include "base/json.h"
#include "programme/agenda.h"

const char *mu_asking_link(const mu_asking *a, const char *code, mu_arena *arena)
{
    return mu_format(arena, "%s/#%s", a->programme->answers.at, code);
}

const char *mu_asking_subject(const mu_asking *a, mu_arena *arena)
{
    mu_buf out = {0};
    mu_buf_puts(&out, MU_EXERCISE ": can you be reached? ");
    mu_message_name(&out, a->series->title);
    return mu_buf_into(&out, arena);
}

const char *mu_asking_text(const mu_asking *a, int i, mu_arena *arena)
{
    const mu_contact *w = &a->check->list[i].way;
    char code[MU_CALL_CODE];
    mu_buf out = {0};
    mu_calls_code(a->check, i, code);
    mu_buf_puts(&out, MU_EXERCISE "\n\nTo ");
    mu_message_name(&out, w->name);
    mu_buf_puts(&out, "\n\n");
    mu_message_name(&out, a->organisation);
    mu_buf_puts(&out, " tries whether those whom its incident response plan names can be reached. This came to you over ");
    mu_message_name(&out, w->channel);
    mu_buf_printf(&out, ". Please open\n\n  %s\n\nand press \"I have got this\". If the page asks for your code, it is %s.\nAnswers are taken until %s.\n\n", mu_asking_link(a, code, arena), code, a->until);
    mu_buf_puts(&out, "Where the same comes to you over another way, answer that as well: each way is tried.\nYou are somebody else? Do not answer; tell whoever this came from.\n"
                      "\nThis is no incident: nothing has happened. A real emergency goes before any drill.\nYou get this as you agreed to in ");
    mu_message_name(&out, a->programme->title);
    mu_buf_puts(&out, "; who keeps it ends it when you ask.\n\n" MU_EXERCISE "\n");
    return mu_buf_into(&out, arena);
}

static void member(mu_buf *out, const char *key, const char *text)
{
    mu_buf_printf(out, ",\"%s\":", key);
    mu_json_text(out, text);
}

const char *mu_asking_body(const mu_asking *a, int i, const char *key, mu_arena *arena)
{
    const char *text = mu_asking_text(a, i, arena);
    char code[MU_CALL_CODE];
    mu_buf out = {0};
    if (a->check->list[i].way.by == MU_SLACK)
        return mu_message_slack(text, arena);
    mu_calls_code(a->check, i, code);
    mu_buf_puts(&out, "{\"schema\":\"muster.message/1\"");
    member(&out, "exercise", MU_EXERCISE);
    member(&out, "id", key);
    member(&out, "kind", "asked");
    member(&out, "programme", a->programme->title);
    member(&out, "drill", a->series->id);
    member(&out, "title", a->series->title);
    member(&out, "mode", mu_mode_word(a->series->mode));
    member(&out, "who", a->check->list[i].way.who);
    member(&out, "link", mu_asking_link(a, code, arena));
    member(&out, "until", a->until);
    member(&out, "text", text);
    mu_buf_puts(&out, "}");
    return mu_buf_into(&out, arena);
}

void mu_asking_by_hand(mu_buf *out, const mu_asking *a)
{
    bool any = false;
    for (int i = 0; i < a->check->count; i++) {
        const mu_asked *asked = &a->check->list[i];
        char code[MU_CALL_CODE];
        if (asked->way.by != MU_BY_HAND || (asked->state != MU_WAY_WAITS && asked->state != MU_WAY_NO_ANSWER))
            continue;
        if (!any)
            mu_buf_printf(out, "To be called by hand. Say EXERCISE EXERCISE EXERCISE, first and last. Then press on your page what came of it, or let them open %s/ and type their code:\n", a->programme->answers.at);
        any = true;
        mu_calls_code(a->check, i, code);
        mu_buf_puts(out, "  ");
        mu_message_name(out, asked->way.name);
        mu_buf_puts(out, ", ");
        mu_message_name(out, asked->way.channel);
        mu_buf_puts(out, " ");
        mu_message_name(out, *asked->way.address ? asked->way.address : "(the plan has no address)");
        mu_buf_printf(out, ": code %s\n", code);
    }
}
