/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workshop code --interactive: answers sorted into themes by keys. */
#include "cli/cmd_workshop.h"
#include "cli/sorting_screen.h"
#include "store/themes.h"

struct session {
    plx_app *app;
    plx_store *store;
    plx_sorting *sorting;
    gint64 number;      /* of the codebook that is kept */
    guint done, undone; /* acts */
};

/* Takes the last act back, of this sitting or before. *message says which. */
static gboolean undo(struct session *s, char **message, GError **error)
{
    g_autofree char *act = NULL;
    g_autoptr(GError) nothing = NULL;
    if (!plx_themes_undo(s->store, &act, &nothing)) {
        if (!g_error_matches(nothing, PLX_ERROR, PLX_ERROR_NOT_FOUND)) {
            g_propagate_error(error, g_steal_pointer(&nothing));
            return FALSE;
        }
        *message = g_strdup(nothing->message);
        return TRUE;
    }
    plx_sorter *const sorter = plx_cmd_workshop_sorter(s->app, s->store, &s->number, error);
    if (!sorter || !plx_sorting_take(s->sorting, sorter, error))
        return FALSE;
    *message = g_strdup_printf("taken back: %s", act);
    s->undone++;
    return TRUE;
}

/* One key, kept at once. */
static gboolean press_one(struct session *s, const struct plx_key_press *press, gboolean *left,
                          char **message, GError **error)
{
    enum plx_sorting_result result = PLX_SORTING_NOTHING;
    if (!plx_sorting_press(s->sorting, press, &result, message, error))
        return FALSE;
    *left = result == PLX_SORTING_LEAVE;
    if (result == PLX_SORTING_UNDO)
        return undo(s, message, error);
    if (result != PLX_SORTING_ACT)
        return TRUE;
    s->done++;
    return plx_themes_write(s->store, plx_sorter_book(plx_sorting_sorter(s->sorting)), *message,
                            s->number, &s->number, error);
}

static gboolean sort(struct session *s, plx_screen *screen, const char *title, GError **error)
{
    struct plx_sorting_screen view = {.screen = screen, .sorting = s->sorting, .title = title};
    g_autofree char *message = NULL;
    gboolean left = FALSE;
    while (!left) {
        struct plx_key_press press;
        plx_sorting_screen_draw(&view, message);
        plx_screen_read(screen, &press);
        if (press.key == PLX_KEY_NONE)
            continue;
        g_clear_pointer(&message, g_free);
        if (!press_one(s, &press, &left, &message, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean sit(struct session *s, const plx_invocation *invocation, GError **error)
{
    plx_sorter *const sorter = plx_cmd_workshop_sorter(s->app, s->store, &s->number, error);
    s->sorting = sorter ? plx_sorting_new(sorter, error) : NULL;
    if (!s->sorting)
        return FALSE;
    g_autoptr(plx_screen) screen = plx_screen_open(
        s->app,
        "use --accept, --merge, --rename and --tie, or a spreadsheet: -o codes.csv, "
        "then --codes codes.csv",
        error);
    if (!screen)
        return FALSE;
    gboolean ok = sort(s, screen, plx_invocation_argument(invocation, 0), error);
    plx_screen_close(screen);
    if (ok) {
        g_autofree char *acts = plx_cmd_count(s->done, "act", "acts");
        plx_app_note(s->app,
                     "%s done, %u taken back; --log lists what is kept, --undo takes the last back",
                     acts, s->undone);
    }
    /* What was done is told, whatever ends the program now. */
    if (!plx_app_flush(s->app, NULL, ok ? error : NULL))
        ok = FALSE;
    return ok;
}

gboolean plx_cmd_workshop_sort(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error);
    if (!store)
        return FALSE;
    struct session s = {.app = app, .store = store};
    const gboolean ok = sit(&s, invocation, error);
    plx_sorting_free(s.sorting);
    return ok;
}
