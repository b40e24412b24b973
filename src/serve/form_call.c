/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/form_call.h"

#include "base/date.h"
#include "base/error.h"
#include "form/rows.h"
#include "ingest/keys.h"
#include "serve/answers.h"
#include "serve/form_page.h"
#include "serve/form_parts.h"
#include "serve/form_store.h"
#include "serve/shell.h"
#include "serve/texts.h"

#include <string.h>

/* What is closed is said with this status. */
#define GONE 410

gint32 plx_form_call_day(const plx_call *call)
{
    return plx_date_of_seconds(plx_call_now(call).utc);
}

/* Who asks for what --------------------------------------------------------------------------- */

const char *plx_form_call_language(const plx_call *call, const struct plx_form_settings *settings,
                                   const char *chosen)
{
    const struct plx_http_slice accepted =
        plx_http_head_value(plx_http_request_head(call->request), "accept-language");
    const char *const *const ours = plx_texts_languages();
    const char *offered[PLX_FORM_OFFERED_MAX];
    if (settings && *settings->language && g_strv_contains(ours, settings->language))
        return plx_texts_choose(settings->language, ours);
    plx_form_offered(settings, offered);
    if (chosen && g_strv_contains(offered, chosen))
        return plx_texts_choose(chosen, offered);
    /* Who wishes none of those that the link has gets its first. */
    const gboolean listed = settings && *settings->languages;
    g_autofree char *wish = accepted.at ? g_strndup(accepted.at, accepted.length) : NULL;
    g_autofree char *last =
        listed ? g_strdup_printf("%s%s%s;q=0.001", wish ? wish : "", wish ? "," : "", offered[0])
               : NULL;
    return plx_texts_choose(last ? last : wish, offered);
}

const char *plx_form_call_answers_language(const plx_call *call,
                                           const struct plx_form_settings *settings)
{
    const char *const said = plx_fields_get(call->form, "_lang");
    if (*settings->language)
        return settings->language;
    const char *offered[PLX_FORM_OFFERED_MAX];
    plx_form_offered(settings, offered);
    return said && g_strv_contains(offered, said) ? said : NULL;
}

/* What a kiosk keeps that was never taken; a script counts it (web/kiosk_shut.js). */
static void put_unsent(plx_call *call, const char *language, plx_html *html)
{
    plx_html_open_class(html, "p", "bad");
    plx_html_attribute(html, "id", "unsent");
    plx_html_attribute(html, "role", "status");
    plx_html_attribute(html, "hidden", "hidden");
    plx_html_attribute(html, "data-link", plx_call_param(call, "link"));
    plx_html_attribute(html, "data-waiting", plx_texts(language, "kiosk.waiting"));
    plx_html_close(html);
}

void plx_form_call_closed(plx_call *call, const char *language, guint state, gint32 opens,
                          gboolean lost)
{
    const gboolean kiosk = g_str_has_prefix(call->match.route->pattern, "/k/");
    const struct plx_shell shell = {.language = language,
                                    .title = plx_texts(language, "link.title"),
                                    .style = PLX_STYLE_FORM,
                                    .asset = kiosk ? plx_call_asset_path(call, "shut.js") : NULL};
    plx_html *const html = plx_shell_begin(&shell);
    plx_form_page_closed(html, language, state, opens, lost);
    if (kiosk)
        put_unsent(call, language, html);
    plx_shell_send(call, &shell, html, state == PLX_LINK_OPEN ? 404 : GONE, NULL);
}

gboolean plx_form_call_is_token(const char *text)
{
    return strlen(text) == 32 && strspn(text, "0123456789abcdef") == 32;
}

/* Of a form that was begun it may be another than of the link. */
static gboolean read_state(const plx_call *call, const plx_link *link, const char *token,
                           enum plx_link_state *state, GError **error)
{
    const gint32 day = plx_form_call_day(call);
    if (token)
        return plx_forms_state(call->store, link, token, day, state, error);
    *state = plx_link_state(link, day);
    return TRUE;
}

/* Was the address for one form, which was sent lately? Only of those, which look like the token of
 * a form, a receipt is kept. */
static gboolean was_used(plx_store *store, const char *address)
{
    gboolean complete = FALSE;
    return plx_form_call_is_token(address) &&
           plx_forms_is_complete(store, address, &complete, NULL) && complete;
}

/* Was something said by this token (or NULL) that is not completed? */
static gboolean was_begun(plx_store *store, const char *token)
{
    struct plx_form_draft draft = {0};
    gboolean found = FALSE;
    if (!token || !plx_forms_draft(store, token, &found, &draft, NULL) || !found)
        return FALSE;
    plx_form_draft_clear(&draft);
    return TRUE;
}

struct plx_link *plx_form_call_link(plx_call *call, const char *token, const char *language)
{
    const char *const address = plx_call_param(call, "link");
    enum plx_link_state state = PLX_LINK_OPEN;
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_link) link = plx_links_find(call->store, address, &error);
    if ((!link && !g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND)) ||
        (link && !read_state(call, link, token, &state, &error))) {
        plx_call_failed(call, error);
        return NULL;
    }
    if (link && state == PLX_LINK_OPEN)
        return g_steal_pointer(&link);
    const gboolean used = !link && was_used(call->store, address);
    plx_form_call_closed(call, language, used ? PLX_FORM_USED : state,
                         link ? link->opens : PLX_LINK_ALWAYS, was_begun(call->store, token));
    return NULL;
}

/* Where it stands ---------------------------------------------------------------------------- */

static gboolean fresh(struct plx_form_state *state, plx_store *store,
                      const struct plx_form_settings *settings, const char *token, GError **error)
{
    state->plan =
        plx_form_plan_new(plx_store_map(store), settings, plx_forms_seed(store, token), error);
    state->answers = plx_form_answers_new();
    return state->plan != NULL;
}

gboolean plx_form_state_read(struct plx_form_state *state, plx_store *store,
                             const struct plx_link *link, const char *token, GError **error)
{
    const plx_map *const map = plx_store_map(store);
    struct plx_form_settings settings;
    struct plx_form_draft draft = {0};
    gboolean found;
    *state = (struct plx_form_state){0};
    if (!plx_form_settings_read(map, link->settings, "link", &settings, error) ||
        !plx_forms_draft(store, token, &found, &draft, error))
        return FALSE;
    if (!found)
        return plx_forms_is_complete(store, token, &state->complete, error) &&
               fresh(state, store, &settings, token, error);
    /* A draft belongs to its link: under another address it is neither shown nor written over, and
     * whose it is does not come along to where answers are anonymous. */
    const gboolean ok =
        draft.link == link->id
            ? plx_form_read(draft.body, map, &settings, &state->plan, &state->answers, error)
            : plx_error(error, PLX_ERROR_NOT_FOUND, "this form was begun at another address");
    state->begun = ok;
    if (ok)
        state->person = g_steal_pointer(&draft.person);
    plx_form_draft_clear(&draft);
    if (!ok || state->plan->n_cards > 0)
        return ok;
    plx_form_state_clear(state); /* all that it asked about is gone from the map */
    return fresh(state, store, &settings, token, error);
}

void plx_form_state_clear(struct plx_form_state *state)
{
    plx_form_plan_free(state->plan);
    plx_form_answers_free(state->answers);
    g_free(state->person);
    *state = (struct plx_form_state){0};
}

/* A card ------------------------------------------------------------------------------------- */

static void free_post(gpointer data)
{
    struct plx_form_post *const post = data;
    plx_form_state_clear(&post->state);
    if (post->faults)
        g_ptr_array_unref(post->faults);
    g_free(post->fields);
    g_free(post->answer);
    g_free(post->place);
    g_free(post);
}

void plx_form_post_begin(plx_call *call)
{
    struct plx_form_post *const post = g_new0(struct plx_form_post, 1);
    GArray *const fields = g_array_new(FALSE, FALSE, sizeof(struct plx_form_field));
    struct plx_form_field field;
    for (guint i = 0; plx_fields_at(call->form, i, &field.name, &field.value); i++)
        g_array_append_val(fields, field);
    post->n_fields = fields->len;
    post->fields = (struct plx_form_field *)(gpointer)g_array_free(fields, FALSE);
    post->card = (guint)g_ascii_strtoull(plx_call_param(call, "card"), NULL, 10);
    call->data = post;
    call->data_free = free_post;
}

/* Whose answers they are, said with the first of them. */
static gboolean take_person(plx_call *call, struct plx_form_post *post, plx_store *store,
                            gint32 day, GError **error)
{
    const char *const person = plx_fields_get(call->form, "_person");
    if (post->state.person || !person || !*person || post->identity == PLX_IDENTITY_ANONYMOUS ||
        strlen(person) != 32 || strspn(person, "0123456789abcdef") != 32)
        return TRUE;
    if (post->identity == PLX_IDENTITY_PANEL) {
        gint32 since;
        if (plx_fields_get(call->form, "_consent")) {
            if (!plx_forms_consent_within(store, person, day, error))
                return FALSE;
        } else if (!plx_forms_consented(store, person, &since, error))
            return FALSE;
        else if (since == PLX_LINK_ALWAYS)
            return TRUE; /* they did not say yes: nobody is known again */
    }
    post->state.person = g_strdup(person);
    return TRUE;
}

static gboolean keep(const struct plx_form_post *post, plx_store *store, gint64 link,
                     const char *token, gint32 day, GError **error)
{
    g_autofree char *body = plx_form_write(post->state.plan, post->state.answers);
    const struct plx_form_draft draft = {.link = link, .person = post->state.person, .body = body};
    return plx_forms_put_draft_within(store, token, day, &draft, error);
}

/* Answers of people who may be known, with the minute; of others they wait sealed. */
static gboolean complete(plx_call *call, struct plx_form_post *post, plx_store *store,
                         const struct plx_link *link, GError **error)
{
    const struct plx_moment now = plx_call_now(call);
    g_autoptr(plx_form_encounter) encounter =
        plx_form_encounter_new(post->state.plan, post->state.answers);
    encounter->language =
        g_strdup(plx_form_call_answers_language(call, &post->state.plan->settings));
    encounter->place = g_strdup(link->place);
    encounter->channel = g_strdup(link->channel);
    encounter->day = now.day;
    const gboolean anonymous = link->identity == PLX_IDENTITY_ANONYMOUS;
    encounter->respondent = anonymous ? NULL : g_strdup(post->state.person);
    g_autofree char *sealed =
        anonymous ? plx_form_encounter_write(plx_store_map(store), encounter) : NULL;
    enum plx_form_outcome outcome;
    if (!plx_forms_complete_within(store, plx_call_param(call, "link"),
                                   plx_call_param(call, "token"), plx_form_call_day(call), sealed,
                                   &outcome, error))
        return FALSE;
    post->refused = outcome == PLX_FORM_REFUSED;
    post->complete = !post->refused;
    if (outcome != PLX_FORM_DONE)
        return TRUE;
    if (plx_fields_get(call->form, "_answer") &&
        !plx_answers_link_within(store, encounter, &post->answer, error))
        return FALSE;
    if (anonymous)
        plx_call_release(call);
    return anonymous || plx_form_store_add(call, plx_store_map(store), encounter, &now, error);
}

/* The trap is filled in by programs: they are thanked, and nothing is kept. */
static gboolean is_trapped(const plx_call *call)
{
    const char *const trap = plx_fields_get(call->form, "_website");
    return trap && *trap;
}

static gboolean take(plx_call *call, struct plx_form_post *post, plx_store *store,
                     const struct plx_link *link, GError **error)
{
    const char *const token = plx_call_param(call, "token");
    const gint32 day = plx_form_call_day(call);
    if (!plx_form_state_read(&post->state, store, link, token, error))
        return FALSE;
    post->complete = post->state.complete || is_trapped(call);
    if (post->complete)
        return TRUE;
    if (post->card >= post->state.plan->n_cards)
        post->card = post->state.plan->n_cards - 1;
    post->faults = plx_form_take(post->state.answers, post->state.plan, post->card, post->fields,
                                 post->n_fields);
    if (post->faults) { /* the form changed since it was looked at: it is shown again as it is */
        post->next = post->card;
        return TRUE;
    }
    if (!take_person(call, post, store, day, error))
        return FALSE;
    post->next = post->card + 1;
    /* Behind the last card: one that was passed over, if any. */
    if (post->next >= post->state.plan->n_cards)
        post->next = plx_form_next_card(post->state.plan, post->state.answers);
    return post->next < post->state.plan->n_cards ? keep(post, store, link->id, token, day, error)
                                                  : complete(call, post, store, link, error);
}

gboolean plx_form_post_apply(plx_call *call, plx_store *store, GError **error)
{
    struct plx_form_post *const post = call->data;
    const char *const token = plx_call_param(call, "token");
    /* Sent again: the link may be full by now, or its address used up. */
    if (!plx_forms_is_complete(store, token, &post->complete, error))
        return FALSE;
    if (post->complete)
        return TRUE;
    /* Somebody else may have sent a form by an address for one. */
    post->refused = was_used(store, plx_call_param(call, "link"));
    post->link_state = PLX_FORM_USED;
    if (post->refused)
        return TRUE;
    g_autoptr(plx_link) link = plx_links_find(store, plx_call_param(call, "link"), error);
    enum plx_link_state state;
    if (!link || !plx_forms_state(store, link, token, plx_form_call_day(call), &state, error))
        return FALSE;
    post->identity = link->identity;
    post->link_state = state;
    post->opens = link->opens;
    post->refused = state != PLX_LINK_OPEN;
    return post->refused || take(call, post, store, link, error);
}

/* What is wrong with a card is found, and shown, on a worker: the writer has no time for pages. It
 * looks again, as the draft may have changed since. */
gboolean plx_form_post_look(plx_call *call, GError **error)
{
    struct plx_form_post *const post = call->data;
    const char *const token = plx_call_param(call, "token");
    enum plx_link_state open;
    gboolean complete;
    if (!plx_forms_is_complete(call->store, token, &complete, error))
        return FALSE;
    if (complete || is_trapped(call))
        return TRUE;
    g_autoptr(plx_link) link = plx_links_find(call->store, plx_call_param(call, "link"), error);
    if (!link || !read_state(call, link, token, &open, error))
        return FALSE;
    if (open != PLX_LINK_OPEN)
        return TRUE;
    if (!plx_form_state_read(&post->state, call->store, link, token, error))
        return FALSE;
    post->identity = link->identity;
    g_free(post->place);
    post->place = g_strdup(link->place);
    post->card = MIN(post->card, post->state.plan->n_cards - 1);
    post->faults = plx_form_take(post->state.answers, post->state.plan, post->card, post->fields,
                                 post->n_fields);
    return TRUE;
}
