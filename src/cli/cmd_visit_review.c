/* SPDX-License-Identifier: GPL-3.0-or-later */
/* visit review: what was told is accepted, returned or withdrawn. */
#include "base/error.h"
#include "base/json.h"
#include "cli/cmd_step.h"
#include "cli/cmd_visit.h"

/* What accepting came to; few shoppers are not shown: who does not know that takes an accepted
 * visit for lost. */
struct outcome {
    char *conflict;  /* the tie that the shopper declared, or NULL */
    guint shoppers;  /* of how many different ones visits are accepted by now */
    guint minimum;   /* from how many on readings show them; 1 where the map names them */
    gboolean hidden; /* fewer: readings show none yet */
};

static guint count_shoppers(const struct plx_visit_desk *desk)
{
    g_autoptr(GHashTable) shoppers = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < desk->list->visits->len; i++) {
        plx_visit *const visit = desk->list->visits->pdata[i];
        if (visit->state == PLX_VISIT_ACCEPTED)
            g_hash_table_add(shoppers, &visit->shopper);
    }
    return g_hash_table_size(shoppers);
}

static void count_up(const struct plx_visit_desk *desk, struct outcome *outcome)
{
    const plx_map *const map = plx_store_map(desk->store);
    const gint audience = plx_map_find_audience(map, "shopper");
    const gboolean named = audience < 0 || map->audiences[audience].named;
    outcome->shoppers = count_shoppers(desk);
    outcome->minimum = named ? 1 : map->audiences[audience].minimum;
    outcome->hidden = outcome->shoppers < outcome->minimum;
}

static void write_review(const struct plx_cmd_change *change, const plx_visit *visit,
                         const char *state, const struct outcome *outcome)
{
    g_autoptr(plx_json) json = plx_json_new(plx_app_out(change->app));
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.visit-review/1");
    plx_json_integer(json, "visit", visit->id);
    plx_json_string(json, "state", state);
    if (outcome) {
        plx_json_boolean(json, "outside", visit->outside);
        plx_json_string(json, "conflict", outcome->conflict);
        plx_json_integer(json, "shoppers", outcome->shoppers);
        plx_json_integer(json, "minimum", outcome->minimum);
        plx_json_boolean(json, "shown", !outcome->hidden);
    }
    plx_json_end_object(json);
}

static void tell_accepted(const struct plx_cmd_change *change, const plx_visit *visit,
                          const struct outcome *outcome)
{
    GString *const out = plx_app_out(change->app);
    g_string_append_printf(
        out, "Visit %" G_GINT64_FORMAT " is accepted: it is among the answers of shoppers now.\n",
        visit->id);
    if (visit->outside)
        g_string_append(out, "It began on a day that was not planned, outside the window.\n");
    if (outcome->conflict)
        g_string_append_printf(out, "The shopper declared a tie to this place: %s\n",
                               outcome->conflict);
    if (outcome->hidden)
        g_string_append_printf(
            out,
            "Readings do not show it yet, so that nobody is recognised: they show visits from %u "
            "different shoppers on, and by now visits of %u are accepted.\n"
            "If all of them agreed to be shown, give --named shopper to a reading, or write "
            "named: true under the audience shopper in the map.\n",
            outcome->minimum, outcome->shoppers);
}

static gboolean accept(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                       const plx_visit *visit, GError **error)
{
    const char *author;
    g_autoptr(plx_visit_report) report =
        visit->report ? plx_visit_desk_report(desk, visit, NULL, NULL) : NULL;
    if (!plx_cmd_author(change->invocation, &author, error) ||
        !plx_visit_desk_accept(desk, visit, change->now, author, error) ||
        !plx_cmd_visit_audit(change, "review", visit->id, "accept", error))
        return FALSE;
    struct outcome outcome = {.conflict = report ? report->conflict : NULL};
    count_up(desk, &outcome);
    if (plx_cmd_is_json(change->invocation))
        write_review(change, visit, "accepted", &outcome);
    else
        tell_accepted(change, visit, &outcome);
    return TRUE;
}

static gboolean refuse(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                       const plx_visit *visit, enum plx_visit_state state, const char *words,
                       GError **error)
{
    g_autofree char *body = plx_visit_review_text(state, words);
    const gboolean returned = state == PLX_VISIT_RETURNED;
    const char *const option = returned ? "return" : "withdraw";
    if (!plx_visit_check_words(option, words, error) ||
        !plx_cmd_visit_act(change, desk, visit->id, "review", body, option, error))
        return FALSE;
    if (plx_cmd_is_json(change->invocation))
        write_review(change, visit, plx_visit_state_name(state), NULL);
    else
        g_string_append_printf(
            plx_app_out(change->app), "Visit %" G_GINT64_FORMAT " is %s\n", visit->id,
            returned ? "returned: the shopper sees why at the same link, and can tell it again."
                     : "withdrawn: its link says so.");
    return TRUE;
}

static gboolean review(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                       GError **error)
{
    const plx_invocation *const invocation = change->invocation;
    const gboolean accepted = plx_invocation_has(invocation, PLX_OPTION_VISIT_ACCEPT);
    const char *const returned = plx_invocation_string(invocation, PLX_OPTION_RETURN);
    const char *const withdrawn = plx_invocation_string(invocation, PLX_OPTION_WITHDRAW);
    const plx_visit *const visit =
        plx_visit_find(desk->list, plx_invocation_argument(invocation, 1), FALSE, error);
    if (!visit)
        return FALSE;
    if (accepted + (returned != NULL) + (withdrawn != NULL) != 1)
        return plx_error(error, PLX_ERROR_USAGE,
                         "say one of --accept, --return TEXT and --withdraw TEXT");
    return accepted   ? accept(change, desk, visit, error)
           : returned ? refuse(change, desk, visit, PLX_VISIT_RETURNED, returned, error)
                      : refuse(change, desk, visit, PLX_VISIT_WITHDRAWN, withdrawn, error);
}

static gboolean make_review(const struct plx_cmd_change *change, GError **error)
{
    return plx_cmd_visit_change(change, review, error);
}

gboolean plx_cmd_visit_review(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, make_review, error);
}
