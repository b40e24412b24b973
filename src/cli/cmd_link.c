/* SPDX-License-Identifier: GPL-3.0-or-later */
/* link: addresses of forms (docs/forms.md). */
#include "cli/cmd_link.h"

#include "base/error.h"

#include <string.h>

/* What every command but create begins with. */
struct desk {
    plx_store *store;
    struct plx_link_view view;
    char *base;
};

static gboolean desk_open(plx_app *app, const plx_invocation *invocation, enum plx_store_mode mode,
                          struct desk *desk, GError **error)
{
    gint32 day;
    if (!plx_cmd_base_url(invocation, &desk->base, error) || !plx_cmd_day(invocation, &day, error))
        return FALSE;
    desk->store = plx_cmd_workspace_open(app, invocation, mode, error);
    if (!desk->store)
        return FALSE;
    desk->view = (struct plx_link_view){plx_store_map(desk->store), desk->base, day};
    return TRUE;
}

static void desk_close(struct desk *desk)
{
    plx_store_free(desk->store);
    g_free(desk->base);
}

static gboolean run_list(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct desk desk = {0};
    g_autoptr(GPtrArray) links = NULL;
    if (desk_open(app, invocation, PLX_STORE_READ, &desk, error))
        links = plx_links_read(desk.store, error);
    if (links)
        plx_links_tell(&desk.view, links, plx_invocation_string(invocation, PLX_OPTION_FORMAT),
                       app);
    const gboolean ok = links != NULL;
    desk_close(&desk);
    return ok;
}

static gboolean link_number(const plx_invocation *invocation, gint64 *id, GError **error)
{
    const char *const text = plx_invocation_argument(invocation, 1);
    return g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, id, NULL) ||
           plx_error(error, PLX_ERROR_USAGE, "\"%s\": expected the number of a link ('link list')",
                     text);
}

/* Shows it; with `close` closes it first. */
static gboolean show(plx_app *app, const plx_invocation *invocation, gboolean close, GError **error)
{
    gint64 id;
    struct desk desk = {0};
    g_autoptr(plx_link) link = NULL;
    g_autofree char *actor = plx_cmd_shell(invocation);
    if (!link_number(invocation, &id, error))
        return FALSE;
    if (desk_open(app, invocation, close ? PLX_STORE_WRITE : PLX_STORE_READ, &desk, error) &&
        (!close || plx_links_close(desk.store, actor, id, error)))
        link = plx_links_get(desk.store, id, error);
    if (link)
        plx_link_tell(&desk.view, link, plx_invocation_string(invocation, PLX_OPTION_FORMAT), app);
    desk_close(&desk);
    return link != NULL;
}

static gboolean run_show(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return show(app, invocation, FALSE, error);
}

static gboolean run_close(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return show(app, invocation, TRUE, error);
}

/* What they are called ----------------------------------------------------------------------- */

static const enum plx_option_id create_options[] = {
    PLX_OPTION_AUDIENCE, PLX_OPTION_JOURNEY,  PLX_OPTION_MEASURES, PLX_OPTION_QUESTIONS,
    PLX_OPTION_POINTS,   PLX_OPTION_LANGUAGE, PLX_OPTION_IDENTITY, PLX_OPTION_OPENS,
    PLX_OPTION_CLOSES,   PLX_OPTION_QUOTA,    PLX_OPTION_SINGLE,   PLX_OPTION_PLACE,
    PLX_OPTION_PLACES,   PLX_OPTION_KIOSK,    PLX_OPTION_CHANNEL,  PLX_OPTION_BASE_URL,
    PLX_OPTION_ONLY,     PLX_OPTION_OUTPUT,   PLX_OPTION_STEP_BY,  PLX_OPTION_END};
static const enum plx_option_id one_each[] = {PLX_OPTION_AUDIENCE, PLX_OPTION_END};
static const enum plx_option_id tell_options[] = {PLX_OPTION_BASE_URL, PLX_OPTION_AT,
                                                  PLX_OPTION_OUTPUT, PLX_OPTION_END};
static const enum plx_option_id close_options[] = {
    PLX_OPTION_BASE_URL, PLX_OPTION_AT, PLX_OPTION_OUTPUT, PLX_OPTION_STEP_BY, PLX_OPTION_END};

static const struct plx_option_help create_help[] = {
    {PLX_OPTION_AUDIENCE, "Who is asked: customer, leader, staff, ... (default: who is served)"},
    {PLX_OPTION_JOURNEY, "About this journey, by id or title (default: one of all, by lot)"},
    {PLX_OPTION_LANGUAGE,
     "The language of the form, or those it is offered in, the first by default (else all)"},
    {PLX_OPTION_PLACES,
     "A link for each of these places (\"Oslo, centre\" in quotes), or of a file with one a line"},
    {0},
};
static const struct plx_option_help tell_help[] = {
    {PLX_OPTION_AT, "The day that states are of (default: today, UTC)"},
    {0},
};
static const struct plx_example create_examples[] = {
    {"link create shop.plx --base-url https://ask.example.org", "customers, one address for all"},
    {"link create shop.plx --audience leader --journey order", "what leaders believe"},
    {"link create shop.plx --places Lyon,Nice --format json", "an address for each place"},
    {"link create shop.plx --only doorstep,parcel", "about two moments, and no other"},
    {"link create shop.plx --single 200 -o addresses.csv", "200 addresses for one form each"},
    {0},
};
static const struct plx_example list_examples[] = {
    {"link list shop.plx", "all links, and how many forms were completed"},
    {0},
};
static const struct plx_example show_examples[] = {{"link show shop.plx 1", "what it asks"}, {0}};
static const struct plx_example close_examples[] = {
    {"link close shop.plx 1", "nobody can answer by it any more"}, {0}};

const struct plx_command plx_commands_link[] = {
    {.name = "link",
     .summary = "Ask people: addresses of forms",
     .details =
         "A form is made from the map: a link says who is asked, about which journey, what, and "
         "until when. The form itself is shown by a server."},
    {.name = "link",
     .verb = "create",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Make an address that people can answer at",
     .details =
         "Customers are asked about a few points of one journey, each of them as often as the "
         "others, then about the whole of it; leaders and staff what they believe customers say "
         "about all of its points.\n\n"
         "--single makes addresses for one form each, --places one for each place, --kiosk one for "
         "a device. Answers are anonymous unless --identity says otherwise: then the address takes "
         "the reference of a booking (visit) or a member (panel) behind it: ?ref=…",
     .options = create_options,
     .option_help = create_help,
     .single = one_each,
     .languages = PLX_PAGE_LANGUAGES,
     .examples = create_examples,
     .formats = "table json csv",
     .run = plx_cmd_link_create},
    {.name = "link",
     .verb = "list",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "List them, with how many answered",
     .options = tell_options,
     .option_help = tell_help,
     .examples = list_examples,
     .formats = "table json csv",
     .run = run_list},
    {.name = "link",
     .verb = "show",
     .arguments = "WS LINK",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Show what one asks",
     .options = tell_options,
     .option_help = tell_help,
     .examples = show_examples,
     .formats = "table json",
     .run = run_show},
    {.name = "link",
     .verb = "close",
     .arguments = "WS LINK",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Let nobody answer by one any more",
     .details = "What was answered stays, and who is in the middle of a form may finish it. A "
                "closed link is "
                "not opened again: make another.",
     .options = close_options,
     .option_help = tell_help,
     .examples = close_examples,
     .formats = "table json",
     .run = run_close},
    {0},
};
