/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

#include <string.h>

/* Where the explanation of an option or command starts. */
#define COLUMN 28

static const char intro[] =
    "Parallax shows where leaders, staff, customers and secret shoppers see the same service "
    "differently, says how sure that is, and keeps quiet where it is not.";

static const struct plx_example first_steps[] = {
    {"demo", "sample data, and their page"},
    {"gaps ratings.csv", "who sees what, in your own file"},
    {"report ratings.csv -o monday.html", "the same as a page to show"},
    {0},
};

static const char *const section_titles[] = {
    "Options", "Which answers count", "How the file is read", "With every command", NULL,
};

const char *plx_help_section_title(guint i)
{
    return i < G_N_ELEMENTS(section_titles) ? section_titles[i] : NULL;
}

gboolean plx_help_section_has(guint i, enum plx_option_id id)
{
    static const enum plx_option_group groups[] = {
        PLX_GROUP_NONE,
        PLX_GROUP_SELECTION,
        PLX_GROUP_INPUT,
        PLX_GROUP_GENERAL,
    };
    return plx_option_get(id)->group == groups[i];
}

/* Appends the words of `text`, broken before `width`; the cursor stands at `column`, further lines
 * start at `indent`. */
static void append_wrapped(GString *out, const char *text, guint column, guint indent, guint width)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \n", -1);
    gboolean first = TRUE;
    for (gsize i = 0; words[i]; i++) {
        if (!*words[i])
            continue;
        const guint length = (guint)g_utf8_strlen(words[i], -1);
        if (!first && column + 1 + length > width) {
            g_string_append_printf(out, "\n%*s", (int)indent, "");
            column = indent;
            first = TRUE;
        }
        if (!first) {
            g_string_append_c(out, ' ');
            column++;
        }
        g_string_append(out, words[i]);
        column += length;
        first = FALSE;
    }
    g_string_append_c(out, '\n');
}

/* "  LEFT      right", the right side wrapped in its column. */
static void append_row(GString *out, const char *left, const char *right, guint width)
{
    g_string_append_printf(out, "  %s", left);
    guint column = 2 + (guint)g_utf8_strlen(left, -1);
    if (column + 2 > COLUMN) {
        g_string_append_c(out, '\n');
        column = 0;
    }
    g_string_append_printf(out, "%*s", (int)(COLUMN - column), "");
    append_wrapped(out, right, COLUMN, COLUMN, width);
}

/* Paragraphs are re-wrapped; one that begins with a blank stays as it is. */
static void append_paragraphs(GString *out, const char *text, guint width)
{
    g_auto(GStrv) paragraphs = g_strsplit(text, "\n\n", -1);
    for (gsize i = 0; paragraphs[i]; i++) {
        g_string_append_c(out, '\n');
        if (*paragraphs[i] == ' ')
            g_string_append_printf(out, "%s\n", paragraphs[i]);
        else
            append_wrapped(out, paragraphs[i], 0, 0, width);
    }
}

static void append_examples(GString *out, const char *title, const struct plx_example *examples,
                            guint width)
{
    g_string_append_printf(out, "\n%s:\n", title);
    gsize longest = 0;
    for (const struct plx_example *e = examples; e->line; e++)
        longest = MAX(longest, strlen(e->line));
    for (const struct plx_example *e = examples; e->line; e++) {
        const gboolean fits = 2 + strlen("parallax ") + longest + 2 + strlen(e->what) <= width;
        const int pad = fits ? (int)(longest - strlen(e->line)) + 2 : 0;
        g_string_append_printf(out, "  parallax %s", e->line);
        g_string_append_printf(out, fits ? "%*s%s\n" : "\n%*s      %s\n", pad, "", e->what);
    }
}

char *plx_help_usage(const struct plx_command *command)
{
    g_autofree char *name = plx_command_full_name(command);
    return g_strdup_printf("%s%s%s [OPTION]...", name, command->arguments ? " " : "",
                           command->arguments ? command->arguments : "");
}

char *plx_help_option_text(enum plx_option_id id, const struct plx_command *command)
{
    const struct plx_option *option = plx_option_get(id);
    const char *own = plx_command_option_help(command, id);
    if (own)
        return g_strdup(own);
    if (id != PLX_OPTION_FORMAT || !command)
        return g_strdup(option->help);
    g_auto(GStrv) formats = g_strsplit(command->formats, " ", -1);
    g_autoptr(GString) text = g_string_new(option->help);
    g_string_append_printf(text, ": %s (default)", formats[0]);
    for (gsize i = 1; formats[i]; i++)
        g_string_append_printf(text, ", %s", formats[i]);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void append_option(GString *out, enum plx_option_id id, const struct plx_command *command,
                          guint width)
{
    const struct plx_option *option = plx_option_get(id);
    g_autofree char *letter =
        option->letter ? g_strdup_printf("-%c, ", option->letter) : g_strdup("    ");
    g_autofree char *value = plx_command_option_value(command, id);
    g_autofree char *left = g_strconcat(letter, "--", option->name, value ? " " : "", value, NULL);
    g_autofree char *text = plx_help_option_text(id, command);
    append_row(out, left, text, width);
}

/* The options of one section that the command offers; the title only when there are any. */
static void append_section(GString *out, guint section, const struct plx_command *command,
                           gboolean every, guint width)
{
    gboolean titled = FALSE;
    for (int i = PLX_OPTION_END + 1; i < PLX_OPTION_COUNT; i++) {
        const enum plx_option_id id = (enum plx_option_id)i;
        if (!plx_help_section_has(section, id) || !(every || plx_command_offers(command, id)))
            continue;
        if (!titled)
            g_string_append_printf(out, "\n%s:\n", plx_help_section_title(section));
        titled = TRUE;
        append_option(out, id, command, width);
    }
}

static void append_command_row(GString *out, const struct plx_command *command, guint width)
{
    g_autofree char *name = plx_command_full_name(command);
    g_autofree char *left =
        g_strconcat(name, command->arguments ? " " : "", command->arguments, NULL);
    append_row(out, left, command->summary, width);
}

void plx_help_overview(GString *out, guint width)
{
    append_wrapped(out, intro, 0, 0, width);
    g_string_append(out, "\nUsage: parallax COMMAND [ARGUMENT]... [OPTION]...\n");
    append_examples(out, "First steps", first_steps, width);
    g_string_append(out, "\nCommands people need:\n");
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++)
        if (row->main)
            append_command_row(out, row, width);
    g_string_append_c(out, '\n');
    append_wrapped(out,
                   "'parallax help COMMAND' explains one of them; 'parallax help all' lists every "
                   "command and option. A SOURCE is a file of answers, '-' for standard input; "
                   "the smallest useful one has the columns audience,point,level.",
                   0, 0, width);
}

void plx_help_all(GString *out, guint width)
{
    g_string_append(out, "Usage: parallax COMMAND [ARGUMENT]... [OPTION]...\n\nCommands:\n");
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++)
        append_command_row(out, row, width);
    for (guint s = 0; plx_help_section_title(s); s++)
        append_section(out, s, NULL, TRUE, width);
    g_string_append(out,
                    "\nExit status:\n"
                    "  0 done, 1 wrong use, 2 bad input, 3 not found, 4 nothing may be shown,\n"
                    "  5 reading or writing failed, 70 a bug in Parallax\n");
}

void plx_help_command(GString *out, guint width, const struct plx_command *command)
{
    g_autofree char *usage = plx_help_usage(command);
    g_string_append_printf(out, "%s.\n\nUsage: parallax %s\n", command->summary, usage);
    if (command->details)
        append_paragraphs(out, command->details, width);
    if (command->examples)
        append_examples(out, "Examples", command->examples, width);
    for (guint s = 0; plx_help_section_title(s); s++)
        append_section(out, s, command, FALSE, width);
}

void plx_help_noun(GString *out, guint width, const char *noun)
{
    const struct plx_command *head = plx_command_find(noun, NULL);
    const gboolean both = head->run && !head->verb;
    if (both)
        plx_help_command(out, width, head);
    else if (!head->verb)
        g_string_append_printf(out, "%s.\n\n", head->summary);
    if (!both)
        g_string_append_printf(out, "Usage: parallax %s WORD [ARGUMENT]... [OPTION]...\n", noun);
    if (!both && !head->verb && head->details)
        append_paragraphs(out, head->details, width);
    g_string_append(out, both ? "\nWith one word more:\n" : "\n");
    const struct plx_command *row;
    for (guint i = 0; (row = plx_command_get(i)); i++)
        if (strcmp(row->name, noun) == 0 && row->verb)
            append_command_row(out, row, width);
    if (!both && !head->verb && head->examples)
        append_examples(out, "Examples", head->examples, width);
    g_string_append_printf(out, "\n'parallax help %s WORD' explains one of them.\n", noun);
}
