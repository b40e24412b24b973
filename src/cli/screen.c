/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/screen.h"

#include "cli/interrupt.h"
#include "workshop/width.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#define LOOK_MS 100  /* how often held signals are looked for */
#define ESCAPE_MS 25 /* how long the rest of a key that begins with Esc may take */
#define PASTE_BEGINS (KEY_MAX + 1)
#define PASTE_ENDS (KEY_MAX + 2)
#define RED 1
#define GREEN 2

/* Those that ncurses handles while it is open. */
static const int SIGNALS[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};

struct plx_screen {
    SCREEN *terminal;
    char *locale; /* of LC_CTYPE, to be set again; or NULL */
    struct plx_interrupts interrupts;
    struct sigaction before[G_N_ELEMENTS(SIGNALS)]; /* what was done before ncurses came */
    gboolean open, colour, pasting;
    guint caret_row, caret_column;
};

static gboolean is_terminal(GError **error, const char *instead)
{
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
        return TRUE;
    return plx_error(error, PLX_ERROR_USAGE, "this needs a terminal to type in; %s", instead);
}

/* Terminals read and show UTF-8 today, also where nobody set a locale. */
static void use_utf8(plx_screen *screen)
{
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
        return;
    screen->locale = g_strdup(setlocale(LC_CTYPE, NULL));
    setlocale(LC_CTYPE, "C.UTF-8");
}

static void set_up(plx_screen *screen)
{
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    meta(stdscr, TRUE);
    set_escdelay(ESCAPE_MS);
    wtimeout(stdscr, LOOK_MS);
    screen->colour = screen->colour && has_colors();
    if (screen->colour) {
        start_color();
        use_default_colors();
        init_pair(RED, COLOR_RED, -1);
        init_pair(GREEN, COLOR_GREEN, -1);
    }
    define_key("\033[200~", PASTE_BEGINS);
    define_key("\033[201~", PASTE_ENDS);
    putp("\033[?2004h"); /* bracketed paste: a pasted text is told from typing */
    fflush(stdout);
}

/* Signals, terminal, locale: as they were, but for what is held. */
static void give_back(plx_screen *screen)
{
    if (screen->open) {
        putp("\033[?2004l");
        endwin();
        delscreen(screen->terminal);
        screen->open = FALSE;
        for (gsize i = 0; i < G_N_ELEMENTS(SIGNALS); i++)
            sigaction(SIGNALS[i], &screen->before[i], NULL);
    }
    if (screen->locale)
        setlocale(LC_CTYPE, screen->locale);
    g_clear_pointer(&screen->locale, g_free);
}

plx_screen *plx_screen_open(const plx_app *app, const char *instead, GError **error)
{
    if (!is_terminal(error, instead))
        return NULL;
    g_autoptr(plx_screen) screen = g_new0(plx_screen, 1);
    plx_interrupts_hold(&screen->interrupts);
    for (gsize i = 0; i < G_N_ELEMENTS(SIGNALS); i++)
        sigaction(SIGNALS[i], NULL, &screen->before[i]);
    screen->colour = plx_app_colour(app);
    use_utf8(screen);
    screen->terminal = newterm(NULL, stdout, stdin);
    if (!screen->terminal) {
        const char *const name = g_getenv("TERM");
        plx_error(error, PLX_ERROR_USAGE, "the terminal \"%s\" (TERM) is not known here; %s",
                  name ? name : "", instead);
        return NULL;
    }
    screen->open = TRUE;
    set_up(screen);
    if (!plx_screen_fits(screen)) {
        const int rows = LINES;
        const int columns = COLS;
        give_back(screen);
        plx_error(
            error, PLX_ERROR_USAGE,
            "the terminal is %d columns wide and %d lines high: at least %d and %d are needed; "
            "make it larger, or %s",
            columns, rows, PLX_SCREEN_COLUMNS, PLX_SCREEN_ROWS, instead);
        return NULL;
    }
    return g_steal_pointer(&screen);
}

void plx_screen_close(plx_screen *screen)
{
    give_back(screen);
}

void plx_screen_free(plx_screen *screen)
{
    if (!screen)
        return;
    give_back(screen);
    plx_interrupts_release(&screen->interrupts);
    g_free(screen);
}

guint plx_screen_rows(const plx_screen *screen)
{
    (void)screen;
    return (guint)MAX(LINES, 1);
}

guint plx_screen_columns(const plx_screen *screen)
{
    (void)screen;
    return (guint)MAX(COLS, 1);
}

gboolean plx_screen_fits(const plx_screen *screen)
{
    return plx_screen_rows(screen) >= PLX_SCREEN_ROWS &&
           plx_screen_columns(screen) >= PLX_SCREEN_COLUMNS;
}

void plx_screen_clear(plx_screen *screen)
{
    erase();
    screen->caret_row = screen->caret_column = 0;
}

static attr_t attributes(const plx_screen *screen, unsigned ink)
{
    attr_t set = 0;
    set |= ink & PLX_INK_BOLD ? A_BOLD : 0;
    set |= ink & PLX_INK_FAINT ? A_DIM : 0;
    set |= ink & (PLX_INK_UNDERLINE | PLX_INK_WRONG) ? A_UNDERLINE : 0;
    set |= ink & PLX_INK_REVERSE ? A_REVERSE : 0;
    if (screen->colour && ink & (PLX_INK_WRONG | PLX_INK_RIGHT))
        set |= (attr_t)COLOR_PAIR(ink & PLX_INK_WRONG ? RED : GREEN);
    return set;
}

/* Lines of a window that is too small now are not there. */
static gboolean is_inside(guint row, guint column)
{
    return row < (guint)MAX(LINES, 0) && column < (guint)MAX(COLS, 0);
}

void plx_screen_put(plx_screen *screen, guint row, guint column, guint columns, const char *text,
                    unsigned ink)
{
    if (!is_inside(row, column) || columns == 0)
        return;
    columns = MIN(columns, (guint)COLS - column);
    GString *const line = g_string_new(NULL);
    guint used = 0;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        const guint width = plx_width_of_char(c);
        if (used + width > columns)
            break;
        g_string_append_unichar(line, g_unichar_iscntrl(c) ? '?' : c);
        used += width;
    }
    for (; used < columns; used++)
        g_string_append_c(line, ' ');
    attrset((int)attributes(screen, ink));
    mvaddstr((int)row, (int)column, line->str);
    attrset(0);
    g_string_free(line, TRUE);
}

void plx_screen_message(plx_screen *screen, const char *text, unsigned ink)
{
    const guint rows = plx_screen_rows(screen);
    if (text && rows >= 2)
        plx_screen_put(screen, rows - 2, 0, plx_screen_columns(screen), text, ink);
}

void plx_screen_keys(plx_screen *screen, const char *text)
{
    plx_screen_put(screen, plx_screen_rows(screen) - 1, 0, plx_screen_columns(screen), text,
                   PLX_INK_REVERSE);
}

void plx_screen_caret(plx_screen *screen, guint row, guint column)
{
    screen->caret_row = row;
    screen->caret_column = column;
}

void plx_screen_show(plx_screen *screen)
{
    if (!plx_screen_fits(screen)) {
        char text[64];
        g_snprintf(text, sizeof text, "Make the window larger: %d x %d", PLX_SCREEN_COLUMNS,
                   PLX_SCREEN_ROWS);
        plx_screen_clear(screen);
        plx_screen_put(screen, 0, 0, plx_screen_columns(screen), text, PLX_INK_BOLD);
    }
    if (is_inside(screen->caret_row, screen->caret_column))
        move((int)screen->caret_row, (int)screen->caret_column);
    refresh();
}

static enum plx_key function_key(plx_screen *screen, wint_t code)
{
    static const struct {
        wint_t code;
        enum plx_key key;
    } keys[] = {{KEY_UP, PLX_KEY_UP},
                {KEY_DOWN, PLX_KEY_DOWN},
                {KEY_LEFT, PLX_KEY_LEFT},
                {KEY_RIGHT, PLX_KEY_RIGHT},
                {KEY_HOME, PLX_KEY_HOME},
                {KEY_END, PLX_KEY_END},
                {KEY_PPAGE, PLX_KEY_PAGE_UP},
                {KEY_NPAGE, PLX_KEY_PAGE_DOWN},
                {KEY_BTAB, PLX_KEY_BACK_TAB},
                {KEY_ENTER, PLX_KEY_ENTER},
                {KEY_BACKSPACE, PLX_KEY_BACKSPACE},
                {KEY_DC, PLX_KEY_DELETE}};
    if (code == PASTE_BEGINS || code == PASTE_ENDS)
        screen->pasting = code == PASTE_BEGINS;
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (keys[i].code == code)
            return keys[i].key;
    return PLX_KEY_NONE;
}

static enum plx_key control_key(wint_t c)
{
    static const struct {
        wint_t c;
        enum plx_key key;
    } keys[] = {
        {'\r', PLX_KEY_ENTER},          {'\n', PLX_KEY_ENTER},          {'\t', PLX_KEY_TAB},
        {'\b', PLX_KEY_BACKSPACE},      {127, PLX_KEY_BACKSPACE},       {27, PLX_KEY_ESCAPE},
        {'N' & 31, PLX_KEY_INSERT_ROW}, {'K' & 31, PLX_KEY_DELETE_ROW}, {'U' & 31, PLX_KEY_UNDO},
        {'R' & 31, PLX_KEY_REDO},       {'X' & 31, PLX_KEY_LEAVE}};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (keys[i].c == c)
            return keys[i].key;
    return PLX_KEY_NONE;
}

static void character(const plx_screen *screen, wint_t c, struct plx_key_press *press)
{
    const gboolean control = c < 32 || c == 127;
    if (control && !screen->pasting) {
        press->key = control_key(c);
        return;
    }
    press->key = PLX_KEY_CHAR;
    press->c = control ? ' ' : (gunichar)c;
    press->pasted = screen->pasting;
}

void plx_screen_read(plx_screen *screen, struct plx_key_press *press)
{
    *press = (struct plx_key_press){PLX_KEY_NONE, 0, FALSE};
    wint_t c = 0;
    int kind = ERR;
    /* A terminal that is gone gives nothing, at once and for ever. */
    while (kind == ERR && !plx_interrupts_pending() && isatty(STDIN_FILENO))
        kind = get_wch(&c);
    if (kind == ERR)
        press->key = PLX_KEY_STOP;
    else if (kind == KEY_CODE_YES)
        press->key = function_key(screen, c);
    else
        character(screen, c, press);
}
