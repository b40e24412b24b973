/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report: a reading as a file to show, by the extension of its name (docs/report.md). */
#include "cli/cmd_report_private.h"

#include "cli/cmd_brand.h"
#include "cli/cmd_reveal.h"
#include "cli/cmd_source.h"
#include "cli/pdf.h"
#include "reading/redact.h"

/* The page of the gaps, which carries what the other readings say, unless the gaps are what was
 * asked for. */
static gboolean report_gaps(const plx_cmd_source *source, plx_app *app, struct plx_report *report,
                            GError **error)
{
    g_autoptr(plx_gaps) gaps =
        plx_cmd_source_gaps(source, report->invocation, /* point= */ NULL, error);
    g_autoptr(GPtrArray) sections = NULL;
    g_autoptr(plx_next) next = NULL;
    const gboolean whole = report->form == PLX_REPORT_PAGE &&
                           !plx_invocation_has(report->invocation, PLX_OPTION_READING) &&
                           !plx_invocation_has(report->invocation, PLX_OPTION_ONE_PAGE) &&
                           !plx_invocation_has(report->invocation, PLX_OPTION_BY) &&
                           !plx_invocation_has(report->invocation, PLX_OPTION_MEASURE);
    if (!gaps)
        return FALSE;
    if (plx_invocation_has(report->invocation, PLX_OPTION_REDACT)) {
        gpointer step = NULL;
        if (whole &&
            !plx_reading_try(&plx_reading_view_next, source, report->invocation, &step, error))
            return FALSE;
        next = step;
        plx_gaps_redact(gaps);
    } else if (whole &&
               !(sections = plx_reading_sections(source, report->invocation, &next, error))) {
        return FALSE;
    }
    report->next = next;
    report->gaps = gaps;
    report->sections = sections;
    return plx_report_write(report, app, error);
}

static gboolean report_view(const plx_cmd_source *source, plx_app *app, struct plx_report *report,
                            GError **error)
{
    report->other = report->view->read(source, report->invocation, error);
    if (!report->other)
        return FALSE;
    const gboolean ok = plx_report_write(report, app, error);
    report->view->free(report->other);
    return ok;
}

static gboolean report_workshop(const plx_cmd_source *source, plx_app *app,
                                struct plx_report *report, GError **error)
{
    g_autoptr(plx_workshop) workshop =
        plx_cmd_source_workshop(source, app, report->invocation, error);
    report->workshop = workshop;
    return workshop && plx_report_write(report, app, error);
}

static gboolean report_monday(const plx_cmd_source *source, plx_app *app, struct plx_report *report,
                              GError **error)
{
    g_autoptr(plx_next) next = plx_reading_view_next.read(source, report->invocation, error);
    if (!next)
        return FALSE;
    report->other = next;
    plx_report_write_monday(report, app);
    return TRUE;
}

static gboolean finish(plx_app *app, const char *path, GError **error)
{
    if (plx_pdf_is(path)) {
        plx_app_set_binary(app);
        if (!plx_pdf_print(plx_app_out(app), error))
            return FALSE;
    }
    plx_app_note(app, "written %s", path);
    return plx_app_flush(app, path, error);
}

/* Showing the page ends the guessing. */
static gboolean report_beliefs(const plx_cmd_source *source, plx_app *app,
                               struct plx_report *report, GError **error)
{
    g_autoptr(plx_beliefs) beliefs = plx_cmd_source_beliefs(source, report->invocation, error);
    report->beliefs = beliefs;
    const char *path = plx_invocation_string(report->invocation, PLX_OPTION_OUTPUT);
    if (!beliefs || !plx_report_write(report, app, error) || !finish(app, path, error))
        return FALSE;
    if (report->form != PLX_REPORT_PAGE)
        return TRUE;
    if (!plx_invocation_has(report->invocation, PLX_OPTION_REHEARSAL))
        plx_cmd_lock_guesses(app, report->invocation, beliefs);
    plx_cmd_ask_all_guessed(app, beliefs);
    return TRUE;
}

static gboolean plx_cmd_report(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    if (path && g_file_test(path, G_FILE_TEST_IS_DIR))
        return plx_error(error, PLX_ERROR_IO, "cannot write %s: it is a directory", path);
    struct plx_report report = {.invocation = invocation};
    g_autoptr(plx_brand) brand = NULL;
    if (!plx_report_choose(&report, error) || !plx_report_check(&report, error) ||
        (plx_report_is_for_room(&report) && !plx_cmd_brand(invocation, &brand, error)))
        return FALSE;
    report.brand = brand;
    g_autoptr(plx_cmd_source) source = plx_cmd_source_open(app, invocation, error);
    if (!source)
        return FALSE;
    if (plx_report_is_monday(invocation))
        return report_monday(source, app, &report, error) && finish(app, path, error);
    switch (report.reading) {
    case PLX_REPORT_BELIEFS:
        return report_beliefs(source, app, &report, error);
    case PLX_REPORT_WORKSHOP:
        return report_workshop(source, app, &report, error) && finish(app, path, error);
    case PLX_REPORT_VIEW:
        return report_view(source, app, &report, error) && finish(app, path, error);
    case PLX_REPORT_GAPS:
    case PLX_REPORT_READINGS:
        break;
    }
    return report_gaps(source, app, &report, error) && finish(app, path, error);
}

static const enum plx_option_id options[] = {
    PLX_OPTION_OUTPUT,       PLX_OPTION_READING, PLX_OPTION_ONE_PAGE, PLX_OPTION_REDACT,
    PLX_OPTION_REHEARSAL,    PLX_OPTION_BRAND,   PLX_OPTION_WORKSHOP, PLX_OPTION_CODES,
    PLX_OPTION_WEIGHTS_FILE, PLX_OPTION_SEED,    PLX_OPTION_POINT,    PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"report ratings.csv -o monday.html", "a page to show, with the picture"},
    {"report ratings.csv --map map.yaml -o monday.html", "with titles and order of the map"},
    {"report ratings.csv --one-page -o monday.html", "the one thing to do this week, on one sheet"},
    {"report shop.plx --redact -o public.html", "to publish: no places, names or quotes"},
    {"report ratings.csv --map map.yaml -o monday.pdf", "as a PDF, where Chromium is installed"},
    {"report ratings.csv -o monday.xlsx", "a spreadsheet: a sheet per table, typed cells"},
    {"report ratings.csv --reading beliefs -o reveal.html", "guess and reveal, for the room"},
    {"report sheets.csv --reading workshop -o workshop.html", "what the tables name, for the room"},
    {"report ratings.csv --reading point --point doorstep -o doorstep.html",
     "all evidence on one point"},
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
         "A4; .pdf is that page as it is printed, by a Chromium that is installed; .xlsx is a "
         "spreadsheet with a sheet that explains it and one per table, each number "
         "with its n and range; .json is the document of `gaps --format json`; .csv has one row "
         "per point and "
         "voice; .txt is the table of `gaps`. --one-page makes a page (or .txt) that prints on "
         "one sheet: the one thing to do this week, as `next` recommends it, with what people said "
         "of it, what to do on Monday and how to know if it worked; or why there is none.\n\n"
         "--redact makes a page to publish outside: no quotes, places, names, files or commands, "
         "and of protected audiences (leaders, staff) no number, only in words whether they see it "
         "alike. Titles on the map stay: read them through.\n\n"
         "--reading beliefs writes the page for a room that has guessed: one moment a screen, "
         "first "
         "the guess, then what those who answered say; at the end what lies furthest apart. It is "
         "made for a projector and a keyboard, and prints as a hand-out. Of a workspace, writing "
         "it "
         "locks the guesses: those of the people who guessed that are imported later, and are not "
         "dated before, are marked as of someone who had seen results, and not counted; "
         "--rehearsal locks "
         "nothing. Its .json, "
         ".csv and .txt are those of `beliefs` and lock nothing.\n\n"
         "--reading workshop writes the page of a workshop: what all tables name, what some, what "
         "only leaders, staff or customers, and where views part. --brand FILE puts the client's "
         "name, logo, colour and words on both.\n\n"
         "A page loads nothing and sends nothing: it can be mailed. That of the gaps runs no "
         "script, those for the room one of their own. It holds only what may be shown. The same "
         "answers give the same file, byte by byte.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .own_output = TRUE,
     .main = TRUE,
     .run = plx_cmd_report},
    {0},
};
