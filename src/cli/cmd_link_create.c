/* SPDX-License-Identifier: GPL-3.0-or-later */
/* link create: what is asked for, checked, and links made of it. */
#include "base/date.h"
#include "base/error.h"
#include "cli/cmd_link.h"
#include "cli/cmd_workspace.h"
#include "report/words.h"
#include "serve/texts.h"

#include <string.h>

#define PLACE_BYTES 255

gboolean plx_cmd_base_url(const plx_invocation *invocation, char **base, GError **error)
{
    const char *const text = plx_invocation_string(invocation, PLX_OPTION_BASE_URL);
    if (!text) {
        *base = NULL;
        return TRUE;
    }
    g_autoptr(GUri) uri = g_uri_parse(text, G_URI_FLAGS_NONE, NULL);
    const char *const scheme = uri ? g_uri_get_scheme(uri) : "";
    if (!uri || (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0) ||
        !g_uri_get_host(uri) || !*g_uri_get_host(uri) || g_uri_get_query(uri) ||
        g_uri_get_fragment(uri) || strpbrk(text, ",\"' \t"))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--base-url \"%s\": expected an address such as "
                         "https://ask.example.org",
                         text);
    char *const own = g_strdup(text);
    for (gsize n = strlen(own); n > 0 && own[n - 1] == '/'; n--)
        own[n - 1] = '\0';
    *base = own;
    return TRUE;
}

/* Places --------------------------------------------------------------------------------------- */

static gboolean add_place(GPtrArray *places, const char *text, GError **error)
{
    g_autofree char *place = g_strstrip(g_strdup(text));
    if (!*place)
        return TRUE;
    if (strlen(place) > PLACE_BYTES || !g_utf8_validate(place, -1, NULL))
        return plx_error(error, PLX_ERROR_USAGE,
                         "a place is a text (UTF-8) of at most %d bytes, not \"%.60s\"",
                         PLACE_BYTES, place);
    if (g_ptr_array_find_with_equal_func(places, place, g_str_equal, NULL))
        return plx_error(error, PLX_ERROR_USAGE, "the place \"%s\" is named twice", place);
    g_ptr_array_add(places, g_steal_pointer(&place));
    return TRUE;
}

/* What is written as a file is one: a list of one place called "places.txt" was never meant. */
static gboolean looks_like_file(const char *text)
{
    return g_str_has_suffix(text, ".txt") || g_str_has_suffix(text, ".csv") || strchr(text, '/');
}

static gboolean check_listed(const char *const *listed, GError **error)
{
    for (guint i = 0; listed[i]; i++)
        if (looks_like_file(listed[i]))
            return plx_error(error, PLX_ERROR_USAGE,
                             listed[1]
                                 ? "--places \"%s\": a file of places stands alone, one place "
                                   "a line"
                                 : "--places \"%s\": there is no such file (a place that is "
                                   "called so is given by --place, or in a file)",
                             listed[i]);
    return TRUE;
}

/* Is --places a file with a place a line? Not of who acts through a server: its files are not
 * theirs. */
static gboolean are_in_file(const plx_invocation *invocation, const char *const *listed)
{
    return !plx_invocation_actor(invocation) && listed[0] && !listed[1] &&
           g_file_test(listed[0], G_FILE_TEST_IS_REGULAR);
}

/* Of --places, a list or a file with one a line, or --place; empty: none is said. */
static GPtrArray *read_places(const plx_invocation *invocation, GError **error)
{
    const char *const *const listed = plx_invocation_list(invocation, PLX_OPTION_PLACES);
    const char *const one = plx_invocation_string(invocation, PLX_OPTION_PLACE);
    g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) lines = NULL;
    if (one && !add_place(places, one, error))
        return NULL;
    if (are_in_file(invocation, listed)) {
        g_autofree char *text = NULL;
        if (!plx_cmd_read_text(listed[0], &text, error))
            return NULL;
        lines = g_strsplit(text, "\n", -1);
    } else if (!check_listed(listed, error)) {
        return NULL;
    }
    const char *const *const texts = lines ? (const char *const *)lines : listed;
    for (guint i = 0; texts[i]; i++)
        if (!add_place(places, texts[i], error))
            return NULL;
    if (plx_invocation_has(invocation, PLX_OPTION_PLACES) && places->len == 0) {
        plx_error(error, PLX_ERROR_USAGE, "--places names no place");
        return NULL;
    }
    return g_steal_pointer(&places);
}

/* What is asked, of whom, when ----------------------------------------------------------------- */

/* The one word of an option that takes several elsewhere. */
static gboolean one_of(const plx_invocation *invocation, enum plx_option_id id, const char *name,
                       const char **word, GError **error)
{
    const char *const *const words = plx_invocation_list(invocation, id);
    *word = words[0];
    return !words[0] || !words[1] ||
           plx_error(error, PLX_ERROR_USAGE, "--%s takes one here: make a link for each", name);
}

/* "de,en", to be freed; NULL: none is said. */
static char *wished_languages(const plx_invocation *invocation)
{
    const char *const *const words = plx_invocation_list(invocation, PLX_OPTION_LANGUAGE);
    return words[0] ? g_strjoinv(",", (char **)(guintptr)words) : NULL;
}

/* A form in a language that nobody gave words for would be in another, without a remark. */
static gboolean check_one_language(const plx_map *map, const char *language, GError **error)
{
    const char *const *const built_in = plx_texts_languages();
    g_auto(GStrv) own = plx_map_languages(map);
    if (!*language || g_strv_contains(built_in, language) ||
        g_strv_contains((const char *const *)own, language))
        return TRUE;
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; built_in[i]; i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", built_in[i]);
    for (guint i = 0; own[i]; i++)
        if (!g_strv_contains(built_in, own[i]))
            g_string_append_printf(names, ", %s", own[i]);
    return plx_error(error, PLX_ERROR_USAGE, "--language %s: there are %s", language, names->str);
}

/* Readers choose from languages that pages can be in. */
static gboolean check_language(const plx_map *map, const struct plx_form_settings *settings,
                               GError **error)
{
    g_auto(GStrv) listed = g_strsplit(settings->languages, ",", -1);
    for (guint i = 0; listed[i]; i++) {
        if (!check_one_language(map, listed[i], error))
            return FALSE;
        if (!g_strv_contains(plx_texts_languages(), listed[i]))
            return plx_error(error, PLX_ERROR_USAGE,
                             "--language %s: only the map has %s; a form in it is one by itself",
                             settings->languages, listed[i]);
    }
    return check_one_language(map, settings->language, error);
}

static gboolean read_settings(const plx_map *map, const plx_invocation *invocation,
                              struct plx_form_settings *settings, GError **error)
{
    g_autofree char *language = wished_languages(invocation);
    struct plx_form_ask ask = {.language = language,
                               .journey = plx_invocation_string(invocation, PLX_OPTION_JOURNEY),
                               .measures = plx_invocation_string(invocation, PLX_OPTION_MEASURES),
                               .questions = plx_invocation_string(invocation, PLX_OPTION_QUESTIONS),
                               .points = plx_invocation_integer(invocation, PLX_OPTION_POINTS, 0),
                               .only = plx_invocation_string(invocation, PLX_OPTION_ONLY)};
    return one_of(invocation, PLX_OPTION_AUDIENCE, "audience", &ask.audience, error) &&
           plx_form_settings_ask(map, &ask, settings, error) &&
           check_language(map, settings, error);
}

static gboolean read_day(const plx_invocation *invocation, enum plx_option_id id, const char *name,
                         gint32 *day, GError **error)
{
    const char *const text = plx_invocation_string(invocation, id);
    *day = PLX_LINK_ALWAYS;
    return !text || plx_day_parse(text, day) ||
           plx_error(error, PLX_ERROR_USAGE, "--%s \"%s\": expected a day such as 2026-12-24", name,
                     text);
}

static gboolean read_days(const plx_invocation *invocation, struct plx_link *link, GError **error)
{
    if (!read_day(invocation, PLX_OPTION_OPENS, "opens", &link->opens, error) ||
        !read_day(invocation, PLX_OPTION_CLOSES, "closes", &link->closes, error))
        return FALSE;
    if (link->closes != PLX_LINK_ALWAYS && link->closes < link->created)
        return plx_error(error, PLX_ERROR_USAGE, "--closes %s is past: nobody could answer",
                         plx_invocation_string(invocation, PLX_OPTION_CLOSES));
    return link->opens == PLX_LINK_ALWAYS || link->closes == PLX_LINK_ALWAYS ||
           link->opens <= link->closes ||
           plx_error(error, PLX_ERROR_USAGE, "--closes is before --opens");
}

/* Anonymous, unless something else is asked for, which the map may forbid. */
static gboolean read_identity(const plx_invocation *invocation, const struct plx_audience *audience,
                              enum plx_identity *identity, GError **error)
{
    const char *const word = plx_invocation_string(invocation, PLX_OPTION_IDENTITY);
    *identity = PLX_IDENTITY_ANONYMOUS;
    while (word && strcmp(word, plx_identity_name((int)*identity)) != 0)
        ++*identity;
    return *identity == PLX_IDENTITY_ANONYMOUS || audience->identity != PLX_IDENTITY_ANONYMOUS ||
           plx_error(error, PLX_ERROR_USAGE,
                     "--identity %s: the map promises \"%s\" to stay anonymous", word,
                     audience->id);
}

static gboolean read_kind(const plx_invocation *invocation, guint places, enum plx_link_kind *kind,
                          GError **error)
{
    const gboolean single = plx_invocation_has(invocation, PLX_OPTION_SINGLE);
    const gboolean kiosk = plx_invocation_has(invocation, PLX_OPTION_KIOSK);
    if (single && (kiosk || places > 1))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--single makes addresses for one person each: not for %s",
                         kiosk ? "a kiosk" : "several places (make a link for each)");
    if (single && plx_invocation_has(invocation, PLX_OPTION_QUOTA))
        return plx_error(error, PLX_ERROR_USAGE, "--single has its quota: one form per address");
    if (plx_invocation_has(invocation, PLX_OPTION_PLACES) &&
        plx_invocation_has(invocation, PLX_OPTION_PLACE))
        return plx_error(error, PLX_ERROR_USAGE, "--place is one of --places: give one of them");
    *kind = single   ? PLX_LINK_SINGLE
            : kiosk  ? PLX_LINK_KIOSK
            : places ? PLX_LINK_PLACE
                     : PLX_LINK_CAMPAIGN;
    return TRUE;
}

/* Everything but places. Texts are borrowed but for settings. */
static gboolean read_link(const plx_map *map, const plx_invocation *invocation, guint places,
                          struct plx_form_settings *settings, struct plx_link *link, GError **error)
{
    const char *const channel = plx_invocation_string(invocation, PLX_OPTION_CHANNEL);
    if (!read_settings(map, invocation, settings, error) ||
        !read_kind(invocation, places, &link->kind, error) || !read_days(invocation, link, error) ||
        !read_identity(invocation, &map->audiences[settings->audience], &link->identity, error))
        return FALSE;
    if (channel && (!*channel || strlen(channel) > PLACE_BYTES))
        return plx_error(error, PLX_ERROR_USAGE, "--channel is a text of 1 to %d bytes",
                         PLACE_BYTES);
    link->audience = map->audiences[settings->audience].id;
    link->channel = (char *)(guintptr)channel;
    link->quota = plx_invocation_integer(
        invocation, link->kind == PLX_LINK_SINGLE ? PLX_OPTION_SINGLE : PLX_OPTION_QUOTA, 0);
    link->settings = plx_form_settings_text(map, settings);
    return TRUE;
}

/* Who is asked about all of a journey may think that it is of all journeys. */
static void tell_lot(plx_app *app, const plx_map *map, const struct plx_form_settings *settings)
{
    if (settings->all && settings->journey < 0 && map->n_journeys > 1)
        plx_app_note(app,
                     "each form asks about one of the map's %u journeys, drawn by lot; --journey "
                     "asks about one, a link each about all",
                     map->n_journeys);
}

/* Anonymous answers wait for each other: in a small office for ever. */
static void tell_waiting(plx_app *app, const struct plx_audience *audience,
                         enum plx_identity identity)
{
    const char *const people = plx_words_audience(audience->id, audience->title);
    const char *const visit = audience->identity == PLX_IDENTITY_ANONYMOUS
                                  ? ""
                                  : "; --identity visit takes answers in at once, but they are "
                                    "not shown before either";
    if (identity != PLX_IDENTITY_ANONYMOUS || audience->named)
        return;
    if (plx_cmd_never_enough(audience))
        plx_app_note(app,
                     "anonymous answers of %s wait until %u are there, and the map says that there "
                     "are %u: they would wait for ever. Where all of them agree to be shown, say "
                     "named: true in the map (audiences: %s)%s",
                     people, audience->minimum, (guint)audience->population, audience->id, visit);
    else if (audience->protected_ && audience->population == 0)
        plx_app_note(app,
                     "anonymous answers of %s wait until %u are there: where there are fewer of "
                     "them, they have to agree to be shown (named: true in the map)",
                     people, audience->minimum);
}

/* Making them ---------------------------------------------------------------------------------- */

static gboolean make(plx_app *app, const plx_invocation *invocation, plx_store *store,
                     const struct plx_link *like, const GPtrArray *places, const char *base,
                     GError **error)
{
    gint64 first;
    g_auto(GStrv) addresses = NULL;
    const guint n = MAX(1, places->len);
    g_autofree struct plx_link *links = g_new(struct plx_link, n);
    g_autofree const struct plx_link **told = g_new(const struct plx_link *, n);
    for (guint i = 0; i < n; i++) {
        links[i] = *like;
        links[i].place = places->len > 0 ? places->pdata[i] : NULL;
        told[i] = &links[i];
    }
    g_autofree char *actor = plx_cmd_shell(invocation);
    if (!plx_links_add(store, actor, links, n, &first, &addresses, error))
        return FALSE;
    for (guint i = 0; i < n; i++)
        links[i].id = first + i;
    const struct plx_link_view view = {plx_store_map(store), base, like->created};
    const char *const format = plx_invocation_string(invocation, PLX_OPTION_FORMAT);
    const gboolean list =
        like->kind == PLX_LINK_SINGLE && !plx_invocation_has(invocation, PLX_OPTION_FORMAT);
    plx_link_tell_made(&view, told, n, addresses, list ? "csv" : format, plx_app_out(app));
    if (like->kind == PLX_LINK_SINGLE)
        plx_app_note(app, "shown once: only hashes of them are kept");
    if (!base)
        plx_app_note(app, "these are paths: --base-url puts the server's address before them");
    return TRUE;
}

static void tell_about(plx_app *app, const plx_map *map, const struct plx_form_settings *settings,
                       enum plx_identity identity)
{
    if (!*settings->language)
        plx_cmd_warn_offered(app, map, settings);
    else
        plx_cmd_warn_silent(app, map, settings->journey, settings->language, "the form shows");
    tell_lot(app, map, settings);
    tell_waiting(app, &map->audiences[settings->audience], identity);
}

gboolean plx_cmd_link_create(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct plx_link like = {0};
    struct plx_form_settings settings;
    g_autofree char *base = NULL;
    if (!plx_cmd_base_url(invocation, &base, error) ||
        !plx_cmd_day(invocation, &like.created, error))
        return FALSE;
    g_autoptr(GPtrArray) places = read_places(invocation, error);
    g_autoptr(plx_store) store =
        places ? plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error) : NULL;
    const gboolean ok =
        store &&
        read_link(plx_store_map(store), invocation, places->len, &settings, &like, error) &&
        make(app, invocation, store, &like, places, base, error);
    if (ok)
        tell_about(app, plx_store_map(store), &settings, like.identity);
    g_free(like.settings);
    return ok;
}
