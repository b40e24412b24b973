/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forms: a link's first card, the cards that follow, thanks. */

#include "serve/form_call.h"
#include "serve/form_cookie.h"
#include "serve/form_page.h"
#include "serve/routes.h"
#include "serve/server.h"
#include "serve/shell.h"
#include "serve/texts.h"

#include "base/error.h"

#include <string.h>

/* Replies ------------------------------------------------------------------------------------ */

static void send_card(plx_call *call, const struct plx_form_view *view)
{
    const struct plx_shell shell = {
        .language = view->language, .title = plx_form_page_title(view), .style = PLX_STYLE_FORM};
    plx_html *const html = plx_shell_begin(&shell);
    plx_form_page_card(html, view);
    plx_shell_send(call, &shell, html, view->faults ? 422 : 200, NULL);
}

/* The address of the answer, told only here; NULL: they asked for none. To be freed. */
static char *answer_address(const plx_call *call)
{
    const char *const token = plx_fields_get(call->query, "answer");
    return token && strlen(token) == 32 && strspn(token, "0123456789abcdef") == 32
               ? g_strdup_printf("%s/answer/%s", plx_server_url(call->server), token)
               : NULL;
}

static void send_thanks(plx_call *call, const char *language)
{
    g_autofree char *answer = answer_address(call);
    const struct plx_shell shell = {.language = language,
                                    .title = plx_texts(language, "form.thanks.title"),
                                    .style = PLX_STYLE_FORM};
    plx_html *const html = plx_shell_begin(&shell);
    plx_form_page_thanks(html, language, answer);
    plx_shell_send(call, &shell, html, 200, NULL);
}

/* Showing ------------------------------------------------------------------------------------ */

/* Was a form with this token completed lately? Who comes again is thanked again. */
static gboolean was_completed(const plx_call *call, const char *token)
{
    gboolean complete = FALSE;
    return plx_forms_is_complete(call->store, token, &complete, NULL) && complete;
}

/* A card of a form that was begun. */
static void show_state(plx_call *call, const struct plx_link *link,
                       const struct plx_form_state *state, const char *token, guint card,
                       const char *anew)
{
    const struct plx_form_view view = {
        .plan = state->plan,
        .answers = state->answers,
        .identity = link->identity,
        .place = link->place,
        .address = plx_call_param(call, "link"),
        .token = token,
        .person = state->person,
        .language = plx_form_call_language(call, &state->plan->settings,
                                           plx_fields_get(call->query, "lang")),
        .card = MIN(card, state->plan->n_cards - 1),
        .anew = anew};
    send_card(call, &view);
}

/* Whose form it is to be, by the reference in the address; to be freed; NULL: nobody's. */
static char *person_asked(const plx_call *call, const struct plx_link *link)
{
    const char *const reference = plx_fields_get(call->query, "ref");
    return reference && *reference && link->identity != PLX_IDENTITY_ANONYMOUS
               ? plx_forms_person(call->store, link->audience, reference)
               : NULL;
}

/* The form that this browser began at this link a moment ago, and has not sent; its token, to be
 * freed; NULL: none, or somebody else's. */
static char *find_begun(const plx_call *call, struct plx_form_state *state)
{
    g_autofree char *token = plx_fields_get(call->query, "new") ? NULL : plx_form_cookie_read(call);
    g_autoptr(plx_link) link =
        token ? plx_links_find(call->store, plx_call_param(call, "link"), NULL) : NULL;
    if (!link || !plx_form_state_read(state, call->store, link, token, NULL) || !state->begun)
        return NULL;
    g_autofree char *person = person_asked(call, link);
    return !state->person || g_strcmp0(state->person, person) == 0 ? g_steal_pointer(&token) : NULL;
}

/* A first card for somebody new; nothing is stored. */
static void show_new(plx_call *call, const struct plx_link *link)
{
    const char *const chosen = plx_fields_get(call->query, "lang");
    g_autoptr(GError) error = NULL;
    g_autofree char *token = plx_forms_token();
    struct plx_form_settings settings;
    const plx_map *const map = plx_store_map(call->store);
    g_autoptr(plx_form_plan) plan =
        plx_form_settings_read(map, link->settings, "link", &settings, &error)
            ? plx_form_plan_new(map, &settings, plx_forms_seed(call->store, token), &error)
            : NULL;
    if (!plan) {
        plx_call_failed(call, error);
        return;
    }
    g_autoptr(plx_form_answers) answers = plx_form_answers_new();
    g_autofree char *person = person_asked(call, link);
    const struct plx_form_view view = {.plan = plan,
                                       .answers = answers,
                                       .identity = link->identity,
                                       .place = link->place,
                                       .address = plx_call_param(call, "link"),
                                       .token = token,
                                       .person = person,
                                       .language = plx_form_call_language(call, &settings, chosen)};
    send_card(call, &view);
}

/* Where whoever did not begin it gets a form of their own; to be freed. */
static char *address_anew(const plx_call *call)
{
    const char *const reference = plx_fields_get(call->query, "ref");
    const char *const language = plx_fields_get(call->query, "lang");
    g_autofree char *ref = reference ? g_uri_escape_string(reference, NULL, FALSE) : NULL;
    g_autofree char *lang = language ? g_uri_escape_string(language, NULL, FALSE) : NULL;
    return g_strconcat("/f/", plx_call_param(call, "link"), "?new=1", ref ? "&ref=" : "",
                       ref ? ref : "", lang ? "&lang=" : "", lang, NULL);
}

/* At the link's own address: the first card, of a new form, or again of the one begun. */
static void begin_form(plx_call *call)
{
    g_auto(plx_form_state) state = {0};
    g_autofree char *begun = find_begun(call, &state);
    g_autoptr(plx_link) link = plx_form_call_link(
        call, begun, plx_form_call_language(call, NULL, plx_fields_get(call->query, "lang")));
    g_autofree char *anew = begun ? address_anew(call) : NULL;
    if (link && begun)
        show_state(call, link, &state, begun, 0, anew);
    else if (link)
        show_new(call, link);
}

static void show_card(plx_call *call)
{
    const char *const chosen = plx_fields_get(call->query, "lang");
    const char *const token = plx_call_param(call, "token");
    if (!plx_form_call_is_token(token)) {
        plx_form_call_closed(call, plx_form_call_language(call, NULL, chosen), PLX_LINK_OPEN,
                             PLX_LINK_ALWAYS, FALSE);
        return;
    }
    if (was_completed(call, token)) {
        send_thanks(call, plx_form_call_language(call, NULL, chosen));
        return;
    }
    g_autoptr(plx_link) link =
        plx_form_call_link(call, token, plx_form_call_language(call, NULL, chosen));
    if (!link)
        return;
    g_autoptr(GError) error = NULL;
    g_auto(plx_form_state) state = {0};
    if (!plx_form_state_read(&state, call->store, link, token, &error)) {
        if (g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND))
            plx_form_call_closed(call, plx_form_call_language(call, NULL, chosen), PLX_LINK_OPEN,
                                 PLX_LINK_ALWAYS, FALSE);
        else
            plx_call_failed(call, error);
        return;
    }
    if (state.complete)
        send_thanks(call, plx_form_call_language(call, &state.plan->settings, chosen));
    else
        show_state(call, link, &state, token,
                   (guint)g_ascii_strtoull(plx_call_param(call, "card"), NULL, 10), NULL);
}

static void show_thanks(plx_call *call)
{
    send_thanks(call, plx_form_call_language(call, NULL, plx_fields_get(call->query, "lang")));
}

/* Taking ------------------------------------------------------------------------------------- */

/* Whose answers they are: of a form that nothing is stored of yet the page alone knows it. */
static const char *person_of(const plx_call *call, const struct plx_form_post *post)
{
    const char *const sent = plx_fields_get(call->form, "_person");
    const gboolean known = post->identity != PLX_IDENTITY_ANONYMOUS;
    return post->state.person                              ? post->state.person
           : sent && known && plx_form_call_is_token(sent) ? sent
                                                           : NULL;
}

/* The card with what was sent. */
static void send_again(plx_call *call, const char *chosen)
{
    const struct plx_form_post *const post = call->data;
    const struct plx_form_view view = {
        .plan = post->state.plan,
        .answers = post->state.answers,
        .identity = post->identity,
        .place = post->place,
        .address = plx_call_param(call, "link"),
        .token = plx_call_param(call, "token"),
        .person = person_of(call, post),
        .language = plx_form_call_language(call, &post->state.plan->settings, chosen),
        .card = post->card,
        .faults = post->faults,
        .fields = post->fields,
        .n_fields = post->n_fields};
    send_card(call, &view);
}

/* The same card in the language of "_to", with all that is filled in, right or wrong; nothing is
 * stored. FALSE: none is wished for. */
static gboolean turn_language(plx_call *call, struct plx_form_post *post)
{
    const char *const to = plx_fields_get(call->form, "_to");
    if (!to || !post->state.plan || !g_strv_contains(plx_texts_languages(), to))
        return FALSE;
    if (post->faults)
        g_ptr_array_unref(post->faults);
    post->faults = NULL;
    send_again(call, to);
    return TRUE;
}

static void settle(plx_call *call, const GError *failure)
{
    const struct plx_form_post *const post = call->data;
    const char *const language =
        plx_form_call_language(call, NULL, plx_fields_get(call->form, "_lang"));
    g_autofree char *next = NULL;
    if (failure && !g_error_matches(failure, PLX_ERROR, PLX_ERROR_NOT_FOUND)) {
        plx_call_failed(call, failure);
        return;
    }
    if (failure || post->refused) {
        plx_form_call_closed(call, language, failure ? PLX_LINK_OPEN : post->link_state,
                             failure ? PLX_LINK_ALWAYS : post->opens, !failure);
        return;
    }
    if (post->complete)
        next = g_strdup_printf("/f/%s/thanks?lang=%s%s%s", plx_call_param(call, "link"), language,
                               post->answer ? "&answer=" : "", post->answer ? post->answer : "");
    else
        next = g_strdup_printf("/f/%s/%s/%u?lang=%s", plx_call_param(call, "link"),
                               plx_call_param(call, "token"), post->next, language);
    /* Of a card that had faults nothing is stored. */
    g_autofree char *cookie =
        post->faults
            ? NULL
            : plx_form_cookie_set(call, post->complete ? NULL : plx_call_param(call, "token"));
    plx_call_redirect(call, next, cookie);
}

static void take_card(plx_call *call)
{
    const char *const chosen = plx_fields_get(call->form, "_lang");
    if (!plx_form_call_is_token(plx_call_param(call, "token"))) {
        plx_form_call_closed(call, plx_form_call_language(call, NULL, chosen), PLX_LINK_OPEN,
                             PLX_LINK_ALWAYS, FALSE);
        return;
    }
    g_autoptr(GError) error = NULL;
    plx_form_post_begin(call);
    const gboolean looked = plx_form_post_look(call, &error);
    struct plx_form_post *const post = call->data;
    if (looked && turn_language(call, post))
        return;
    if (looked && post->faults) {
        send_again(call, chosen);
        return;
    }
    if (!looked && !g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND)) {
        plx_call_failed(call, error);
        return;
    }
    plx_form_state_clear(&post->state);
    plx_call_write(call, plx_form_post_apply, settle);
}

const struct plx_route plx_routes_forms[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/f/{link:token}",
     .summary = "The first card of a form; nothing is stored, and one begun a moment ago goes on",
     .handle = begin_form},
    {.method = PLX_HTTP_GET,
     .pattern = "/f/{link:token}/thanks",
     .summary = "Thanks",
     .handle = show_thanks},
    {.method = PLX_HTTP_GET,
     .pattern = "/f/{link:token}/{token:token}/{card:number}",
     .summary = "A card of a form that was begun",
     .handle = show_card},
    {.method = PLX_HTTP_POST,
     .pattern = "/f/{link:token}/{token:token}/{card:number}",
     .body = 262144,
     .summary = "Take the answers of a card; those of the last one complete the form",
     .handle = take_card},
    {.pattern = NULL},
};
