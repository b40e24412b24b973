/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/answers.h"

#include "base/date.h"
#include "base/error.h"
#include "report/suggestion.h"
#include "serve/form_call.h"
#include "serve/routes.h"
#include "serve/shell.h"
#include "serve/texts.h"
#include "store/suggestions.h"

#include <string.h>

G_STATIC_ASSERT(PLX_SAYING_KEY == PLX_SUGGESTIONS_KEY);

/* Acts ---------------------------------------------------------------------------------------- */

plx_suggestion_list *plx_answers_read(plx_store *store, plx_source *source, gint64 *last,
                                      GError **error)
{
    guint8 key[PLX_SUGGESTIONS_KEY];
    plx_suggestions_key(store, key);
    g_autoptr(GPtrArray) acts = plx_suggestions_read(store, error);
    plx_letters *const letters = acts ? plx_letters_read(source, key, error) : NULL;
    if (!letters)
        return NULL;
    g_autoptr(plx_suggestion_list) list = plx_suggestion_list_new(letters);
    g_autoptr(GArray) awaited = plx_suggestions_awaited(store, error);
    if (!awaited)
        return NULL;
    for (guint i = 0; i < awaited->len; i++)
        plx_suggestion_await(list, g_array_index(awaited, guint64, i));
    for (guint i = 0; i < acts->len; i++) {
        const struct plx_act *const act = acts->pdata[i];
        if (!plx_suggestion_apply(list, (guint64)act->about, act->utc_seconds, act->author,
                                  act->act, act->body, plx_store_path(store), error))
            return NULL;
    }
    if (last)
        *last = acts->len;
    return g_steal_pointer(&list);
}

static gboolean is_letter(const struct plx_form_observation *said)
{
    return said->note && said->prompt &&
           (strcmp(said->prompt, plx_form_prompt(PLX_FORM_SUGGESTION)) == 0 ||
            strcmp(said->prompt, plx_form_prompt(PLX_FORM_COMPLAINT)) == 0);
}

/* FALSE without an error: its words say nothing. */
static gboolean number_of(const plx_store *store, const plx_form_encounter *encounter,
                          const struct plx_form_observation *said, guint64 *number)
{
    guint8 key[PLX_SUGGESTIONS_KEY];
    plx_suggestions_key(store, key);
    const struct plx_saying saying = {
        .prompt = said->prompt, .text = said->note, .day = encounter->day};
    return plx_saying_number(key, &saying, encounter->audience, number);
}

gboolean plx_answers_link_within(plx_store *store, const plx_form_encounter *encounter,
                                 char **token, GError **error)
{
    g_autofree char *hash = NULL;
    g_autofree char *made = plx_suggestions_token(&hash);
    gboolean any = FALSE;
    for (guint i = 0; i < encounter->observations->len && !any; i++) {
        const struct plx_form_observation *const said = encounter->observations->pdata[i];
        guint64 number;
        any = is_letter(said) && number_of(store, encounter, said, &number);
        if (any && !plx_suggestions_link_within(store, hash, number, error))
            return FALSE;
    }
    *token = any ? g_steal_pointer(&made) : NULL;
    return TRUE;
}

/* The page ------------------------------------------------------------------------------------ */

/* The hash of what stands in its one <style>, for the policy; to be freed. */
static char *style_of(const GString *page)
{
    const char *const begin = strstr(page->str, "<style>");
    const char *const end = begin ? strstr(begin, "</style>") : NULL;
    g_autofree char *style = end ? g_strndup(begin + 7, (gsize)(end - begin - 7)) : NULL;
    return style ? plx_reply_hash(style) : NULL;
}

static struct plx_suggestion_words words_in(const char *language)
{
    return (struct plx_suggestion_words){
        .language = language,
        .direction = plx_texts_direction(language),
        .suggestion = plx_texts(language, "answer.suggestion"),
        .complaint = plx_texts(language, "answer.complaint"),
        .said = plx_texts(language, "answer.said"),
        .received = plx_texts(language, "answer.received"),
        .looking = plx_texts(language, "answer.looking"),
        .considered = plx_texts(language, "answer.considered"),
        .doing = plx_texts(language, "answer.doing"),
        .done = plx_texts(language, "answer.done"),
        .declined = plx_texts(language, "answer.declined"),
        .about = plx_texts(language, "answer.about"),
        .answers = plx_texts(language, "answer.answers"),
        .as_of = plx_texts(language, "answer.as_of"),
        .thanks = plx_texts(language, "answer.thanks"),
        .day = plx_texts_day,
        .month = plx_texts_month,
    };
}

static void send_letter(plx_call *call, const plx_suggestion_list *list,
                        const struct plx_suggestion *found)
{
    g_autoptr(GPtrArray) chosen = g_ptr_array_new();
    g_ptr_array_add(chosen, (gpointer)(guintptr)found);
    const struct plx_suggestion_view view = {list, chosen, plx_call_now(call).day, 0};
    const struct plx_suggestion_words words = words_in(plx_form_call_language(call, NULL, NULL));
    GString *const text = plx_suggestion_page(&view, &words);
    g_autofree char *style = style_of(text);
    const struct plx_page_reply page = {.status = 200, .html = text, .style = style};
    plx_call_page(call, &page);
}

/* A page of sentences: `texts` are keys, NULL at the end; the first is the title. */
static void send_words(plx_call *call, guint status, const char *const *texts)
{
    const char *const language = plx_form_call_language(call, NULL, NULL);
    const struct plx_shell shell = {.language = language, .title = plx_texts(language, texts[0])};
    plx_html *const html = plx_shell_begin(&shell);
    for (guint i = 0; texts[i]; i++)
        plx_html_element(html, i == 0 ? "h1" : "p", NULL, plx_texts(language, texts[i]));
    plx_shell_send(call, &shell, html, status, NULL);
}

/* It is known, but not among those that may be shown: anonymous answers wait for others. */
static void send_waiting(plx_call *call)
{
    static const char *const texts[] = {"answer.waiting.title", "answer.waiting.text",
                                        "answer.waiting.why", NULL};
    send_words(call, 200, texts);
}

/* Nobody's: mistyped, or a newer link made it void. */
static void send_unknown(plx_call *call)
{
    static const char *const texts[] = {"answer.title", "answer.unknown", NULL};
    send_words(call, 404, texts);
}

/* Is it the token of a link that was given out, by a form (*number; else 0) or by somebody (an
 * act)? Cheap, before all letters are read. */
static gboolean is_given(plx_call *call, const char *hash, gboolean *given, guint64 *number,
                         GError **error)
{
    *number = 0;
    if (!plx_suggestions_of_link(call->store, hash, given, number, error))
        return FALSE;
    g_autoptr(GPtrArray) acts = *given ? NULL : plx_suggestions_read(call->store, error);
    for (guint i = 0; acts && !*given && i < acts->len; i++) {
        const struct plx_act *const act = acts->pdata[i];
        *given = strcmp(act->act, "link") == 0 && strstr(act->body, hash) != NULL;
    }
    return *given || acts;
}

static void show_answer(plx_call *call)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *hash = plx_suggestions_hash(plx_call_param(call, "token"));
    gboolean given;
    guint64 number;
    if (!is_given(call, hash, &given, &number, &error)) {
        plx_call_failed(call, error);
        return;
    }
    if (!given) {
        send_unknown(call);
        return;
    }
    g_autoptr(plx_source) source = plx_store_source(call->store, 1);
    g_autoptr(plx_suggestion_list) list = plx_answers_read(call->store, source, NULL, &error);
    const struct plx_suggestion *const found = !list    ? NULL
                                               : number ? plx_suggestion_numbered(list, number)
                                                        : plx_suggestion_linked(list, hash);
    if (!list)
        plx_call_failed(call, error);
    else if (found)
        send_letter(call, list, found);
    else
        send_waiting(call);
}

const struct plx_route plx_routes_answers[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/answer/{token:token}",
     .place = PLX_ON_SLOW_WORKER,
     .summary = "What somebody's suggestion was answered",
     .handle = show_answer},
    {.pattern = NULL},
};
