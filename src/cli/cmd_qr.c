/* SPDX-License-Identifier: GPL-3.0-or-later */
/* qr: sheets of QR codes for links (docs/qr.md). */
#include "base/error.h"
#include "chart/qr.h"
#include "cli/cmd_link.h"
#include "cli/cmd_workshop.h"
#include "report/qr_sheet.h"
#include "serve/texts.h"

#include <string.h>

/* The cards as they gather. */
struct cards {
    const plx_map *map;
    const char *base;
    gint32 day;
    gboolean transactions; /* a card for each */
    GArray *list;          /* struct plx_qr_card */
    GPtrArray *urls;       /* which they borrow, */
    GPtrArray *opens;      /* and these */
};

/* Which links ---------------------------------------------------------------------------------- */

static gboolean check_link(const struct plx_link *link, gint32 day, GError **error)
{
    const enum plx_link_state state = plx_link_state(link, day);
    if (!link->token)
        return plx_error(error, PLX_ERROR_USAGE,
                         "link %" G_GINT64_FORMAT ": its addresses are for one form each, and the "
                         "workspace does not keep them: use the file that 'link create' wrote",
                         link->id);
    return state == PLX_LINK_OPEN || state == PLX_LINK_EARLY ||
           plx_error(error, PLX_ERROR_USAGE,
                     "link %" G_GINT64_FORMAT " takes no more answers (%s): nothing to print",
                     link->id, plx_link_state_name(state));
}

/* Those of --links, in that order. */
static GPtrArray *named_links(plx_store *store, const char *const *numbers, gint32 day,
                              GError **error)
{
    g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func((GDestroyNotify)plx_link_free);
    for (guint i = 0; numbers[i]; i++) {
        gint64 id;
        if (!g_ascii_string_to_signed(numbers[i], 10, 1, G_MAXINT64, &id, NULL)) {
            plx_error(error, PLX_ERROR_USAGE,
                      "--links \"%s\": expected numbers of links ('link list')", numbers[i]);
            return NULL;
        }
        struct plx_link *const link = plx_links_get(store, id, error);
        if (!link)
            return NULL;
        g_ptr_array_add(links, link);
        if (!check_link(link, day, error))
            return NULL;
    }
    return g_steal_pointer(&links);
}

static gboolean is_for_phones(const struct plx_link *link, gint32 day)
{
    return link->kind != PLX_LINK_KIOSK && check_link(link, day, NULL);
}

static gboolean is_of_the_served(const plx_map *map, const struct plx_link *link)
{
    const gint a = plx_map_find_audience(map, link->audience);
    return a >= 0 && map->audiences[a].served;
}

/* All that can be printed, by number; kiosks, which are opened on a device, and links of leaders
 * and staff, which do not belong on a wall, only when named. `left`: how many of the latter. */
static GPtrArray *open_links(plx_store *store, gint32 day, guint *left, GError **error)
{
    g_autoptr(GPtrArray) links = plx_links_read(store, error);
    if (!links)
        return NULL;
    for (guint i = links->len; i-- > 0;)
        if (!is_for_phones(links->pdata[i], day)) {
            g_ptr_array_remove_index(links, i);
        } else if (!is_of_the_served(plx_store_map(store), links->pdata[i])) {
            g_ptr_array_remove_index(links, i);
            ++*left;
        }
    if (links->len == 0) {
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  *left > 0
                      ? "there is no open link of those who are served: name others by --links"
                      : "there is no open link that can be printed: make one ('link create')");
        return NULL;
    }
    return g_steal_pointer(&links);
}

/* Cards ---------------------------------------------------------------------------------------- */

/* From when on it is open, where that lies ahead; or NULL. */
static const char *opens_text(struct cards *cards, const struct plx_link *link,
                              const char *language)
{
    if (plx_link_state(link, cards->day) != PLX_LINK_EARLY)
        return NULL;
    g_autofree char *day = plx_texts_day(language, link->opens);
    char *const text = plx_texts_fill(language, "qr.opens", day, NULL);
    g_ptr_array_add(cards->opens, text);
    return text;
}

static void add_card(struct cards *cards, const struct plx_link *link, const char *language,
                     const char *about)
{
    const gint audience = plx_map_find_audience(cards->map, link->audience);
    const gboolean hidden = link->identity == PLX_IDENTITY_ANONYMOUS &&
                            (audience < 0 || !cards->map->audiences[audience].named);
    const struct plx_qr_card card = {
        .language = language,
        .direction = plx_texts_direction(language),
        .title = cards->map->title ? plx_map_text(cards->map, cards->map->title, language) : NULL,
        .number = link->id,
        .question = plx_texts(language, "qr.title"),
        .place = link->place,
        .about = about ? plx_map_text(cards->map, about, language) : NULL,
        .how = plx_texts(language, "qr.scan"),
        .opens = opens_text(cards, link, language),
        .privacy = hidden ? plx_texts(language, "qr.anonymous") : NULL,
        .url = cards->urls->pdata[cards->urls->len - 1]};
    g_array_append_val(cards->list, card);
}

static void add_transactions(struct cards *cards, const struct plx_link *link, const char *language,
                             const struct plx_journey *journey)
{
    for (guint i = 0; i < journey->n_transactions; i++)
        add_card(cards, link, language, journey->transactions[i].title);
}

/* In the language of the form, the first of several; of one that is the reader's choice that of the
 * map, if it is ours. */
static const char *choose_language(const plx_map *map, const struct plx_form_settings *settings)
{
    g_auto(GStrv) listed = g_strsplit(settings->languages, ",", 2);
    return plx_texts_choose(*settings->language ? settings->language
                            : *listed           ? *listed
                                                : map->language,
                            plx_texts_languages());
}

/* The journey that it is about; of any of several nothing can be said. */
static const char *about_of(const plx_map *map, const struct plx_form_settings *settings)
{
    const gint journey = settings->journey < 0 && map->n_journeys == 1 ? 0 : settings->journey;
    return journey < 0 ? NULL : map->journeys[journey].title;
}

static gboolean add_link(struct cards *cards, const struct plx_link *link, GError **error)
{
    g_autofree char *url = plx_link_address(link, link->token, cards->base);
    g_autofree char *name = g_strdup_printf("link %" G_GINT64_FORMAT, link->id);
    struct plx_form_settings settings;
    if (strlen(url) > PLX_QR_TEXT_MAX)
        return plx_error(error, PLX_ERROR_USAGE,
                         "%s: an address of %zu bytes is too long for a code that phones can read "
                         "(%d): give a shorter --base-url",
                         name, strlen(url), PLX_QR_TEXT_MAX);
    if (!plx_form_settings_read(cards->map, link->settings, name, &settings, error))
        return FALSE;
    const char *const language = choose_language(cards->map, &settings);
    g_ptr_array_add(cards->urls, g_steal_pointer(&url));
    if (!cards->transactions) {
        add_card(cards, link, language, about_of(cards->map, &settings));
        return TRUE;
    }
    for (guint j = 0; j < cards->map->n_journeys; j++)
        if (settings.journey < 0 || (guint)settings.journey == j)
            add_transactions(cards, link, language, &cards->map->journeys[j]);
    return TRUE;
}

static gboolean add_links(struct cards *cards, const GPtrArray *links, GError **error)
{
    for (guint i = 0; i < links->len; i++)
        if (!add_link(cards, links->pdata[i], error))
            return FALSE;
    return TRUE;
}

/* The command ---------------------------------------------------------------------------------- */

static GString *make_sheet(plx_app *app, const plx_invocation *invocation, plx_store *store,
                           const char *base, gint32 day, GError **error)
{
    guint left = 0;
    const char *const *const numbers = plx_invocation_list(invocation, PLX_OPTION_LINKS);
    const char *const sheet = plx_invocation_string(invocation, PLX_OPTION_SHEET);
    g_autoptr(GPtrArray) links =
        numbers[0] ? named_links(store, numbers, day, error) : open_links(store, day, &left, error);
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(struct plx_qr_card));
    g_autoptr(GPtrArray) urls = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) opens = g_ptr_array_new_with_free_func(g_free);
    struct cards cards = {.map = plx_store_map(store),
                          .day = day,
                          .base = base,
                          .transactions = plx_invocation_has(invocation, PLX_OPTION_TRANSACTIONS),
                          .list = list,
                          .urls = urls,
                          .opens = opens};
    if (!links || !add_links(&cards, links, error))
        return NULL;
    if (left > 0)
        plx_app_note(app,
                     "%u %s of audiences that are not served %s left out: name them by --links",
                     left, left == 1 ? "link" : "links", left == 1 ? "is" : "are");
    const char *const title = cards.map->title ? cards.map->title : "QR codes";
    return plx_qr_sheet(title, g_strcmp0(sheet, "Letter") == 0 ? PLX_PAPER_LETTER : PLX_PAPER_A4,
                        (const struct plx_qr_card *)(gconstpointer)list->data, list->len);
}

static gboolean run_qr(plx_app *app, const plx_invocation *invocation, GError **error)
{
    gint32 day;
    g_autofree char *base = NULL;
    if (!plx_cmd_workshop_page_name(invocation, error) ||
        !plx_cmd_base_url(invocation, &base, error) || !plx_cmd_day(invocation, &day, error))
        return FALSE;
    if (!base)
        return plx_error(error, PLX_ERROR_USAGE,
                         "a code needs the whole address that phones go to: --base-url "
                         "https://ask.example.org");
    plx_store *const store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    if (!store)
        return FALSE;
    GString *const page = make_sheet(app, invocation, store, base, day, error);
    plx_store_free(store);
    if (!page)
        return FALSE;
    g_string_append_len(plx_app_out(app), page->str, (gssize)page->len);
    g_string_free(page, TRUE);
    return TRUE;
}

static const enum plx_option_id options[] = {
    PLX_OPTION_BASE_URL, PLX_OPTION_SHEET,  PLX_OPTION_LINKS, PLX_OPTION_TRANSACTIONS,
    PLX_OPTION_AT,       PLX_OPTION_OUTPUT, PLX_OPTION_END};
static const struct plx_option_help help[] = {
    {PLX_OPTION_AT, "The day on which links must not be past (default: today, UTC)"},
    {0},
};
static const struct plx_example examples[] = {
    {"qr shop.plx --base-url https://ask.example.org -o codes.html", "a card for each open link"},
    {"qr shop.plx --base-url https://shop.org --links 2,3 --sheet Letter",
     "of two links, on American paper"},
    {0},
};

const struct plx_command plx_commands_qr[] = {
    {.name = "qr",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Print QR codes of links, six on a sheet",
     .details =
         "A page to print and cut: a card for each place's link, with what is asked, the place, "
         "the code, and its address to be typed. --transactions makes one for each transaction of "
         "the link's journey, to hang where it happens; they lead to the same form.\n\n"
         "Without --links these are the open links of those who are served; links of leaders and "
         "staff are printed when they are named.\n\n"
         "Addresses for one form each (link create --single) are not kept and cannot be printed.",
     .options = options,
     .option_help = help,
     .examples = examples,
     .run = run_qr},
    {0},
};
