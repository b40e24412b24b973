/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* All state of one run of the program: streams, what the terminal can show, threads, verbosity.
 *
 * Nothing is written while a command works: it appends to plx_app_out(), and the program writes
 * that once, at the end, when all went well ("output starts only when the input has been read
 * whole and well"). When the command fails nothing of it is written, except with
 * PLX_ERROR_NOT_SHOWN (exit 4), whose output holds the notes that say why, and of an import, which
 * says what it did with the files before the one that failed.
 * Tests: tests/cli/test_app.c, tests/cli/cases. */

#include <glib.h>
#include <stdio.h>

#include "base/error.h"
#include "store/store_roll.h"

typedef struct plx_app plx_app;
typedef struct plx_invocation plx_invocation;

/* Both streams are borrowed. */
plx_app *plx_app_new(FILE *out, FILE *err);
void plx_app_free(plx_app *app);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_app, plx_app_free)

/* Takes -q, -v, --no-color and --threads over from the command line. */
void plx_app_configure(plx_app *app, const plx_invocation *invocation);

/* The text that goes to standard output, or to -o FILE where the command takes one. Owned by app.
 */
GString *plx_app_out(plx_app *app);

/* plx_app_out() is no text: nothing is added to it. */
void plx_app_set_binary(plx_app *app);

/* What a table may use. Width in columns: the terminal's, from 40 to 200; 80 when standard output
 * is none. Colour: only on a terminal, without NO_COLOR and --no-color. Unicode: the locale is
 * UTF-8. */
guint plx_app_width(const plx_app *app);
gboolean plx_app_colour(const plx_app *app);
gboolean plx_app_unicode(const plx_app *app);

gboolean plx_app_quiet(const plx_app *app);
gboolean plx_app_verbose(const plx_app *app);

/* Worker threads to use: --threads, else one per CPU, at most 64. */
guint plx_app_threads(const plx_app *app);

/* A line for people on standard error, after the output and not with -q ("written monday.html").
 * Never results: those belong into plx_app_out() and into `notes` of a reading. */
void plx_app_note(plx_app *app, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Progress on standard error: only on a terminal, not with -q, not in the first half second and at
 * most ten times a second. `total` 0 = unknown. Call it from one thread. */
void plx_app_progress(plx_app *app, const char *what, guint64 done, guint64 total);

/* A roll of the workspace that readings may use (store/store_roll.h); borrowed; NULL: none. */
void plx_app_set_roll(plx_app *app, const plx_store_roll *roll);
const plx_store_roll *plx_app_roll(const plx_app *app);

/* Somebody else is told of progress, too, terminal or not. */
void plx_app_on_progress(plx_app *app, void (*tell)(guint64 done, guint64 total, gpointer data),
                         gpointer data);

/* Says once, at once and not with -q, that another program is waited for. */
void plx_app_waiting(plx_app *app, guint seconds);

/* Says at once that Ctrl-C or the like ended the command before it changed anything. */
void plx_app_stopped(plx_app *app);

/* Writes a whole file: complete or not at all (a new file renamed over the old), except that
 * devices and pipes are written in place; "-" is plx_app_out(). Errors: PLX_ERROR_IO. */
gboolean plx_app_save(plx_app *app, const char *path, const GString *text, GError **error);

/* Ends what plx_app_out() holds with a newline and writes it to `path`, or to standard output when
 * that is NULL, then the notes. Errors: PLX_ERROR_IO; a reader that went away (EPIPE) fails with an
 * empty message. */
gboolean plx_app_flush(plx_app *app, const char *path, GError **error);

/* Blanks the progress line, so that what follows starts on a clean one. */
void plx_app_clear(plx_app *app);
