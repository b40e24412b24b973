/* SPDX-License-Identifier: GPL-3.0-or-later */
/* erase, anonymise: letting go of people. */
#include "base/date.h"
#include "base/json.h"
#include "cli/cmd_access.h"
#include "ingest/keys.h"
#include "serve/visit_desk.h"
#include "store/copies.h"
#include "store/erase.h"
#include "store/forms.h"

#include <string.h>

/* The key as any audience and data set of the workspace would have it: as files do, and as forms do
 * when it is the reference of a booking or of a member of a panel. */
static GArray *keys_of(const plx_store *store, const char *respondent)
{
    GArray *const keys = g_array_new(FALSE, FALSE, sizeof(guint64));
    g_auto(GStrv) datasets = plx_erase_datasets(store);
    g_auto(GStrv) audiences = plx_erase_audiences(store);
    for (char **audience = audiences; *audience; audience++) {
        g_autofree char *person = plx_forms_person(store, *audience, respondent);
        for (char **dataset = datasets; *dataset; dataset++) {
            const guint64 both[] = {plx_key_of_respondent(*dataset, *audience, respondent),
                                    plx_key_of_respondent(*dataset, *audience, person)};
            g_array_append_vals(keys, both, G_N_ELEMENTS(both));
        }
    }
    return keys;
}

/* Takes back that somebody agreed to be known again from form to form. */
static gboolean leave_panels(plx_store *store, const char *reference, gboolean *left,
                             GError **error)
{
    const plx_map *const map = plx_store_map(store);
    *left = FALSE;
    for (guint a = 0; a < map->n_audiences; a++) {
        gboolean was = FALSE;
        g_autofree char *person = plx_forms_person(store, map->audiences[a].id, reference);
        if (!plx_forms_withdraw(store, person, &was, error))
            return FALSE;
        *left = *left || was;
    }
    return !*left || plx_forms_forget(store, error);
}

/* Why nothing was found, where there is a reason. */
static char *anonymous_audiences(const plx_map *map)
{
    GString *const names = g_string_new(NULL);
    for (guint a = 0; a < map->n_audiences; a++)
        if (map->audiences[a].identity == PLX_IDENTITY_ANONYMOUS)
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", map->audiences[a].id);
    return g_string_free(names, FALSE);
}

/* Beside answers: of secret shoppers (docs/visits.md). */
struct erased {
    gboolean shopper;
    guint64 reports;
};

static void write_copy(plx_json *json, gconstpointer entry)
{
    const struct plx_copy *const copy = entry;
    plx_json_string(json, "path", copy->path);
    plx_json_string(json, "made", copy->made);
    plx_json_boolean(json, "there", copy->there);
}

static void append_json(GString *out, const struct plx_erase_receipt *receipt,
                        const struct erased *erased, gboolean dry_run)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.erasure/1");
    plx_json_boolean(json, "dry_run", dry_run);
    plx_json_string(json, "time", receipt->time);
    plx_json_integer(json, "observations", (gint64)receipt->observations);
    plx_json_integer(json, "encounters", (gint64)receipt->encounters);
    plx_json_boolean(json, "shopper", erased->shopper);
    plx_json_integer(json, "reports_of_visits", (gint64)erased->reports);
    plx_cmd_json_objects(json, "copies_not_reached", receipt->copies, write_copy);
    plx_json_end_object(json);
}

static void append_text(GString *out, const char *path, const struct plx_erase_receipt *receipt,
                        const struct erased *erased, gboolean dry_run)
{
    g_autofree char *rows = plx_cmd_count(receipt->observations, "observation", "observations");
    g_autofree char *encounters = plx_cmd_count(receipt->encounters, "encounter", "encounters");
    if (dry_run)
        g_string_append_printf(out,
                               "%s: %s of %s would be erased, with their notes; nothing was "
                               "changed\n",
                               path, rows, encounters);
    else
        g_string_append_printf(out, "%s, %s: %s of %s erased, with their notes\n", path,
                               receipt->time, rows, encounters);
    if (erased->shopper) {
        g_autofree char *reports =
            plx_cmd_count(erased->reports, "report of a visit", "reports of visits");
        g_string_append_printf(out,
                               "A shopper of this name%s: the name, and %s with pictures; links "
                               "to visits %s void\n",
                               dry_run ? " would be forgotten" : " is forgotten", reports,
                               dry_run ? "would be" : "are");
    }
    for (guint i = 0; i < receipt->copies->len; i++) {
        const struct plx_copy *const copy = receipt->copies->pdata[i];
        g_string_append_printf(out, "%s  %s",
                               i > 0     ? ""
                               : dry_run ? "Copies that this does not reach:\n"
                                         : "Copies that this could not reach:\n",
                               copy->path);
        if (copy->made)
            g_string_append_printf(out, ", made %s", copy->made);
        g_string_append(out, copy->there ? "\n" : ", no longer there: if it was moved, find it\n");
    }
    g_string_append(
        out,
        "Files that were imported or exported are not part of the workspace: erase there, too, or "
        "taking one in again brings this back.\n");
}

/* 16 digits to the base of 16, as SQL and exports have it. */
static gboolean looks_like_a_hash(const char *who)
{
    return strlen(who) == 16 && strspn(who, "0123456789abcdef") == 16;
}

static gboolean not_found(const char *path, const char *who, const plx_map *map, GError **error)
{
    g_autofree char *anonymous = anonymous_audiences(map);
    g_autoptr(GString) why = g_string_new(NULL);
    if (looks_like_a_hash(who))
        g_string_append(why, "; it looks like the hash that 'sql' and 'export' show, and what is "
                             "asked for is the key that the files had");
    if (*anonymous)
        g_string_append_printf(why,
                               "; who answered as %s cannot be found, because no keys of theirs "
                               "were kept",
                               anonymous);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "%s: nobody here has the key \"%s\"%s", path, who,
                     why->str);
}

static gboolean try_shopper(plx_store *store, const char *who, guint64 *reports, GError **error)
{
    struct plx_visit_desk desk;
    if (!plx_visit_desk_open(&desk, store, error))
        return FALSE;
    const gboolean ok = plx_visit_desk_try_erase(&desk, who, reports, error);
    plx_visit_desk_clear(&desk);
    return ok;
}

/* A shopper may have told nothing that was accepted. */
static gboolean erase_shopper(const plx_invocation *invocation, plx_store *store, gboolean dry_run,
                              struct erased *erased, GError **error)
{
    const char *const who = plx_invocation_string(invocation, PLX_OPTION_RESPONDENT);
    struct plx_visit_leaving leaving = {who, "erase", g_get_real_time() / G_USEC_PER_SEC};
    g_autoptr(GError) cause = NULL;
    plx_cmd_author(invocation, &leaving.author, NULL);
    if (!dry_run) /* another transaction than that of answers, with an entry of its own */
        plx_cmd_workspace_about(store, invocation, "a shopper");
    erased->shopper = dry_run ? try_shopper(store, who, &erased->reports, &cause)
                              : plx_visit_desk_erase(store, &leaving, &erased->reports, &cause);
    if (erased->shopper || g_error_matches(cause, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

/* Nothing but a shopper was found. */
static gboolean only_shopper(plx_store *store, struct plx_erase_receipt *receipt, GError **error)
{
    GPtrArray *const copies = plx_copies_list(plx_store_db(store), error);
    if (!copies)
        return FALSE;
    *receipt = (struct plx_erase_receipt){
        .time = plx_cmd_second(g_get_real_time() / G_USEC_PER_SEC), .copies = copies};
    return TRUE;
}

static gboolean erase(plx_app *app, const plx_invocation *invocation, plx_store *store,
                      GError **error)
{
    const char *const path = plx_invocation_argument(invocation, 0);
    const char *const who = plx_invocation_string(invocation, PLX_OPTION_RESPONDENT);
    const gboolean dry_run = plx_invocation_has(invocation, PLX_OPTION_DRY_RUN);
    gboolean left = FALSE;
    struct plx_erase_receipt receipt;
    struct erased erased = {0};
    g_autoptr(GError) cause = NULL;
    g_autoptr(GArray) keys = keys_of(store, who);
    if (!erase_shopper(invocation, store, dry_run, &erased, error))
        return FALSE;
    plx_cmd_workspace_about(store, invocation, "a member of a panel");
    if (!dry_run && !leave_panels(store, who, &left, error))
        return FALSE;
    plx_cmd_workspace_about(store, invocation, "");
    if (left)
        plx_app_note(app, "\"%s\" is no member of a panel any more", who);
    if (!plx_erase_respondent(store, (const guint64 *)(gpointer)keys->data, keys->len, dry_run,
                              &receipt, &cause)) {
        if (!g_error_matches(cause, PLX_ERROR, PLX_ERROR_NOT_FOUND)) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return FALSE;
        }
        if (!erased.shopper)
            return left || not_found(path, who, plx_store_map(store), error);
        if (!only_shopper(store, &receipt, error))
            return FALSE;
    }
    if (plx_cmd_is_json(invocation))
        append_json(plx_app_out(app), &receipt, &erased, dry_run);
    else
        append_text(plx_app_out(app), path, &receipt, &erased, dry_run);
    plx_erase_receipt_clear(&receipt);
    return TRUE;
}

static gboolean run_erase(plx_app *app, const plx_invocation *invocation, GError **error)
{
    if (!plx_invocation_string(invocation, PLX_OPTION_RESPONDENT))
        return plx_error(error, PLX_ERROR_USAGE, "erase needs --respondent KEY");
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error);
    return store && erase(app, invocation, store, error);
}

/* A slip of the pen would forget everybody. Somewhere it is tomorrow already. */
static gboolean check_past(const char *text, gint32 day, GError **error)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    gint year, month, of_month;
    g_date_time_get_ymd(now, &year, &month, &of_month);
    return day <= plx_date_days(year, month, of_month) + 1 ||
           plx_error(error, PLX_ERROR_USAGE,
                     "--before %s: that day is still to come, and all there is would become "
                     "anonymous; nothing was changed",
                     text);
}

static gboolean fade_visits(plx_store *store, gint32 day, gboolean dry_run, guint64 *reports,
                            GError **error)
{
    struct plx_visit_desk desk;
    if (!plx_visit_desk_open(&desk, store, error))
        return FALSE;
    const gboolean ok = plx_visit_desk_fade(&desk, day, dry_run, reports, error);
    plx_visit_desk_clear(&desk);
    return ok;
}

static gboolean run_anonymise(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const text = plx_invocation_string(invocation, PLX_OPTION_BEFORE);
    const gboolean dry_run = plx_invocation_has(invocation, PLX_OPTION_DRY_RUN);
    struct plx_time time;
    guint64 n, reports;
    if (!text || !plx_time_parse(text, strlen(text), &time))
        return plx_error(error, PLX_ERROR_USAGE, "anonymise needs --before DATE, like 2026-01-31");
    if (!check_past(text, time.day, error))
        return FALSE;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error);
    g_autofree char *visits = g_strdup_printf("visits before %s", text);
    if (store)
        plx_cmd_workspace_about(store, invocation, visits);
    if (!store || !fade_visits(store, time.day, dry_run, &reports, error))
        return FALSE;
    plx_cmd_workspace_about(store, invocation, "");
    if (!plx_erase_traces(store, time.day, dry_run, &n, error))
        return FALSE;
    g_autofree char *count = plx_cmd_count(n, "observation", "observations");
    g_string_append_printf(plx_app_out(app),
                           dry_run  ? "%s: %s before %s would be anonymous; nothing was changed\n"
                           : n == 1 ? "%s: %s before %s is anonymous now\n"
                                    : "%s: %s before %s are anonymous now\n",
                           plx_invocation_argument(invocation, 0), count, text);
    if (reports > 0) {
        g_autofree char *told = plx_cmd_count(reports, "report of a visit", "reports of visits");
        g_string_append_printf(plx_app_out(app), "%s, with pictures and who made it, %s\n", told,
                               dry_run ? "would be forgotten" : "forgotten");
    }
    return TRUE;
}

static const enum plx_option_id erase_options[] = {PLX_OPTION_RESPONDENT, PLX_OPTION_DRY_RUN,
                                                   PLX_OPTION_OUTPUT, PLX_OPTION_STEP_BY,
                                                   PLX_OPTION_END};
static const enum plx_option_id anonymise_options[] = {PLX_OPTION_BEFORE, PLX_OPTION_DRY_RUN,
                                                       PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const struct plx_example erase_examples[] = {
    {"erase shop.plx --respondent r0017 --dry-run", "how much that would be"},
    {"erase shop.plx --respondent r0017 -o receipt.txt", "everything this person said"},
    {0},
};
static const struct plx_example anonymise_examples[] = {
    {"anonymise shop.plx --before 2025-01-01 --dry-run", "how much that would be"},
    {"anonymise shop.plx --before 2025-01-01", "keep the answers, forget the people"},
    {0},
};

const struct plx_command plx_commands_erase[] = {
    {.name = "erase",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Erase everything one respondent said",
     .details =
         "Answers, notes, counts and the index of words are written anew without them, and the "
         "space is overwritten. The receipt names copies that were out of reach. Keys are looked "
         "for in every data set and audience.",
     .options = erase_options,
     .formats = "text json",
     .examples = erase_examples,
     .audit = PLX_AUDIT_CHANGE,
     .run = run_erase},
    {.name = "anonymise",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Forget who said what before a day",
     .details =
         "Answers stay; who gave them, the time of day and what links encounters of one "
         "person go. Answers without a time stay as they are. Of visits that are done with and "
         "may have been before the day it forgets who made them, reports and pictures.",
     .options = anonymise_options,
     .examples = anonymise_examples,
     .audit = PLX_AUDIT_CHANGE,
     .run = run_anonymise},
    {0},
};
