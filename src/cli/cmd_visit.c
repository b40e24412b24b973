/* SPDX-License-Identifier: GPL-3.0-or-later */
/* visit: secret shoppers' visits (docs/visits.md). */
#include "cli/cmd_visit.h"

#include "cli/cmd_step.h"
#include "form/settings.h"
#include "serve/texts.h"
#include "serve/visit_story.h"
#include "serve/visit_words.h"

gboolean plx_cmd_visits_look(plx_app *app, const plx_invocation *invocation,
                             plx_cmd_visit_look look, GError **error)
{
    struct plx_visit_desk desk;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    if (!store || !plx_visit_desk_open(&desk, store, error))
        return FALSE;
    const gboolean ok = look(app, invocation, &desk, error);
    plx_visit_desk_clear(&desk);
    return ok;
}

static void tell(plx_app *app, const plx_story *story)
{
    const struct plx_table_options options = plx_cmd_step_form(app);
    plx_story_text(story, &options, plx_app_out(app));
}

static gboolean list(plx_app *app, const plx_invocation *invocation,
                     const struct plx_visit_desk *desk, GError **error)
{
    const char *const point = plx_invocation_string(invocation, PLX_OPTION_POINT);
    struct plx_visits_ask ask = {.point = -1};
    if (!plx_cmd_day(invocation, &ask.day, error) ||
        !plx_cmd_visit_language(invocation, &ask.language, error) ||
        (point && !plx_form_find_point(plx_store_map(desk->store), point, &ask.point, error)))
        return FALSE;
    if (plx_cmd_is_json(invocation))
        return plx_visits_json(desk, &ask, plx_app_out(app), error);
    g_autoptr(plx_story) story = plx_visits_story(desk, &ask, error);
    if (!story)
        return FALSE;
    tell(app, story);
    return TRUE;
}

static gboolean run_list(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_visits_look(app, invocation, list, error);
}

/* One ---------------------------------------------------------------------------------------- */

static void write_page(plx_app *app, const plx_visit_brief *brief, const char *language)
{
    const struct plx_page_options options = {
        .version = PLX_VERSION, .language = language, .direction = plx_texts_direction(language)};
    g_autoptr(plx_story) story = plx_visit_brief_story(brief, language);
    g_autoptr(GString) page = plx_story_page(story, &options);
    g_string_append_len(plx_app_out(app), page->str, (gssize)page->len);
}

/* What was told; *report stays NULL where nothing was yet, or where it was erased. */
static gboolean read_report(const struct plx_visit_desk *desk, const plx_visit *visit,
                            plx_visit_report **report, GError **error)
{
    g_autoptr(GError) cause = NULL;
    *report = visit->report ? plx_visit_desk_report(desk, visit, NULL, &cause) : NULL;
    if (!cause || g_error_matches(cause, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static gboolean show(plx_app *app, const plx_invocation *invocation,
                     const struct plx_visit_desk *desk, GError **error)
{
    const plx_visit *const visit =
        plx_visit_find(desk->list, plx_invocation_argument(invocation, 1), FALSE, error);
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    const char *wished;
    g_autoptr(GError) cause = NULL;
    g_autoptr(plx_visit_brief) brief =
        visit ? plx_visit_brief_new(plx_store_map(desk->store), visit, error) : NULL;
    g_autoptr(plx_visit_report) report = NULL;
    if (!brief || !plx_cmd_visit_language(invocation, &wished, error) ||
        !read_report(desk, visit, &report, error))
        return FALSE;
    const char *const language =
        wished ? wished : plx_visit_language(visit, plx_store_map(desk->store), NULL);
    if (path && g_str_has_suffix(path, ".html")) {
        write_page(app, brief, language);
        return TRUE;
    }
    g_autofree char *shopper =
        visit->shopper ? plx_visits_shopper(desk->store, visit->shopper, &cause) : NULL;
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (plx_cmd_is_json(invocation)) {
        plx_visit_json(brief, language, shopper, report, plx_app_out(app));
        return TRUE;
    }
    g_autoptr(plx_story) story = plx_visit_story(brief, wished, shopper, report);
    tell(app, story);
    return TRUE;
}

static gboolean run_show(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_visits_look(app, invocation, show, error);
}

/* A picture ---------------------------------------------------------------------------------- */

static gboolean photo(plx_app *app, const plx_invocation *invocation,
                      const struct plx_visit_desk *desk, GError **error)
{
    const char *const number = plx_invocation_argument(invocation, 1);
    const plx_visit *const walk = plx_visit_find(desk->list, number, TRUE, NULL);
    const plx_visit *const visit = walk ? walk : plx_visit_find(desk->list, number, FALSE, error);
    g_autoptr(GBytes) picture =
        visit ? plx_visits_photo(desk->store, visit->id, plx_invocation_argument(invocation, 2),
                                 error)
              : NULL;
    if (!picture)
        return FALSE;
    gsize n;
    const char *const bytes = g_bytes_get_data(picture, &n);
    plx_app_set_binary(app);
    g_string_append_len(plx_app_out(app), bytes, (gssize)n);
    return TRUE;
}

static gboolean run_photo(plx_app *app, const plx_invocation *invocation, GError **error)
{
    if (!plx_invocation_has(invocation, PLX_OPTION_OUTPUT))
        return plx_error(error, PLX_ERROR_USAGE, "say where to write the picture: -o FILE.jpg");
    return plx_cmd_visits_look(app, invocation, photo, error);
}

static gboolean run_erase(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_visit_erase(app, invocation, FALSE, error);
}

/* What they are called ----------------------------------------------------------------------- */

static const enum plx_option_id plan_options[] = {
    PLX_OPTION_JOURNEY,     PLX_OPTION_PLACE,   PLX_OPTION_VISIT_FROM,
    PLX_OPTION_VISIT_UNTIL, PLX_OPTION_NOTE,    PLX_OPTION_VISIT_COUNT,
    PLX_OPTION_LANGUAGE,    PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const enum plx_option_id one_language[] = {PLX_OPTION_LANGUAGE, PLX_OPTION_END};
static const enum plx_option_id list_options[] = {
    PLX_OPTION_AT, PLX_OPTION_POINT, PLX_OPTION_LANGUAGE, PLX_OPTION_OUTPUT, PLX_OPTION_END};
static const enum plx_option_id show_options[] = {PLX_OPTION_LANGUAGE, PLX_OPTION_OUTPUT,
                                                  PLX_OPTION_END};
static const enum plx_option_id assign_options[] = {PLX_OPTION_VISIT_TO, PLX_OPTION_VISIT_ACCOUNT,
                                                    PLX_OPTION_BASE_URL, PLX_OPTION_STEP_BY,
                                                    PLX_OPTION_END};
static const enum plx_option_id review_options[] = {PLX_OPTION_VISIT_ACCEPT, PLX_OPTION_RETURN,
                                                    PLX_OPTION_WITHDRAW, PLX_OPTION_STEP_BY,
                                                    PLX_OPTION_END};
static const enum plx_option_id by_options[] = {PLX_OPTION_STEP_BY, PLX_OPTION_END};

static const enum plx_option_id photo_options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_END};

static const struct plx_option_help plan_help[] = {
    {PLX_OPTION_JOURNEY, "What is visited, by id or title"},
    {PLX_OPTION_PLACE, "Where, spelled as answers name it"},
    {PLX_OPTION_NOTE, "What else the shopper should know or do"},
    {PLX_OPTION_LANGUAGE,
     "Brief, notice and the page on the phone in this one (default: the map's)"},
    {0},
};
static const struct plx_option_help list_help[] = {
    {PLX_OPTION_AT, "The day by which visits are late (default: today, UTC)"},
    {PLX_OPTION_LANGUAGE, "The words of levels in the JSON, in this one (default: the map's)"},
    {PLX_OPTION_POINT,
     "Those that tell of this point, by id or title; the JSON has what they tell"},
    {0},
};
static const struct plx_option_help show_help[] = {
    {PLX_OPTION_LANGUAGE,
     "Titles, brief and JSON in this one (default: titles as the map has them)"},
    {PLX_OPTION_OUTPUT, "Write it there; FILE.html: the brief to print, with the notice to staff"},
    {0},
};
static const struct plx_example plan_examples[] = {
    {"visit plan shop.plx --journey buy --place Lyon --from DAY --until DAY",
     "one visit, between two days"},
    {0},
};
static const struct plx_example list_examples[] = {
    {"visit list shop.plx", "who is to go where"},
    {"visit list shop.plx --point doorstep --format json", "what shoppers told of the doorstep"},
    {0}};
static const struct plx_example show_examples[] = {
    {"visit show shop.plx 1", "what is to be looked at, or what was told"},
    {"visit show shop.plx 1 -o brief.html", "the brief to print"},
    {0},
};
static const struct plx_example photo_examples[] = {
    {"visit photo shop.plx 1 9f3c2a7e41b0 -o door.jpg", "one that 'visit show' names"}, {0}};
static const struct plx_example assign_examples[] = {
    {"visit assign shop.plx 1 --to \"Zoë Miller\"", "a private link for her phone"},
    {"visit assign shop.plx 1 --account zoe@example.org", "signed in, she finds it, too"},
    {0}};
static const struct plx_example review_examples[] = {
    {"visit review shop.plx 1 --accept", "it becomes answers of shoppers"},
    {"visit review shop.plx 1 --return \"When did you come?\"", "the shopper tells it again"},
    {0},
};
static const struct plx_example erase_examples[] = {
    {"visit erase shop.plx 1", "reports and pictures of one visit"}, {0}};
static const struct plx_example take_examples[] = {
    {"visit take shop.plx 1 visit-1.json", "a file that the phone's page saved"}, {0}};

const struct plx_command plx_commands_visit[] = {
    {.name = "visit",
     .summary = "Send secret shoppers, take what they tell",
     .details = "A visit is planned, assigned by a private link, told on a phone moment by moment "
                "(without a network, too), and reviewed. Only what is accepted is among the "
                "answers, as those of the audience shopper."},
    {.name = "visit",
     .verb = "plan",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Plan visits of one place",
     .details = "The brief comes from the map: the points of the journey in order, tasks to check, "
                "promises to look at. The notice to all who work there is printed with the plan.",
     .options = plan_options,
     .option_help = plan_help,
     .single = one_language,
     .languages = PLX_PAGE_LANGUAGES,
     .examples = plan_examples,
     .formats = "text json",
     .run = plx_cmd_visit_plan},
    {.name = "visit",
     .verb = "list",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "List them, with what became of each",
     .options = list_options,
     .option_help = list_help,
     .single = one_language,
     .languages = PLX_PAGE_LANGUAGES,
     .examples = list_examples,
     .formats = "table json",
     .run = run_list},
    {.name = "visit",
     .verb = "show",
     .arguments = "WS VISIT",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Show the brief, or what was told",
     .options = show_options,
     .option_help = show_help,
     .single = one_language,
     .languages = PLX_PAGE_LANGUAGES,
     .examples = show_examples,
     .formats = "text json",
     .run = run_show},
    {.name = "visit",
     .verb = "photo",
     .arguments = "WS VISIT PHOTO",
     .min_arguments = 3,
     .max_arguments = 3,
     .summary = "Write a picture of a visit or walk to a file",
     .options = photo_options,
     .examples = photo_examples,
     .run = run_photo},
    {.name = "visit",
     .verb = "assign",
     .arguments = "WS VISIT",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Give it to a shopper: a private link",
     .details = "The link is shown once. Assigning again makes a new one, and the older is void. "
                "Who has an account finds it on their page as well, once --account names it.",
     .options = assign_options,
     .examples = assign_examples,
     .formats = "text json",
     .run = plx_cmd_visit_assign},
    {.name = "visit",
     .verb = "review",
     .arguments = "WS VISIT",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Accept what was told, return it, or withdraw it",
     .options = review_options,
     .examples = review_examples,
     .formats = "text json",
     .run = plx_cmd_visit_review},
    {.name = "visit",
     .verb = "take",
     .arguments = "WS VISIT FILE",
     .min_arguments = 3,
     .max_arguments = 3,
     .summary = "Take what was told from a file",
     .details = "The page on the phone saves such a file where sending fails. Taking it twice "
                "changes nothing.",
     .options = by_options,
     .examples = take_examples,
     .audit = PLX_AUDIT_CHANGE,
     .run = plx_cmd_visit_run_take},
    {.name = "visit",
     .verb = "erase",
     .arguments = "WS VISIT",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Erase what was told of it, with its pictures",
     .details = "Answers that came of it stay, as does who made it: parallax erase --respondent "
                "NAME erases all of a shopper.",
     .options = by_options,
     .examples = erase_examples,
     .run = run_erase},
    {0},
};
