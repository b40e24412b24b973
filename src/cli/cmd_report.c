/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report: a reading as a file to show, by the extension of its name (docs/report.md). */
#include "base/suggest.h"
#include "cli/cmd_source.h"
#include "report/gaps_csv.h"
#include "report/gaps_json.h"
#include "report/gaps_page.h"
#include "report/gaps_table.h"
#include "report/gaps_xlsx.h"

#include <string.h>

#define TEXT_WIDTH 100 /* of .txt: a page of paper or a mail, not this terminal */

static void append_word(GString *line, const char *word)
{
    g_autofree char *typed = plx_cmd_word(word);
    g_string_append_printf(line, " %s", typed);
}

static void append_option(GString *line, const plx_invocation *invocation, enum plx_option_id id)
{
    const struct plx_option *option = plx_option_get(id);
    g_autofree char *name = g_strconcat("--", option->name, NULL);
    switch (option->kind) {
    case PLX_OPTION_FLAG:
        append_word(line, name);
        return;
    case PLX_OPTION_STRING:
    case PLX_OPTION_FILE:
    case PLX_OPTION_CHOICE:
        append_word(line, name);
        append_word(line, plx_invocation_string(invocation, id));
        return;
    case PLX_OPTION_INTEGER: {
        g_autofree char *number = g_strdup_printf(
            "%" G_GINT64_FORMAT, plx_invocation_integer(invocation, id, /* fallback= */ 0));
        append_word(line, name);
        append_word(line, number);
        return;
    }
    case PLX_OPTION_LIST:
    case PLX_OPTION_REPEATED:
        for (const char *const *value = plx_invocation_list(invocation, id); *value; value++) {
            append_word(line, name);
            append_word(line, *value);
        }
        return;
    }
}

/* The line that makes the page again, under the name the user gave. Options that change no byte of
 * it are left out. */
static char *command_line(const plx_invocation *invocation)
{
    GString *line = g_string_new("parallax report");
    append_word(line, plx_invocation_argument(invocation, 0));
    for (int id = PLX_OPTION_END + 1; id < PLX_OPTION_COUNT; id++) {
        const enum plx_option_id option = (enum plx_option_id)id;
        if (plx_option_get(option)->group == PLX_GROUP_GENERAL || option == PLX_OPTION_OUTPUT ||
            option == PLX_OPTION_FORMAT || option == PLX_OPTION_REJECTS)
            continue;
        if (plx_invocation_has(invocation, option))
            append_option(line, invocation, option);
    }
    append_word(line, "-o");
    append_word(line, plx_invocation_string(invocation, PLX_OPTION_OUTPUT));
    return g_string_free(line, FALSE);
}

static gboolean write_page(const plx_gaps *gaps, const plx_invocation *invocation, plx_app *app,
                           GError **error)
{
    (void)error;
    g_autofree char *command = command_line(invocation);
    const struct plx_page_options options = {.version = PLX_VERSION, .command = command};
    g_autoptr(GString) page = plx_invocation_has(invocation, PLX_OPTION_ONE_PAGE)
                                  ? plx_gaps_one_page(gaps, &options)
                                  : plx_gaps_page(gaps, &options);
    g_string_append_len(plx_app_out(app), page->str, (gssize)page->len);
    return TRUE;
}

/* A spreadsheet is no text: no newline is added behind it. */
static gboolean write_xlsx(const plx_gaps *gaps, const plx_invocation *invocation, plx_app *app,
                           GError **error)
{
    g_autofree char *command = command_line(invocation);
    const struct plx_page_options options = {.version = PLX_VERSION, .command = command};
    plx_app_set_binary(app);
    return plx_gaps_xlsx(gaps, &options, plx_app_out(app), error);
}

static gboolean write_json(const plx_gaps *gaps, const plx_invocation *invocation, plx_app *app,
                           GError **error)
{
    (void)invocation;
    (void)error;
    plx_gaps_json(gaps, "gaps", plx_app_out(app));
    return TRUE;
}

static gboolean write_csv(const plx_gaps *gaps, const plx_invocation *invocation, plx_app *app,
                          GError **error)
{
    (void)invocation;
    (void)error;
    plx_gaps_csv(gaps, plx_app_out(app));
    return TRUE;
}

static gboolean write_text(const plx_gaps *gaps, const plx_invocation *invocation, plx_app *app,
                           GError **error)
{
    (void)error;
    const struct plx_table_options table = {
        .width = TEXT_WIDTH,
        .unicode = TRUE,
        .verbose = plx_invocation_has(invocation, PLX_OPTION_VERBOSE),
    };
    plx_gaps_table(gaps, &table, plx_app_out(app));
    return TRUE;
}

typedef gboolean (*writer)(const plx_gaps *gaps, const plx_invocation *invocation, plx_app *app,
                           GError **error);

static const struct {
    const char *extension;
    writer write;
} forms[] = {
    {".html", write_page}, {".htm", write_page}, {".xlsx", write_xlsx},
    {".json", write_json}, {".csv", write_csv},  {".txt", write_text},
};

static writer find_writer(const char *path, GError **error)
{
    if (!path) {
        plx_error(
            error, PLX_ERROR_USAGE,
            "report writes a file: add -o FILE, which ends in .html, .xlsx, .json, .csv or .txt");
        return NULL;
    }
    g_autofree char *lower = g_ascii_strdown(path, -1);
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++)
        if (g_str_has_suffix(lower, forms[i].extension))
            return forms[i].write;
    plx_error(error, PLX_ERROR_USAGE,
              "-o \"%s\": expected a file that ends in .html, .xlsx, .json, .csv or .txt", path);
    return NULL;
}

/* Known before a long file is read. */
static gboolean check_options(const plx_invocation *invocation, writer write, GError **error)
{
    static const char *const readings[] = {"gaps"};
    const char *const *asked = plx_invocation_list(invocation, PLX_OPTION_READING);
    for (guint i = 0; asked[i]; i++) {
        if (strcmp(asked[i], readings[0]) == 0)
            continue;
        g_autofree char *near = plx_suggest_text(asked[i], readings, G_N_ELEMENTS(readings));
        return plx_error(error, PLX_ERROR_USAGE, "--reading \"%s\": expected gaps%s", asked[i],
                         near);
    }
    if (!plx_invocation_has(invocation, PLX_OPTION_ONE_PAGE))
        return TRUE;
    if (write != write_page)
        return plx_error(error, PLX_ERROR_USAGE, "--one-page is a page: -o FILE must end in .html");
    if (plx_invocation_has(invocation, PLX_OPTION_BY))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--one-page holds one picture: use --where instead of --by");
    return TRUE;
}

static gboolean plx_cmd_report(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    if (path && g_file_test(path, G_FILE_TEST_IS_DIR))
        return plx_error(error, PLX_ERROR_IO, "cannot write %s: it is a directory", path);
    const writer write = find_writer(path, error);
    if (!write || !check_options(invocation, write, error))
        return FALSE;
    g_autoptr(plx_cmd_source) source = plx_cmd_source_open(app, invocation, error);
    if (!source)
        return FALSE;
    g_autoptr(plx_gaps) gaps = plx_cmd_source_gaps(source, invocation, /* point= */ NULL, error);
    if (!gaps)
        return FALSE;
    if (!write(gaps, invocation, app, error))
        return FALSE;
    plx_app_note(app, "written %s", path);
    return TRUE;
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_READING,
                                             PLX_OPTION_ONE_PAGE, PLX_OPTION_SEED, PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"report ratings.csv -o monday.html", "a page to show, with the picture"},
    {"report ratings.csv --map map.yaml -o monday.html", "with titles and order of the map"},
    {"report ratings.csv --one-page -o monday.html", "one sheet of A4 to print"},
    {"report ratings.csv -o monday.xlsx", "a spreadsheet: a sheet per table, typed cells"},
    {"report ratings.csv -o monday.json", "the same numbers for scripts"},
    {"report ratings.csv -o monday.csv", "one row per point and voice"},
    {0},
};

const struct plx_command plx_commands_report[] = {
    {.name = "report",
     .arguments = "SOURCE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Write a page, or a file, to show who sees what",
     .details =
         "The extension of -o decides: .html is one self-contained page with the headline, the "
         "picture, the findings in words and every number, in light and dark, and it prints to "
         "A4; .xlsx is a spreadsheet with a sheet that explains it and one per table, each number "
         "with its n and range; .json is the document of `gaps --format json`; .csv has one row "
         "per point and "
         "voice; .txt is the table of `gaps`. --one-page makes a page that prints on one sheet: "
         "headline, picture, the three largest blind spots.\n\n"
         "The page loads nothing and runs no script: it can be mailed. It holds only what may be "
         "shown. The same answers give the same file, byte by byte.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .main = TRUE,
     .run = plx_cmd_report},
    {0},
};
