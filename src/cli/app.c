/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/app.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/save.h"
#include "cli/invocation.h"
#include "report/term.h"

#define MIN_WIDTH 40
#define MAX_WIDTH 200
#define DEFAULT_WIDTH 80
#define MAX_THREADS 64

#define PROGRESS_DELAY (G_USEC_PER_SEC / 2)
#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 10)

struct plx_app {
    FILE *out_stream;
    FILE *err_stream;
    GString *out;
    GString *notes;
    guint width;
    guint threads;
    gboolean colour;
    gboolean unicode;
    gboolean progress;
    gboolean progress_shown;
    gboolean waiting_told;
    gboolean binary; /* `out` is no text */
    gboolean quiet;
    gboolean verbose;
    gint64 next_progress;                                     /* monotonic time */
    void (*tell)(guint64 done, guint64 total, gpointer data); /* or NULL */
    gpointer tell_data;
    const plx_store_roll *roll; /* or NULL */
};

static gboolean is_terminal(FILE *stream)
{
    const int fd = fileno(stream);
    return fd >= 0 && isatty(fd);
}

static guint terminal_width(FILE *stream)
{
    struct winsize size = {0};
    if (!is_terminal(stream) || ioctl(fileno(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return DEFAULT_WIDTH;
    return CLAMP(size.ws_col, MIN_WIDTH, MAX_WIDTH);
}

/* https://no-color.org: set and not empty, whatever the value. */
static gboolean wants_colour(FILE *stream)
{
    const char *no_color = g_getenv("NO_COLOR");
    return is_terminal(stream) && !(no_color && *no_color) &&
           g_strcmp0(g_getenv("TERM"), "dumb") != 0;
}

plx_app *plx_app_new(FILE *out, FILE *err)
{
    plx_app *app = g_new0(plx_app, 1);
    app->out_stream = out;
    app->err_stream = err;
    app->out = g_string_new(NULL);
    app->notes = g_string_new(NULL);
    app->width = terminal_width(out);
    app->threads = CLAMP(g_get_num_processors(), 1, MAX_THREADS);
    app->colour = wants_colour(out);
    app->unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    app->progress = is_terminal(err);
    app->next_progress = g_get_monotonic_time() + PROGRESS_DELAY;
    return app;
}

void plx_app_free(plx_app *app)
{
    if (!app)
        return;
    g_string_free(app->out, TRUE);
    g_string_free(app->notes, TRUE);
    g_free(app);
}

void plx_app_configure(plx_app *app, const plx_invocation *invocation)
{
    app->quiet = plx_invocation_has(invocation, PLX_OPTION_QUIET);
    app->verbose = plx_invocation_has(invocation, PLX_OPTION_VERBOSE);
    if (plx_invocation_has(invocation, PLX_OPTION_NO_COLOR))
        app->colour = FALSE;
    app->threads =
        (guint)plx_invocation_integer(invocation, PLX_OPTION_THREADS, (gint64)app->threads);
}

GString *plx_app_out(plx_app *app)
{
    return app->out;
}

void plx_app_set_binary(plx_app *app)
{
    app->binary = TRUE;
}

guint plx_app_width(const plx_app *app)
{
    return app->width;
}

gboolean plx_app_colour(const plx_app *app)
{
    return app->colour;
}

gboolean plx_app_unicode(const plx_app *app)
{
    return app->unicode;
}

gboolean plx_app_quiet(const plx_app *app)
{
    return app->quiet;
}

gboolean plx_app_verbose(const plx_app *app)
{
    return app->verbose;
}

guint plx_app_threads(const plx_app *app)
{
    return app->threads;
}

void plx_app_note(plx_app *app, const char *format, ...)
{
    if (app->quiet)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    /* There may be titles and answers in it that others wrote. */
    plx_term_safe(app->notes, text);
    g_string_append_c(app->notes, '\n');
}

void plx_app_clear(plx_app *app)
{
    if (!app->progress_shown)
        return;
    fputs("\r\033[K", app->err_stream);
    fflush(app->err_stream);
    app->progress_shown = FALSE;
}

void plx_app_set_roll(plx_app *app, const plx_store_roll *roll)
{
    app->roll = roll;
}

const plx_store_roll *plx_app_roll(const plx_app *app)
{
    return app->roll;
}

void plx_app_on_progress(plx_app *app, void (*tell)(guint64 done, guint64 total, gpointer data),
                         gpointer data)
{
    app->tell = tell;
    app->tell_data = data;
}

void plx_app_progress(plx_app *app, const char *what, guint64 done, guint64 total)
{
    const gint64 now = g_get_monotonic_time();
    if (app->tell)
        app->tell(done, total, app->tell_data);
    if (!app->progress || app->quiet || now < app->next_progress)
        return;
    app->next_progress = now + PROGRESS_INTERVAL;
    app->progress_shown = TRUE;
    if (total > 0)
        fprintf(app->err_stream, "\r\033[K%s: %.0f %%", what,
                100.0 * (double)MIN(done, total) / (double)total);
    else
        fprintf(app->err_stream, "\r\033[K%s: %" G_GUINT64_FORMAT, what, done);
    fflush(app->err_stream);
}

void plx_app_waiting(plx_app *app, guint seconds)
{
    if (app->quiet || app->waiting_told)
        return;
    app->waiting_told = TRUE;
    plx_app_clear(app);
    fprintf(app->err_stream,
            "waiting for another program that is writing to the workspace (%u s so far)\n",
            seconds);
    fflush(app->err_stream);
}

void plx_app_stopped(plx_app *app)
{
    plx_app_clear(app);
    fputs("parallax: stopped; nothing was changed\n", app->err_stream);
    fflush(app->err_stream);
}

gboolean plx_app_save(plx_app *app, const char *path, const GString *text, GError **error)
{
    if (strcmp(path, "-") == 0) {
        g_string_append_len(app->out, text->str, (gssize)text->len);
        return TRUE;
    }
    return plx_save(path, text->str, text->len, error);
}

static gboolean write_out(plx_app *app, GError **error)
{
    if (app->out->len == 0)
        return TRUE;
    if (fwrite(app->out->str, 1, app->out->len, app->out_stream) == app->out->len &&
        fflush(app->out_stream) == 0)
        return TRUE;
    if (errno == EPIPE)
        return plx_error(error, PLX_ERROR_IO, "%s", "");
    return plx_error(error, PLX_ERROR_IO, "cannot write to standard output: %s", g_strerror(errno));
}

gboolean plx_app_flush(plx_app *app, const char *path, GError **error)
{
    plx_app_clear(app);
    if (!app->binary && app->out->len > 0 && app->out->str[app->out->len - 1] != '\n')
        g_string_append_c(app->out, '\n'); /* JSON documents end without one */
    const gboolean to_file = path && strcmp(path, "-") != 0;
    if (!(to_file ? plx_app_save(app, path, app->out, error) : write_out(app, error)))
        return FALSE;
    g_string_truncate(app->out, 0);
    fputs(app->notes->str, app->err_stream);
    g_string_truncate(app->notes, 0);
    return TRUE;
}
