/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kiosks: the page, and what guests say. */

#include "serve/kiosk.h"

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "form/kiosk.h"
#include "serve/asset.h"
#include "serve/form_call.h"
#include "serve/form_store.h"
#include "serve/routes.h"
#include "serve/shell.h"
#include "serve/texts.h"

#include <string.h>

/* Days after which an answer that waited in a browser is taken to be of the day it comes. */
#define WAIT_DAYS 31

/* The page ------------------------------------------------------------------------------------- */

/* PLX_KIOSK_PLANS of them, each by a lot of its own; to be freed. */
static GPtrArray *draw_plans(plx_store *store, const struct plx_link *link, GError **error)
{
    const plx_map *const map = plx_store_map(store);
    struct plx_form_settings settings;
    if (!plx_form_settings_read(map, link->settings, "link", &settings, error))
        return NULL;
    const struct plx_form_settings kiosk = plx_kiosk_settings(&settings);
    g_autoptr(GPtrArray) plans = g_ptr_array_new_with_free_func((GDestroyNotify)plx_form_plan_free);
    for (guint i = 0; i < PLX_KIOSK_PLANS; i++) {
        g_autofree char *lot = plx_forms_token();
        plx_form_plan *const plan =
            plx_form_plan_new(map, &kiosk, plx_forms_seed(store, lot), error);
        if (!plan)
            return NULL;
        g_ptr_array_add(plans, plan);
    }
    return g_steal_pointer(&plans);
}

static void send_page(plx_call *call, const struct plx_link *link, GPtrArray *plans)
{
    const plx_form_plan *const first = plans->pdata[0];
    g_autofree char *token = plx_forms_token();
    const char *const language =
        plx_form_call_language(call, &first->settings, plx_fields_get(call->query, "lang"));
    const gboolean named = first->map->audiences[first->settings.audience].named;
    const struct plx_kiosk_view view = {.plans = (plx_form_plan *const *)plans->pdata,
                                        .n_plans = plans->len,
                                        .place = link->place,
                                        .address = plx_call_param(call, "link"),
                                        .token = token,
                                        .language = language,
                                        .anonymous =
                                            link->identity == PLX_IDENTITY_ANONYMOUS && !named,
                                        .thanked = plx_fields_get(call->query, "thanks") != NULL};
    const struct plx_shell shell = {.language = language,
                                    .title = plx_texts(language, "kiosk.title"),
                                    .style = PLX_STYLE_KIOSK,
                                    .asset = plx_call_asset_path(call, "kiosk.js")};
    plx_html *const html = plx_shell_begin(&shell);
    plx_kiosk_page(html, &view);
    plx_shell_send(call, &shell, html, 200, NULL);
}

static void show_kiosk(plx_call *call)
{
    const char *const language =
        plx_form_call_language(call, NULL, plx_fields_get(call->query, "lang"));
    g_autoptr(plx_link) link = plx_form_call_link(call, NULL, language);
    if (!link)
        return;
    if (link->kind != PLX_LINK_KIOSK) {
        plx_form_call_closed(call, language, PLX_LINK_OPEN, PLX_LINK_ALWAYS, FALSE);
        return;
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) plans = draw_plans(call->store, link, &error);
    if (plans)
        send_page(call, link, plans);
    else
        plx_call_failed(call, error);
}

static void send_worker(plx_call *call)
{
    gsize size;
    g_autoptr(GBytes) bytes = plx_asset_embedded("web/kiosk_worker.js");
    const char *const text = g_bytes_get_data(bytes, &size);
    plx_call_text(call, "text/javascript; charset=utf-8", g_string_new_len(text, (gssize)size));
}

/* Answers -------------------------------------------------------------------------------------- */

/* The data of a call that answers. */
struct said {
    gboolean refused;
    enum plx_link_state state; /* why; OPEN: the link is no kiosk's */
};

/* The day on the guest's clock, where it can be so; else today. */
static gint32 day_of(const plx_call *call)
{
    const gint32 today = plx_call_now(call).day;
    const char *const text = plx_fields_get(call->form, "_day");
    gint32 day;
    return text && plx_day_parse(text, &day) && day <= today + 1 && day >= today - WAIT_DAYS
               ? day
               : today;
}

static plx_form_encounter *read_encounter(const plx_call *call, const plx_map *map,
                                          const struct plx_link *link, GError **error)
{
    struct plx_form_settings settings;
    g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(struct plx_form_field));
    struct plx_form_field field;
    if (!plx_form_settings_read(map, link->settings, "link", &settings, error))
        return NULL;
    for (guint i = 0; plx_fields_at(call->form, i, &field.name, &field.value); i++)
        g_array_append_val(fields, field);
    const struct plx_form_settings kiosk = plx_kiosk_settings(&settings);
    plx_form_encounter *const encounter = plx_kiosk_encounter(
        map, &kiosk, plx_fields_get(call->form, "_journey"),
        (const struct plx_form_field *)(gpointer)fields->data, fields->len, error);
    if (!encounter)
        return NULL;
    encounter->language = g_strdup(plx_form_call_answers_language(call, &settings));
    encounter->place = g_strdup(link->place);
    encounter->channel = g_strdup(link->channel);
    encounter->day = day_of(call);
    return encounter;
}

/* Of all kiosks' answers only the day is kept: the minute would be that of the sending. */
static gboolean store_encounter(plx_call *call, plx_store *store, const struct plx_link *link,
                                const plx_form_encounter *encounter, GError **error)
{
    struct said *const said = call->data;
    const plx_map *const map = plx_store_map(store);
    const gboolean anonymous = link->identity == PLX_IDENTITY_ANONYMOUS;
    g_autofree char *sealed = anonymous ? plx_form_encounter_write(map, encounter) : NULL;
    enum plx_form_outcome outcome;
    if (!plx_forms_complete_within(store, link->token, plx_call_param(call, "token"),
                                   plx_form_call_day(call), sealed, &outcome, error))
        return FALSE;
    said->refused = outcome == PLX_FORM_REFUSED;
    if (outcome != PLX_FORM_DONE)
        return TRUE;
    if (anonymous)
        plx_call_release(call);
    return anonymous || plx_form_store_add(call, map, encounter, NULL, error);
}

static gboolean apply(plx_call *call, plx_store *store, GError **error)
{
    struct said *const said = call->data;
    g_autoptr(plx_link) link = plx_links_find(store, plx_call_param(call, "link"), error);
    if (!link)
        return FALSE;
    said->refused = link->kind != PLX_LINK_KIOSK;
    if (said->refused)
        return TRUE;
    said->state = plx_link_state(link, plx_form_call_day(call));
    g_autoptr(plx_form_encounter) encounter =
        read_encounter(call, plx_store_map(store), link, error);
    return encounter && store_encounter(call, store, link, encounter, error);
}

static void write_stored(plx_json *json, gconstpointer data)
{
    (void)data;
    plx_json_boolean(json, "stored", TRUE);
}

static void tell_program(plx_call *call, const struct said *said, const GError *failure)
{
    if (failure) {
        plx_call_failed(call, failure);
    } else if (said->refused) {
        plx_call_problem(call, said->state == PLX_LINK_OPEN ? 404 : 410,
                         "This kiosk takes no answers.");
    } else {
        plx_call_object(call, 200, write_stored, NULL);
    }
}

static void settle(plx_call *call, const GError *failure)
{
    const struct said *const said = call->data;
    const char *const language =
        plx_form_call_language(call, NULL, plx_fields_get(call->form, "_lang"));
    const gboolean unknown = g_error_matches(failure, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    if (!plx_call_wants_page(call) || (failure && !unknown)) {
        tell_program(call, said, failure);
    } else if (unknown || said->refused) {
        plx_form_call_closed(call, language, unknown ? PLX_LINK_OPEN : said->state, PLX_LINK_ALWAYS,
                             !unknown);
    } else {
        g_autofree char *next =
            g_strdup_printf("/k/%s?lang=%s&thanks=1", plx_call_param(call, "link"), language);
        plx_call_redirect(call, next, NULL);
    }
}

/* Made up by a browser, and as long as that it is nobody else's. */
static void take_answer(plx_call *call)
{
    if (!plx_form_call_is_token(plx_call_param(call, "token"))) {
        plx_call_problem(call, 400, "An answer has a name of 32 hexadecimal digits.");
        return;
    }
    call->data = g_new0(struct said, 1);
    call->data_free = g_free;
    plx_call_write(call, apply, settle);
}

const struct plx_route plx_routes_kiosk[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/k/worker.js",
     .place = PLX_ON_LOOP,
     .summary = "What lets the page of a kiosk open without the network",
     .handle = send_worker},
    {.method = PLX_HTTP_GET,
     .pattern = "/k/{link:token}",
     .summary = "The page of a kiosk; nothing is stored",
     .handle = show_kiosk},
    {.method = PLX_HTTP_POST,
     .pattern = "/k/{link:token}/{token:token}",
     .body = 8192,
     .place = PLX_ON_LOOP,
     .summary = "Take what one guest of a kiosk said, once for each token",
     .handle = take_answer},
    {.pattern = NULL},
};
