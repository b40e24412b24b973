/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked for, checked, and acts as text. */
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "form/settings.h"
#include "form/visit.h"

#include <string.h>

#define PLACE_BYTES_MAX 255

/* Acts as text ------------------------------------------------------------------------------- */

/* Texts by key up to NULL; those that are NULL are left out. */
static char *object(const char *key, ...) G_GNUC_NULL_TERMINATED;
static char *object(const char *key, ...)
{
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    va_list arguments;
    va_start(arguments, key);
    plx_json_begin_object(json, NULL);
    for (; key; key = va_arg(arguments, const char *)) {
        const char *const value = va_arg(arguments, const char *);
        if (value)
            plx_json_string(json, key, value);
    }
    plx_json_end_object(json);
    va_end(arguments);
    return g_string_free(out, FALSE);
}

char *plx_visit_plan_text(const struct plx_visit_plan *plan)
{
    char from[PLX_DATE_SIZE], until[PLX_DATE_SIZE];
    return object("journey", plan->journey, "place", plan->place, "from",
                  plx_date_format(plan->from, from), "until", plx_date_format(plan->until, until),
                  "note", plan->note, "language", plan->language, NULL);
}

char *plx_visit_walk_text(const struct plx_visit_plan *plan, const char *hash)
{
    char until[PLX_DATE_SIZE];
    return object("title", plan->journey, "until",
                  plan->until == PLX_VISIT_NO_DAY ? NULL : plx_date_format(plan->until, until),
                  "hash", hash, NULL);
}

char *plx_visit_assign_text(gint64 shopper, const char *hash)
{
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_integer(json, "shopper", shopper);
    plx_json_string(json, "hash", hash);
    plx_json_end_object(json);
    return g_string_free(out, FALSE);
}

/* What is not so is not said. */
char *plx_visit_send_text(const char *report, gboolean outside)
{
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "report", report);
    if (outside)
        plx_json_boolean(json, "outside", TRUE);
    plx_json_end_object(json);
    return g_string_free(out, FALSE);
}

char *plx_visit_close_text(void)
{
    return object(NULL, NULL);
}

char *plx_visit_review_text(enum plx_visit_state state, const char *words)
{
    return object("review", plx_visit_state_name(state), "words", words, NULL);
}

/* Asking ------------------------------------------------------------------------------------- */

gboolean plx_visit_check_words(const char *option, const char *words, GError **error)
{
    g_autofree char *trimmed = g_strstrip(g_strdup(words));
    const glong length = g_utf8_validate(words, -1, NULL) ? g_utf8_strlen(words, -1) : -1;
    if (length < 0)
        return plx_error(error, PLX_ERROR_USAGE, "--%s: the words are not UTF-8", option);
    if (!*trimmed)
        return plx_error(error, PLX_ERROR_USAGE, "--%s: the words are missing", option);
    if (length > PLX_VISIT_NOTE_MAX)
        return plx_error(error, PLX_ERROR_USAGE, "--%s: %ld characters, at most %d are taken",
                         option, length, PLX_VISIT_NOTE_MAX);
    for (const char *at = words; *at; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (g_unichar_iscntrl(c) && c != '\n' && c != '\t')
            return plx_error(error, PLX_ERROR_USAGE, "--%s: the words have control characters",
                             option);
    }
    return TRUE;
}

static gboolean read_day(const char *option, const char *text, gint32 *day, GError **error)
{
    return plx_day_parse(text, day) ||
           plx_error(error, PLX_ERROR_USAGE, "--%s \"%s\": expected a day like 2026-01-31", option,
                     text);
}

static gboolean check_shoppers(const plx_map *map, GError **error)
{
    const gint audience = plx_map_find_audience(map, "shopper");
    return audience < 0 || map->audiences[audience].identity != PLX_IDENTITY_ANONYMOUS ||
           plx_error(error, PLX_ERROR_USAGE,
                     "shoppers are anonymous on this map, but a visit is always known by who made "
                     "it: give the audience shopper identity: visit");
}

gboolean plx_visit_plan_ask(const plx_map *map, const struct plx_visit_ask *ask,
                            struct plx_visit_plan *plan, GError **error)
{
    gint journey = -1;
    gint32 from, until;
    if (!ask->journey || !ask->place || !ask->from || !ask->until)
        return plx_error(error, PLX_ERROR_USAGE,
                         "a visit needs --journey, --place, --from and --until");
    if (!check_shoppers(map, error) || !plx_form_find_journey(map, ask->journey, &journey, error) ||
        !plx_visit_check_words("place", ask->place, error) ||
        !read_day("from", ask->from, &from, error) ||
        !read_day("until", ask->until, &until, error) ||
        (ask->note && !plx_visit_check_words("note", ask->note, error)))
        return FALSE;
    if (strlen(ask->place) > PLACE_BYTES_MAX)
        return plx_error(error, PLX_ERROR_USAGE, "--place: at most %d bytes are taken",
                         PLACE_BYTES_MAX);
    if (until < from)
        return plx_error(error, PLX_ERROR_USAGE, "--until %s is before --from %s", ask->until,
                         ask->from);
    *plan = (struct plx_visit_plan){g_strdup(map->journeys[journey].id),
                                    g_strdup(ask->place),
                                    from,
                                    until,
                                    g_strdup(ask->note),
                                    g_strdup(ask->language)};
    return TRUE;
}

gboolean plx_visit_walk_ask(const struct plx_visit_ask *ask, struct plx_visit_plan *plan,
                            GError **error)
{
    gint32 until = PLX_VISIT_NO_DAY;
    if (!ask->journey)
        return plx_error(error, PLX_ERROR_USAGE, "say what is walked through: --journey TITLE");
    if (!plx_visit_check_words("journey", ask->journey, error) ||
        (ask->until && !read_day("until", ask->until, &until, error)))
        return FALSE;
    *plan = (struct plx_visit_plan){
        .journey = g_strdup(ask->journey), .from = PLX_VISIT_NO_DAY, .until = until};
    return TRUE;
}
