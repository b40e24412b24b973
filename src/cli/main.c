/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <gsl/gsl_errno.h>
#include <locale.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/help.h"

/* A standard stream that the caller closed would be given to the next file we open, and our output
 * would go there. Opened for reading only, writing to it fails, as it should. */
static void reserve_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", O_RDONLY) == -1)
            _exit(PLX_ERROR_IO);
}

static gboolean is_same_file(const char *a, const char *b)
{
    struct stat sa;
    struct stat sb;
    return stat(a, &sa) == 0 && stat(b, &sb) == 0 && S_ISREG(sa.st_mode) &&
           sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
}

/* Refuses to write what an option names over a file that is an input of the same call. */
static gboolean check_written(const plx_invocation *invocation, enum plx_option_id option,
                              GError **error)
{
    const char *output = plx_invocation_string(invocation, option);
    if (!output)
        return TRUE;
    static const enum plx_option_id inputs[] = {PLX_OPTION_MAP, PLX_OPTION_RECIPE};
    gboolean same = FALSE;
    for (guint i = 0; i < plx_invocation_n_arguments(invocation); i++)
        same = same || is_same_file(output, plx_invocation_argument(invocation, i));
    for (gsize i = 0; i < G_N_ELEMENTS(inputs); i++) {
        const char *input = plx_invocation_string(invocation, inputs[i]);
        same = same || (input && is_same_file(output, input));
    }
    if (same)
        return plx_error(error, PLX_ERROR_USAGE, "--%s %s would overwrite what is read",
                         plx_option_get(option)->name, output);
    return TRUE;
}

/* A reading's text is no page (but where a command writes pages: the first two), no sheet and no
 * PDF: refused before it is computed. */
static gboolean check_form(const struct plx_command *command, const char *output, GError **error)
{
    static const char *const others[] = {".html", ".htm", ".xlsx", ".pdf", ".docx"};
    if (!output || command->own_output || !command->formats ||
        !g_str_has_prefix(command->formats, "table json"))
        return TRUE;
    g_autofree char *lower = g_ascii_strdown(output, -1);
    for (gsize i = command->pages ? 2 : 0; i < G_N_ELEMENTS(others); i++)
        if (g_str_has_suffix(lower, others[i]))
            return plx_error(error, PLX_ERROR_USAGE,
                             "-o \"%s\": '%s' writes %sa text, or what --format names%s", output,
                             command->name, command->pages ? "a page (.html), " : "",
                             command->pages ? "" : "; pages are written by 'parallax report'");
    return TRUE;
}

static void show_help(plx_app *app, const plx_invocation *invocation)
{
    const struct plx_command *command = plx_invocation_command(invocation);
    if (!command)
        plx_help_overview(plx_app_out(app), plx_app_width(app));
    else if (plx_invocation_noun_only(invocation))
        plx_help_noun(plx_app_out(app), plx_app_width(app), command->name);
    else
        plx_help_command(plx_app_out(app), plx_app_width(app), command);
}

static gboolean run_command(plx_app *app, const plx_invocation *invocation, GError **error)
{
    if (!plx_invocation_check(invocation, error))
        return FALSE;
    const char *output = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    if (!check_written(invocation, PLX_OPTION_OUTPUT, error) ||
        !check_written(invocation, PLX_OPTION_REJECTS, error))
        return FALSE;
    const struct plx_command *command = plx_invocation_command(invocation);
    if (!check_form(command, output, error))
        return FALSE;
    g_autoptr(GError) failure = NULL;
    const gboolean done = command->run(app, invocation, &failure);
    if (done || g_error_matches(failure, PLX_ERROR, PLX_ERROR_NOT_SHOWN)) {
        if (!plx_app_flush(app, command->own_output ? NULL : output, error))
            return FALSE;
    }
    if (!done)
        g_propagate_error(error, g_steal_pointer(&failure));
    return done;
}

static gboolean run(plx_app *app, int argc, const char *const *argv, GError **error)
{
    g_autoptr(plx_invocation) invocation = plx_invocation_parse(argc, argv, error);
    if (!invocation)
        return FALSE;
    plx_app_configure(app, invocation);
    if (plx_invocation_has(invocation, PLX_OPTION_HELP)) {
        show_help(app, invocation);
        return plx_app_flush(app, NULL, error);
    }
    if (plx_invocation_has(invocation, PLX_OPTION_VERSION)) {
        g_string_append(plx_app_out(app), "parallax " PLX_VERSION "\n");
        return plx_app_flush(app, NULL, error);
    }
    if (!plx_invocation_command(invocation)) {
        g_autoptr(GString) help = g_string_new(NULL);
        plx_help_overview(help, plx_app_width(app));
        fputs(help->str, stderr);
        return plx_error(error, PLX_ERROR_USAGE, "%s", "");
    }
    return run_command(app, invocation, error);
}

int main(int argc, char **argv)
{
    reserve_standard_streams();
    setlocale(LC_CTYPE, ""); /* only what a terminal can show; numbers and messages stay neutral */
    signal(SIGPIPE, SIG_IGN);
    gsl_set_error_handler_off();

    g_autoptr(plx_app) app = plx_app_new(stdout, stderr);
    g_autoptr(GError) error = NULL;
    if (run(app, argc, (const char *const *)argv, &error))
        return 0;
    plx_app_clear(app);
    if (*error->message)
        fprintf(stderr, "parallax: %s\n", error->message);
    return plx_error_exit_status(error);
}
