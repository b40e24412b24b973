/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workshop enter: paper sheets typed into a grid (docs/workshop.md). */
#include "base/save.h"
#include "cli/cmd_import.h"
#include "cli/cmd_workshop.h"
#include "cli/entry_screen.h"
#include "ingest/file_source.h"
#include "store/imports.h"
#include "workshop/guess_sheet.h"
#include "workshop/table_sheet.h"

#include <string.h>
#include <unistd.h>

#define TOLD 5 /* lines about what is not saved */

/* What a day's paper becomes. */
struct paper {
    const char *word;    /* the second argument */
    const char *end;     /* of the file's name */
    const char *dataset; /* in the workspace */
    const char *about;   /* what is asked in columns that do not say */
    const char *instead; /* of a terminal */
};

static const struct paper papers[] = {
    {"guess", "-guesses.csv", "workshop-guesses",
     "Of 10 customers, how many? A digit; x is 10; - leaves it empty",
     "type a CSV file with the columns audience, respondent, point, believed and take it in with "
     "'import WS FILE --dataset workshop-guesses'"},
    {"sheets", "-sheets.csv", "workshop-sheets", NULL,
     "type a CSV file with the columns audience, encounter, workshop, table, group_size, item, "
     "prompt, surprise, note and take it in with 'import WS FILE --dataset workshop-sheets'"},
};

#define KEYS "Enter on  ^N row  ^K out  ^U undo  ^R redo  ^X save, import, leave  ^C leave"

struct session {
    plx_app *app;
    const struct paper *paper;
    plx_sheet *sheet;
    char *path;  /* of the file */
    char *saved; /* what is in it; NULL: it is not there yet */
    char *title;
    gboolean stopped; /* by a signal */
};

static void session_clear(struct session *s)
{
    g_clear_pointer(&s->sheet, plx_sheet_free);
    g_clear_pointer(&s->path, g_free);
    g_clear_pointer(&s->saved, g_free);
    g_clear_pointer(&s->title, g_free);
}

static const struct paper *find_paper(const char *word, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(papers); i++)
        if (strcmp(word, papers[i].word) == 0)
            return &papers[i];
    plx_error(error, PLX_ERROR_USAGE, "\"%s\": expected guess or sheets", word);
    return NULL;
}

/* "shop.plx" → "shop-guesses.csv", beside it. */
static char *default_path(const char *workspace, const char *end)
{
    const gsize n = g_str_has_suffix(workspace, ".plx") ? strlen(workspace) - strlen(".plx")
                                                        : strlen(workspace);
    return g_strdup_printf("%.*s%s", (int)n, workspace, end);
}

static char *local_time(const char *format)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    return g_date_time_format(now, format);
}

static gboolean load(struct session *s, GError **error)
{
    if (access(s->path, F_OK) != 0)
        return TRUE;
    gsize length = 0;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(s->path, &s->saved, &length, &cause))
        return plx_error(error, PLX_ERROR_IO, "cannot read %s: %s", s->path, cause->message);
    return plx_sheet_load(s->sheet, s->saved, length, s->path, error);
}

static gboolean save(struct session *s, GError **error)
{
    g_autofree char *now = local_time("%Y-%m-%dT%H:%M:%S");
    g_autofree char *text = plx_sheet_save(s->sheet, now);
    if (s->saved && strcmp(text, s->saved) == 0)
        return TRUE;
    /* Nothing complete yet: no file for who only looks. */
    if (!s->saved && strchr(text, '\n')[1] == '\0')
        return TRUE;
    if (!plx_save(s->path, text, strlen(text), error))
        return FALSE;
    g_free(s->saved);
    s->saved = g_steal_pointer(&text);
    return TRUE;
}

/* Whether a key leaves: the first time not where rows that are not complete would be lost. */
static gboolean leaves(const struct session *s, enum plx_key key, enum plx_key *warned,
                       char **message)
{
    const guint n = plx_sheet_unsaved(s->sheet);
    if (key != PLX_KEY_LEAVE && key != PLX_KEY_STOP) {
        *warned = PLX_KEY_NONE;
        return FALSE;
    }
    if (n == 0 || *warned == key)
        return TRUE;
    *warned = key;
    g_free(*message);
    *message = g_strdup_printf("%u %s not complete and would be lost: mend %s (…), or press %s "
                               "again",
                               n, n == 1 ? "row is" : "rows are", n == 1 ? "it" : "them",
                               key == PLX_KEY_LEAVE ? "Ctrl-X" : "Ctrl-C");
    return FALSE;
}

/* Types until the user leaves. */
static gboolean type(struct session *s, plx_screen *screen, GError **error)
{
    plx_entry *const grid = plx_sheet_grid(s->sheet);
    struct plx_entry_screen view = {
        .screen = screen, .grid = grid, .title = s->title, .about = s->paper->about, .keys = KEYS};
    g_autofree char *message = NULL;
    struct plx_key_press press;
    enum plx_key warned = PLX_KEY_NONE;
    do {
        plx_entry_screen_draw(&view, message);
        plx_screen_read(screen, &press);
        if (press.key == PLX_KEY_NONE)
            continue;
        g_free(message);
        plx_entry_press(grid, &press, &message);
        /* A cell that is being typed may be half a word. */
        if ((!plx_entry_typing(grid) || press.key == PLX_KEY_LEAVE || press.key == PLX_KEY_STOP) &&
            !save(s, error))
            return FALSE;
    } while (press.key == PLX_KEY_NONE || !leaves(s, press.key, &warned, &message));
    s->stopped = press.key == PLX_KEY_STOP;
    return TRUE;
}

static void tell_left(const struct session *s)
{
    g_autofree char *left = plx_sheet_left(s->sheet);
    g_auto(GStrv) lines = g_strsplit(left, "\n", -1);
    guint n = g_strv_length(lines);
    while (n > 0 && !*lines[n - 1])
        n--;
    for (guint i = 0; i < n && (i < TOLD || n == TOLD + 1); i++)
        plx_app_note(s->app, "%s", lines[i]);
    if (n > TOLD + 1)
        plx_app_note(s->app, "… and %u more like these", n - TOLD);
}

/* By its name: imports remember files as they were typed, from whatever folder. */
static gboolean is_earlier(const struct session *s, const struct plx_imports_entry *entry)
{
    g_autofree char *mine = g_path_get_basename(s->path);
    g_autofree char *its = g_path_get_basename(entry->file);
    return strcmp(entry->state, "done") == 0 && entry->observations > 0 &&
           strcmp(entry->dataset, s->paper->dataset) == 0 && strcmp(mine, its) == 0;
}

/* Can the file be taken in? Found out before what came from it is taken back. */
static gboolean is_sound(const struct session *s, plx_store *store, GError **error)
{
    const struct plx_file_options file = {.threads = 1};
    const struct plx_listen all = {0};
    struct plx_sayings *sayings = NULL;
    g_autoptr(plx_source) source = plx_file_source_new(s->path, plx_store_map(store), &file, error);
    if (!source || !plx_source_listen(source, &all, &sayings, error))
        return FALSE;
    plx_sayings_free(sayings);
    return TRUE;
}

/* What came from this very file before goes, so that a row taken out of the grid is gone. */
static gboolean take_back(const struct session *s, plx_store *store, GError **error)
{
    g_autoptr(GPtrArray) imports = plx_imports_list(store, error);
    for (guint i = 0; imports && i < imports->len; i++) {
        const struct plx_imports_entry *const entry = imports->pdata[i];
        guint64 observations;
        if (!is_earlier(s, entry))
            continue;
        if (!plx_imports_undo(store, entry->id, &observations, error))
            return FALSE;
        plx_app_note(s->app, "in place of import %" G_GINT64_FORMAT, entry->id);
    }
    return imports != NULL;
}

/* After the screen: the receipt, and what is in no file. */
static gboolean finish(struct session *s, plx_store *store, GError **error)
{
    tell_left(s);
    if (!s->saved) {
        plx_app_note(s->app, "nothing was typed: nothing was changed");
        return TRUE;
    }
    if (s->stopped) {
        plx_app_note(s->app, "%s is saved and not imported; the same command goes on", s->path);
        return TRUE;
    }
    plx_app_note(s->app, "saved %s", s->path);
    if (!is_sound(s, store, error) || !take_back(s, store, error))
        return FALSE;
    if (plx_cmd_import_file(s->app, store, s->path, s->paper->dataset, PLX_REPEAT_REPLACE, error))
        return TRUE;
    g_prefix_error(error,
                   "what came from %s before is taken back, and now it cannot be taken in; mend "
                   "it and open the grid again: ",
                   s->path);
    return FALSE;
}

static gboolean prepare(struct session *s, const plx_invocation *invocation, const plx_map *map,
                        GError **error)
{
    g_autofree char *today = local_time("%Y-%m-%d");
    const char *const workshop = plx_invocation_string(invocation, PLX_OPTION_WORKSHOP);
    const char *const *const audiences = plx_invocation_list(invocation, PLX_OPTION_AUDIENCE);
    const char *const audience = audiences[0];
    const char *const output = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    const struct plx_sheet_options options = {
        .map = map,
        .audience = audience ? audience : "leader",
        .journey = plx_invocation_string(invocation, PLX_OPTION_JOURNEY),
        .workshop = workshop ? workshop : today};
    const gboolean guess = strcmp(s->paper->word, "guess") == 0;
    if (audience && audiences[1])
        return plx_error(error, PLX_ERROR_USAGE, "--audience: guesses are typed for one audience");
    if (!guess && (audience || options.journey))
        return plx_error(error, PLX_ERROR_USAGE, "--audience and --journey are for 'guess'");
    s->sheet = guess ? plx_guess_sheet_new(&options, error) : plx_table_sheet_new(&options);
    if (!s->sheet)
        return FALSE;
    s->path = output ? g_strdup(output)
                     : default_path(plx_invocation_argument(invocation, 0), s->paper->end);
    if (!load(s, error))
        return FALSE;
    const guint kept = plx_sheet_kept(s->sheet);
    g_autofree char *others = kept > 0 ? g_strdup_printf(" · %u other rows in it", kept) : NULL;
    s->title = g_strdup_printf("%s · workshop %s%s%s · %s%s", guess ? "Guesses" : "Sheets",
                               options.workshop, guess ? " · " : "", guess ? options.audience : "",
                               s->path, others ? others : "");
    return TRUE;
}

static gboolean enter(struct session *s, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_store) store = plx_cmd_workspace_open(s->app, invocation, PLX_STORE_WRITE, error);
    if (!store || !prepare(s, invocation, plx_store_map(store), error))
        return FALSE;
    g_autoptr(plx_screen) screen = plx_screen_open(s->app, s->paper->instead, error);
    if (!screen)
        return FALSE;
    gboolean ok = type(s, screen, error);
    plx_screen_close(screen);
    ok = ok && finish(s, store, error);
    /* What was done is told, whatever ends the program now. */
    if (!plx_app_flush(s->app, NULL, ok ? error : NULL))
        ok = FALSE;
    g_clear_pointer(&store, plx_store_free);
    return ok;
}

gboolean plx_cmd_workshop_enter(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct session s = {.app = app};
    s.paper = find_paper(plx_invocation_argument(invocation, 1), error);
    const gboolean ok = s.paper && enter(&s, invocation, error);
    session_clear(&s);
    return ok;
}

const enum plx_option_id plx_cmd_workshop_enter_options[] = {
    PLX_OPTION_OUTPUT,  PLX_OPTION_WORKSHOP, PLX_OPTION_AUDIENCE,
    PLX_OPTION_JOURNEY, PLX_OPTION_STEP_BY,  PLX_OPTION_END};
const struct plx_example plx_cmd_workshop_enter_examples[] = {
    {"workshop enter shop.plx guess", "the leaders' guesses, a row per person"},
    {"workshop enter shop.plx guess --audience staff", "those of staff"},
    {"workshop enter shop.plx sheets", "the four questions, a row per answer"},
    {0},
};
