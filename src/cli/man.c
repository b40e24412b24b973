/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/man.h"

#include <string.h>

#include "cli/help.h"

/* Text as roff: backslashes and hyphens literal, no line taken for a request. */
static void append_text(GString *out, const char *text)
{
    for (const char *c = text; *c; c++) {
        const gboolean line_start = out->len == 0 || out->str[out->len - 1] == '\n';
        if (line_start && (*c == '.' || *c == '\''))
            g_string_append(out, "\\&");
        if (*c == '\\')
            g_string_append(out, "\\e");
        else if (*c == '-')
            g_string_append(out, "\\-");
        else
            g_string_append_c(out, *c);
    }
}

static void append_line(GString *out, const char *request, const char *text)
{
    g_string_append(out, request);
    append_text(out, text);
    g_string_append_c(out, '\n');
}

static void append_header(GString *out, const char *title, const char *name, const char *summary)
{
    g_autofree char *upper = g_ascii_strup(title, -1);
    append_line(out, ".TH ", upper);
    g_string_insert(out, (gssize)out->len - 1,
                    " 1 \"\" \"Parallax " PLX_VERSION "\" \"User Commands\"");
    g_string_append(out, ".SH NAME\n");
    append_text(out, name);
    g_string_append(out, " \\- ");
    append_text(out, summary);
    g_string_append_c(out, '\n');
}

static void append_paragraphs(GString *out, const char *text)
{
    g_auto(GStrv) paragraphs = g_strsplit(text, "\n\n", -1);
    for (gsize i = 0; paragraphs[i]; i++) {
        const gboolean verbatim = *paragraphs[i] == ' ';
        g_string_append(out, verbatim ? ".PP\n.nf\n" : ".PP\n");
        append_text(out, paragraphs[i]);
        g_string_append(out, verbatim ? "\n.fi\n" : "\n");
    }
}

static void append_option(GString *out, enum plx_option_id id, const struct plx_command *command)
{
    const struct plx_option *option = plx_option_get(id);
    g_string_append(out, ".TP\n");
    if (option->letter)
        g_string_append_printf(out, "\\fB\\-%c\\fR, ", option->letter);
    g_string_append(out, "\\fB\\-\\-");
    append_text(out, option->name);
    g_string_append(out, "\\fR");
    g_autofree char *value = plx_command_option_value(command, id);
    if (value) {
        g_string_append(out, " \\fI");
        append_text(out, value);
        g_string_append(out, "\\fR");
    }
    g_string_append_c(out, '\n');
    g_autofree char *text = plx_help_option_text(id, command);
    append_text(out, text);
    g_string_append(out, ".\n");
}

/* All options of a section, or those that the command offers. */
static void append_options(GString *out, const char *heading, const struct plx_command *command)
{
    for (guint s = 0; plx_help_section_title(s); s++) {
        gboolean titled = FALSE;
        for (int i = PLX_OPTION_END + 1; i < PLX_OPTION_COUNT; i++) {
            const enum plx_option_id id = (enum plx_option_id)i;
            if (!plx_help_section_has(s, id) || (command && !plx_command_offers(command, id)))
                continue;
            if (!titled)
                append_line(out, heading, plx_help_section_title(s));
            titled = TRUE;
            append_option(out, id, command);
        }
    }
}

static void append_examples(GString *out, const struct plx_example *examples)
{
    for (const struct plx_example *e = examples; e && e->line; e++) {
        g_string_append(out, ".TP\n\\fBparallax ");
        append_text(out, e->line);
        g_string_append(out, "\\fR\n");
        append_line(out, "", e->what);
    }
}

static void append_usage(GString *out, const struct plx_command *command)
{
    g_autofree char *usage = plx_help_usage(command);
    g_string_append(out, "\\fBparallax\\fR ");
    append_line(out, "", usage);
}

/* One command inside parallax(1): name, what it does, its examples. */
static void append_command(GString *out, const struct plx_command *command)
{
    if (command->run) {
        g_string_append(out, ".SS ");
        g_autofree char *usage = plx_help_usage(command);
        append_line(out, "parallax ", usage);
    } else {
        append_line(out, ".SS ", command->name);
    }
    append_text(out, command->summary);
    g_string_append(out, ".\n");
    if (command->details)
        append_paragraphs(out, command->details);
    append_examples(out, command->examples);
}

static void append_exit_status(GString *out)
{
    static const char *const rows[][2] = {
        {"0", "done"},
        {"1", "wrong use"},
        {"2", "bad input: the message names file, line, column"},
        {"3", "not found"},
        {"4", "nothing of what was asked for may be shown"},
        {"5", "reading or writing failed"},
        {"70", "a bug in Parallax"},
    };
    g_string_append(out, ".SH EXIT STATUS\n");
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_string_append_printf(out, ".TP\n%s\n%s.\n", rows[i][0], rows[i][1]);
    g_string_append(out, ".SH ENVIRONMENT\n.TP\nNO_COLOR\nSet and not empty: no colours.\n");
}

void plx_man_all(GString *out)
{
    append_header(out, "parallax", "parallax", "see where views of the same service differ");
    g_string_append(out, ".SH SYNOPSIS\n\\fBparallax\\fR \\fICOMMAND\\fR [\\fIARGUMENT\\fR]... "
                         "[\\fIOPTION\\fR]...\n");
    g_string_append(out, ".SH DESCRIPTION\n");
    append_text(out, "Parallax compares what leaders, staff, customers and secret shoppers see at "
                     "the same moments of a service, says how sure each difference is, and keeps "
                     "quiet where it is not.\n");
    g_string_append(out, ".SH COMMANDS\n");
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++)
        append_command(out, row);
    g_string_append(out, ".SH OPTIONS\n");
    append_text(out, "Which of them a command takes: parallax help COMMAND.\n");
    append_options(out, ".SS ", NULL);
    append_exit_status(out);
}

void plx_man_command(GString *out, const struct plx_command *command)
{
    g_autofree char *full = plx_command_full_name(command);
    g_autofree char *title = g_strdelimit(g_strconcat("parallax-", full, NULL), " ", '-');
    append_header(out, title, title, command->summary);
    g_string_append(out, ".SH SYNOPSIS\n");
    append_usage(out, command);
    if (command->details) {
        g_string_append(out, ".SH DESCRIPTION\n");
        append_paragraphs(out, command->details);
    }
    if (command->examples) {
        g_string_append(out, ".SH EXAMPLES\n");
        append_examples(out, command->examples);
    }
    append_options(out, ".SH ", command);
    append_exit_status(out);
}
