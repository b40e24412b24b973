/* SPDX-License-Identifier: GPL-3.0-or-later */
/* suggestion: what people suggested or complained about, and what they are answered
 * (docs/suggestions.md). */

#include "cli/cmd_source.h"
#include "cli/cmd_step.h"
#include "report/suggestion.h"
#include "serve/answers.h"
#include "store/suggestions.h"

#include <string.h>

/* What every command begins with: the day, the workspace, the suggestions. */
struct desk {
    plx_app *app;
    const plx_invocation *invocation;
    gint32 day;
    plx_store *store;
    plx_suggestion_list *list;
    gint64 last;
};

static gboolean desk_open(struct desk *desk, enum plx_store_mode mode, GError **error)
{
    if (!plx_cmd_day(desk->invocation, &desk->day, error))
        return FALSE;
    desk->store = plx_cmd_workspace_open(desk->app, desk->invocation, mode, error);
    if (!desk->store ||
        !plx_cmd_apply_audiences(plx_store_map(desk->store), desk->invocation, error))
        return FALSE;
    g_autoptr(plx_source) source = plx_store_source(desk->store, plx_app_threads(desk->app));
    desk->list = plx_answers_read(desk->store, source, &desk->last, error);
    return desk->list && plx_letters_any(desk->list->letters, error);
}

static void desk_close(struct desk *desk)
{
    plx_suggestion_list_free(desk->list);
    plx_store_free(desk->store);
}

/* Showing ------------------------------------------------------------------------------------ */

static void tell(const struct desk *desk, plx_story *story)
{
    const struct plx_table_options options = plx_cmd_step_form(desk->app);
    plx_story_text(story, &options, plx_app_out(desk->app));
    plx_story_free(story);
}

static void show_some(const struct desk *desk, const GPtrArray *chosen, guint among)
{
    const struct plx_suggestion_view view = {desk->list, chosen, desk->day, among};
    const char *const format = plx_invocation_string(desk->invocation, PLX_OPTION_FORMAT);
    if (strcmp(format, "json") == 0)
        plx_suggestions_json(&view, plx_app_out(desk->app));
    else if (strcmp(format, "csv") == 0)
        plx_suggestions_csv(&view, plx_app_out(desk->app));
    else
        tell(desk, plx_suggestions_story(&view));
}

static void show_one(const struct desk *desk, const GPtrArray *chosen)
{
    const struct plx_suggestion_view view = {desk->list, chosen, desk->day, 0};
    if (plx_cmd_is_json(desk->invocation))
        plx_suggestion_json(&view, plx_app_out(desk->app));
    else
        tell(desk, plx_suggestion_story(&view));
}

static gboolean list(const struct desk *desk, GError **error)
{
    struct plx_suggestion_choice choice = {
        .state = plx_invocation_string(desk->invocation, PLX_OPTION_STATE),
        .point = plx_invocation_string(desk->invocation, PLX_OPTION_POINT),
        .waiting = plx_invocation_has(desk->invocation, PLX_OPTION_WAITING),
        .by_day = plx_invocation_has(desk->invocation, PLX_OPTION_AT),
        .day = desk->day};
    g_autoptr(GPtrArray) chosen = plx_suggestion_choose(desk->list, &choice, error);
    if (!chosen)
        return FALSE;
    const gboolean waiting = choice.waiting;
    choice.waiting = FALSE;
    g_autoptr(GPtrArray) all = waiting ? plx_suggestion_choose(desk->list, &choice, error) : NULL;
    if (waiting && !all)
        return FALSE;
    show_some(desk, chosen, all ? all->len : 0);
    return TRUE;
}

static gboolean run_list(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct desk desk = {.app = app, .invocation = invocation};
    const gboolean ok = desk_open(&desk, PLX_STORE_READ, error) && list(&desk, error) &&
                        plx_cmd_note_waiting(app, desk.store, error);
    desk_close(&desk);
    return ok;
}

/* Those named from the second argument on, each once; borrowed. */
static GPtrArray *named(const struct desk *desk, GError **error)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (guint i = 1; plx_invocation_arguments(desk->invocation)[i]; i++) {
        const struct plx_suggestion *const suggestion =
            plx_suggestion_find(desk->list, plx_invocation_argument(desk->invocation, i), error);
        if (!suggestion)
            return NULL;
        if (!g_ptr_array_find(found, suggestion, NULL))
            g_ptr_array_add(found, (gpointer)(guintptr)suggestion);
    }
    return g_steal_pointer(&found);
}

/* By the token of a link. */
static GPtrArray *linked(const struct desk *desk, const char *token, GError **error)
{
    g_autofree char *hash = plx_suggestions_hash(token);
    const struct plx_suggestion *const suggestion = plx_suggestion_linked(desk->list, hash);
    if (!suggestion) {
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  "no private link has this token: it was mistyped, or a newer link made it void");
        return NULL;
    }
    GPtrArray *const found = g_ptr_array_new();
    g_ptr_array_add(found, (gpointer)(guintptr)suggestion);
    return found;
}

static gboolean show(const struct desk *desk, GError **error)
{
    const char *const token = plx_invocation_string(desk->invocation, PLX_OPTION_TOKEN);
    g_autoptr(GPtrArray) found = token ? linked(desk, token, error) : named(desk, error);
    if (!found)
        return FALSE;
    show_one(desk, found);
    return TRUE;
}

static gboolean run_show(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct desk desk = {.app = app, .invocation = invocation};
    if (plx_invocation_has(invocation, PLX_OPTION_TOKEN) !=
        !plx_invocation_arguments(invocation)[1])
        return plx_error(error, PLX_ERROR_USAGE,
                         "say which one: by its number, or by --token of its private link");
    const gboolean ok = desk_open(&desk, PLX_STORE_READ, error) && show(&desk, error);
    desk_close(&desk);
    return ok;
}

/* Acts --------------------------------------------------------------------------------------- */

/* All digits: what they were called may be that of several some day. */
static void note_about(const struct desk *desk, const GPtrArray *chosen)
{
    g_autoptr(GString) about = g_string_new(chosen->len == 1 ? "suggestion" : "suggestions");
    for (guint i = 0; i < chosen->len; i++) {
        g_autofree char *number = plx_suggestion_number(chosen->pdata[i]);
        g_string_append_printf(about, "%s %s", i > 0 ? "," : "", number);
    }
    plx_cmd_workspace_about(desk->store, desk->invocation, about->str);
}

/* Does the same to all of them, which tells whether it may be done; then keeps it. */
static gboolean act(const struct desk *desk, const GPtrArray *chosen, char *what, char *body,
                    GError **error)
{
    const gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    const char *author;
    g_autoptr(GArray) acts = g_array_new(FALSE, FALSE, sizeof(struct plx_act));
    if (!plx_cmd_author(desk->invocation, &author, error))
        return FALSE;
    g_autofree char *who = g_strdup(author);
    for (guint i = 0; i < chosen->len; i++) {
        const struct plx_suggestion *const suggestion = chosen->pdata[i];
        const struct plx_act made = {desk->last, (gint64)suggestion->letter->number, now, who, what,
                                     body};
        if (!plx_suggestion_apply(desk->list, suggestion->letter->number, now, who, what, body,
                                  plx_store_path(desk->store), error))
            return FALSE;
        g_array_append_val(acts, made);
    }
    note_about(desk, chosen);
    return plx_suggestions_add(desk->store, (const struct plx_act *)(gpointer)acts->data, acts->len,
                               error);
}

static gboolean answer(const struct desk *desk, GError **error)
{
    const struct plx_suggestion_ask ask = {
        .state = plx_invocation_string(desk->invocation, PLX_OPTION_STATE),
        .text = plx_invocation_string(desk->invocation, PLX_OPTION_TEXT),
        .point = plx_invocation_string(desk->invocation, PLX_OPTION_POINT),
        .step = plx_invocation_string(desk->invocation, PLX_OPTION_STEP)};
    char what[] = "answer";
    gint64 last_step;
    g_autoptr(GPtrArray) chosen = named(desk, error);
    g_autoptr(GPtrArray) steps = chosen ? plx_cmd_steps_read(desk->store, &last_step, error) : NULL;
    g_autofree char *body =
        steps ? plx_suggestion_answer_text(&ask, plx_store_map(desk->store), steps, error) : NULL;
    if (!body || !act(desk, chosen, what, body, error))
        return FALSE;
    if (chosen->len == 1)
        show_one(desk, chosen);
    else
        show_some(desk, chosen, 0);
    return TRUE;
}

static gboolean run_answer(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct desk desk = {.app = app, .invocation = invocation};
    const gboolean ok = desk_open(&desk, PLX_STORE_WRITE, error) && answer(&desk, error);
    desk_close(&desk);
    return ok;
}

static gboolean write_page(const struct desk *desk, GError **error)
{
    g_autoptr(GPtrArray) chosen = named(desk, error);
    if (!chosen)
        return FALSE;
    const struct plx_suggestion_view view = {desk->list, chosen, desk->day, 0};
    g_autoptr(GString) page = plx_suggestion_page(&view, NULL);
    g_string_append_len(plx_app_out(desk->app), page->str, (gssize)page->len);
    return TRUE;
}

static gboolean make_link(const struct desk *desk, GError **error)
{
    char what[] = "link";
    g_autoptr(GPtrArray) chosen = named(desk, error);
    if (!chosen)
        return FALSE;
    g_autofree char *hash = NULL;
    g_autofree char *token = plx_suggestions_token(&hash);
    g_autofree char *body = plx_suggestion_link_text(hash);
    const gboolean again = ((const struct plx_suggestion *)chosen->pdata[0])->hash != NULL;
    if (!act(desk, chosen, what, body, error))
        return FALSE;
    g_string_append_printf(plx_app_out(desk->app), "/answer/%s\n", token);
    plx_app_note(desk->app, "shown once: only a hash of it is kept%s",
                 again ? "; the older link is void" : "");
    g_autofree char *workspace = plx_cmd_word(plx_store_path(desk->store));
    plx_app_note(desk->app,
                 "'parallax serve' shows it under this address; without a server: "
                 "parallax suggestion link %s %s -o answer.html writes the page to send",
                 workspace, plx_invocation_argument(desk->invocation, 1));
    return TRUE;
}

static gboolean run_link(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct desk desk = {.app = app, .invocation = invocation};
    const gboolean page = plx_invocation_has(invocation, PLX_OPTION_OUTPUT);
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    if (page && strcmp(path, "-") != 0 && !g_str_has_suffix(path, ".html"))
        return plx_error(error, PLX_ERROR_USAGE,
                         "-o \"%s\": the page for the person who gave it is a file that ends in "
                         ".html",
                         path);
    if (page ? plx_invocation_has(invocation, PLX_OPTION_STEP_BY)
             : plx_invocation_has(invocation, PLX_OPTION_AT))
        return plx_error(error, PLX_ERROR_USAGE, "%s",
                         page ? "--by goes with a link that is made; a page is only written"
                              : "--at goes with a page: -o FILE.html");
    const gboolean ok = desk_open(&desk, page ? PLX_STORE_READ : PLX_STORE_WRITE, error) &&
                        (page ? write_page(&desk, error) : make_link(&desk, error));
    desk_close(&desk);
    return ok;
}

/* What they are called ----------------------------------------------------------------------- */

static const enum plx_option_id list_options[] = {
    PLX_OPTION_STATE, PLX_OPTION_WAITING, PLX_OPTION_POINT, PLX_OPTION_AT,
    PLX_OPTION_NAMED, PLX_OPTION_OUTPUT,  PLX_OPTION_END};
static const enum plx_option_id show_options[] = {PLX_OPTION_TOKEN, PLX_OPTION_AT, PLX_OPTION_NAMED,
                                                  PLX_OPTION_OUTPUT, PLX_OPTION_END};
static const enum plx_option_id answer_options[] = {
    PLX_OPTION_TEXT,    PLX_OPTION_STATE, PLX_OPTION_POINT, PLX_OPTION_STEP,
    PLX_OPTION_STEP_BY, PLX_OPTION_NAMED, PLX_OPTION_END};
static const enum plx_option_id link_options[] = {
    PLX_OPTION_OUTPUT, PLX_OPTION_AT, PLX_OPTION_STEP_BY, PLX_OPTION_NAMED, PLX_OPTION_END};

#define AT_HELP                                                                                    \
    {                                                                                              \
        PLX_OPTION_AT, "The day up to which days are counted (default: today, UTC)"                \
    }
static const struct plx_option_help list_help[] = {
    AT_HELP,
    {PLX_OPTION_STATE, "Only those in this state"},
    {PLX_OPTION_POINT, "Only those about this point, or tied to it, by id or title"},
    {0},
};
static const struct plx_option_help show_help[] = {AT_HELP, {0}};
static const struct plx_option_help answer_help[] = {
    {PLX_OPTION_POINT, "Tie it to this point, by id or title"},
    {0},
};
static const struct plx_option_help link_help[] = {
    {PLX_OPTION_AT, "The day that the page is of (default: today, UTC)"},
    {PLX_OPTION_OUTPUT, "Write the page for the person instead of a link"},
    {0},
};
static const struct plx_example list_examples[] = {
    {"suggestion list shop.plx --waiting", "who waits for an answer, the oldest first"},
    {"suggestion list shop.plx --format csv -o suggestions.csv", "for a spreadsheet"},
    {0},
};
static const struct plx_example show_examples[] = {
    {"suggestion show shop.plx 3f9a1c2e", "what was said, and all that was answered"},
    {0},
};
static const struct plx_example answer_examples[] = {
    {"suggestion answer shop.plx 3f9a1c2e --text \"We ring now.\"", "an answer"},
    {"suggestion answer shop.plx 3f9a1c2e --step 1", "a step takes it up"},
    {0},
};
static const struct plx_example link_examples[] = {
    {"suggestion link shop.plx 3f9a1c2e", "a private link for the person"},
    {"suggestion link shop.plx 3f9a1c2e -o answer.html", "the page itself, to be sent"},
    {0},
};

const struct plx_command plx_commands_suggestion[] = {
    {.name = "suggestion",
     .summary = "Answer suggestions and complaints",
     .details =
         "Notes of the prompts `suggestion` and `complaint` are things to answer. Each has a state "
         "(received, considered, doing, done, declined) and waits until somebody gives it an "
         "answer in words. Answers are added, never changed: the older ones stay in its history."},
    {.name = "suggestion",
     .verb = "list",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "List them, the oldest unanswered first",
     .details =
         "Days are those it has waited, or had waited when it was first answered; with --at only "
         "what was there on that day is listed. Numbers stay the "
         "same when files are imported again. What would single somebody out is not shown: words "
         "of few people, places and points where few answered (docs/privacy.md).",
     .options = list_options,
     .option_help = list_help,
     .examples = list_examples,
     .formats = "table json csv",
     .run = run_list},
    {.name = "suggestion",
     .verb = "show",
     .arguments = "WS [SUGGESTION]",
     .min_arguments = 1,
     .max_arguments = 2,
     .summary = "Show one with its history",
     .details = "By its number, or the first digits of it; or by --token, to see what somebody's "
                "private link is about.",
     .options = show_options,
     .option_help = show_help,
     .examples = show_examples,
     .formats = "table json",
     .run = run_show},
    {.name = "suggestion",
     .verb = "answer",
     .arguments = "WS SUGGESTION...",
     .min_arguments = 2,
     .max_arguments = G_MAXUINT,
     .summary = "Add an answer, a state or a tie",
     .details = "Who gave it reads the text, so say what is done, and when. Several can get the "
                "same answer at once. An answer without --state makes a received one considered; "
                "to decline needs a text.",
     .options = answer_options,
     .option_help = answer_help,
     .examples = answer_examples,
     .formats = "table json",
     .audit = PLX_AUDIT_CHANGE,
     .run = run_answer},
    {.name = "suggestion",
     .verb = "link",
     .arguments = "WS SUGGESTION",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Make a private link for the person",
     .details = "The link holds a random token of 128 bits; only a hash of it is kept, so it is "
                "shown once. Asked again a new one is made, and the older is void. `serve` shows "
                "it under this address; -o FILE.html writes the page to send, and no link is made.",
     .options = link_options,
     .option_help = link_help,
     .examples = link_examples,
     .audit = PLX_AUDIT_CHANGE,
     .run = run_link},
    {0},
};
