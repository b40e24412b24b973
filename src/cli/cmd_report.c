/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report: a reading as a file to show, by the extension of its name (docs/report.md). */
#include "cli/cmd_report.h"
#include "base/suggest.h"
#include "cli/cmd_reveal.h"
#include "cli/cmd_source.h"
#include "cli/pdf.h"
#include "cli/reading.h"
#include "reading/redact.h"
#include "report/beliefs.h"
#include "report/brand.h"
#include "report/gaps_csv.h"
#include "report/gaps_json.h"
#include "report/gaps_page.h"
#include "report/gaps_table.h"
#include "report/gaps_xlsx.h"
#include "report/monday.h"
#include "report/next.h"
#include "report/reveal.h"
#include "report/room_page.h"
#include "report/workshop.h"

#include <string.h>

#define TEXT_WIDTH 100 /* of .txt: a page of paper or a mail, not this terminal */

/* What is read of the source, and the forms it can be written in. */
struct report {
    const plx_invocation *invocation;
    const plx_gaps *gaps;         /* of `gaps` */
    const plx_beliefs *beliefs;   /* of `beliefs` */
    const plx_workshop *workshop; /* of `workshop` */
    gpointer other;               /* of a view: what it has read */
    const struct plx_reading_view *view;
    const GPtrArray *sections; /* of `gaps`: stories of the other readings, or NULL */
    const plx_next *next;      /* of `gaps`: the step to take, or NULL */
    const plx_brand *brand;    /* or NULL */
};

static const struct plx_table_options *text_options(const plx_invocation *invocation)
{
    static const struct plx_table_options plain = {.width = TEXT_WIDTH, .unicode = TRUE};
    static const struct plx_table_options verbose = {
        .width = TEXT_WIDTH, .unicode = TRUE, .verbose = TRUE};
    return plx_invocation_has(invocation, PLX_OPTION_VERBOSE) ? &verbose : &plain;
}

static void append_page(const struct report *r, GString *out,
                        GString *(*make)(const struct report *r, const struct plx_page_options *o))
{
    const gboolean redacted = plx_invocation_has(r->invocation, PLX_OPTION_REDACT);
    g_autofree char *command = plx_written_line(r->invocation);
    g_autoptr(plx_story) step = !r->next   ? NULL
                                : redacted ? plx_next_redacted_story(r->next)
                                           : plx_next_story(r->next);
    const struct plx_page_options options = {
        .version = PLX_VERSION,
        .command = redacted ? NULL : command,
        .brand = r->brand,
        .sections = r->sections,
        .step = step,
        .quotes = redacted ? NULL : r->next,
        .printed = plx_pdf_is(plx_invocation_string(r->invocation, PLX_OPTION_OUTPUT))};
    g_autoptr(GString) page = make(r, &options);
    g_string_append_len(out, page->str, (gssize)page->len);
}

static GString *make_gaps(const struct report *r, const struct plx_page_options *options)
{
    return plx_invocation_has(r->invocation, PLX_OPTION_ONE_PAGE)
               ? plx_gaps_one_page(r->gaps, options)
               : plx_gaps_page(r->gaps, options);
}

static GString *make_reveal(const struct report *r, const struct plx_page_options *options)
{
    return plx_reveal_page(r->beliefs, options);
}

static GString *make_room(const struct report *r, const struct plx_page_options *options)
{
    return plx_room_page(r->workshop, options);
}

static GString *make_view(const struct report *r, const struct plx_page_options *options)
{
    g_autoptr(plx_story) story = r->view->story(r->other);
    return plx_story_page(story, options);
}

static gboolean gaps_page(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    append_page(r, plx_app_out(app), make_gaps);
    return TRUE;
}

static gboolean gaps_json(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_gaps_json(r->gaps, "gaps", plx_app_out(app));
    return TRUE;
}

static gboolean gaps_csv(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_gaps_csv(r->gaps, plx_app_out(app));
    return TRUE;
}

static gboolean gaps_text(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_gaps_table(r->gaps, text_options(r->invocation), plx_app_out(app));
    return TRUE;
}

/* A spreadsheet is no text: no newline is added behind it. */
static gboolean gaps_xlsx(const struct report *r, plx_app *app, GError **error)
{
    g_autofree char *command = plx_written_line(r->invocation);
    const struct plx_page_options options = {.version = PLX_VERSION, .command = command};
    plx_app_set_binary(app);
    return plx_gaps_xlsx(r->gaps, &options, plx_app_out(app), error);
}

static gboolean beliefs_page(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    append_page(r, plx_app_out(app), make_reveal);
    return TRUE;
}

static gboolean beliefs_json(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_beliefs_json(r->beliefs, plx_app_out(app));
    return TRUE;
}

static gboolean beliefs_csv(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_beliefs_csv(r->beliefs, plx_app_out(app));
    return TRUE;
}

static gboolean beliefs_text(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_beliefs_table(r->beliefs, text_options(r->invocation), plx_app_out(app));
    return TRUE;
}

static gboolean workshop_page(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    append_page(r, plx_app_out(app), make_room);
    return TRUE;
}

static gboolean workshop_json(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_workshop_json(r->workshop, plx_app_out(app));
    return TRUE;
}

static gboolean workshop_csv(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_workshop_csv(r->workshop, plx_app_out(app));
    return TRUE;
}

static gboolean workshop_text(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_workshop_table(r->workshop, text_options(r->invocation), plx_app_out(app));
    return TRUE;
}

static gboolean view_page(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    append_page(r, plx_app_out(app), make_view);
    return TRUE;
}

static gboolean view_json(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    r->view->json(r->other, plx_app_out(app));
    return TRUE;
}

static gboolean view_csv(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    r->view->csv(r->other, plx_app_out(app));
    return TRUE;
}

static gboolean view_text(const struct report *r, plx_app *app, GError **error)
{
    (void)error;
    g_autoptr(plx_story) story = r->view->story(r->other);
    plx_story_text(story, text_options(r->invocation), plx_app_out(app));
    return TRUE;
}

typedef gboolean (*writer)(const struct report *r, plx_app *app, GError **error);

/* VIEW: one of plx_reading_views. */
enum reading { READING_GAPS, READING_BELIEFS, READING_WORKSHOP, READING_VIEW, READINGS };
static const char *const own_readings[READING_VIEW] = {"gaps", "beliefs", "workshop"};

static const struct {
    const char *extension;
    writer write[READINGS];
} forms[] = {
    {".html", {gaps_page, beliefs_page, workshop_page, view_page}},
    {".htm", {gaps_page, beliefs_page, workshop_page, view_page}},
    {".pdf", {gaps_page, beliefs_page, workshop_page, view_page}}, /* printed by plx_pdf_print */
    {".xlsx", {gaps_xlsx, NULL, NULL, NULL}},
    {".json", {gaps_json, beliefs_json, workshop_json, view_json}},
    {".csv", {gaps_csv, beliefs_csv, workshop_csv, view_csv}},
    {".txt", {gaps_text, beliefs_text, workshop_text, view_text}},
};

/* All names there are; how many. */
#define NAMES_MAX 32
static guint reading_names(const char **names)
{
    guint n = 0;
    for (guint i = 0; i < READING_VIEW; i++)
        names[n++] = own_readings[i];
    for (guint i = 0; plx_reading_views[i] && n + 1 < NAMES_MAX; i++)
        names[n++] = plx_reading_views[i]->name;
    names[n++] = plx_reading_view_point.name;
    return n;
}

/* "gaps, beliefs or workshop" */
static char *name_list(const char *const *names, guint n)
{
    GString *list = g_string_new(NULL);
    for (guint i = 0; i < n; i++)
        g_string_append_printf(list, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " or ", names[i]);
    return g_string_free(list, FALSE);
}

static gboolean is_reading(const char *name, enum reading *reading,
                           const struct plx_reading_view **view)
{
    *view = strcmp(name, plx_reading_view_point.name) == 0 ? &plx_reading_view_point
                                                           : plx_reading_view_find(name);
    for (*reading = READING_GAPS; *reading < READING_VIEW; (*reading)++)
        if (strcmp(name, own_readings[*reading]) == 0)
            return TRUE;
    return *view != NULL;
}

static gboolean find_reading(const plx_invocation *invocation, enum reading *reading,
                             const struct plx_reading_view **view, GError **error)
{
    const char *const *asked = plx_invocation_list(invocation, PLX_OPTION_READING);
    const char *names[NAMES_MAX];
    const guint n = reading_names(names);
    g_autofree char *list = name_list(names, n);
    *reading = READING_GAPS;
    for (guint i = 0; asked[i]; i++) {
        if (!is_reading(asked[i], reading, view)) {
            g_autofree char *near = plx_suggest_text(asked[i], names, n);
            return plx_error(error, PLX_ERROR_USAGE, "--reading \"%s\": expected %s%s", asked[i],
                             list, near);
        }
        if (asked[i + 1])
            return plx_error(error, PLX_ERROR_USAGE, "--reading: a report holds one reading, %s",
                             list);
    }
    return TRUE;
}

static writer find_writer(const char *path, enum reading reading,
                          const struct plx_reading_view *view, GError **error)
{
    if (!path) {
        plx_error(error, PLX_ERROR_USAGE,
                  "report writes a file: add -o FILE, which ends in .html, .pdf,%s .json, .csv "
                  "or .txt",
                  reading == READING_GAPS ? " .xlsx," : "");
        return NULL;
    }
    g_autofree char *lower = g_ascii_strdown(path, -1);
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++)
        if (g_str_has_suffix(lower, forms[i].extension) && forms[i].write[reading])
            return forms[i].write[reading];
    if (reading != READING_GAPS)
        plx_error(error, PLX_ERROR_USAGE,
                  "-o \"%s\": the reading %s is written as a file that ends in .html, .pdf, "
                  ".json, .csv or .txt",
                  path, view ? view->name : own_readings[reading]);
    else
        plx_error(error, PLX_ERROR_USAGE,
                  "-o \"%s\": expected a file that ends in .html, .pdf, .xlsx, .json, .csv or .txt",
                  path);
    return NULL;
}

/* A workshop is one event: --workshop and --audiences choose of it, and of nothing else. */
static gboolean check_workshop(const plx_invocation *invocation, enum reading reading,
                               GError **error)
{
    static const enum plx_option_id others[] = {
        PLX_OPTION_SINCE, PLX_OPTION_UNTIL, PLX_OPTION_WHERE, PLX_OPTION_BY, PLX_OPTION_MEASURE};
    if (reading != READING_WORKSHOP)
        return (!plx_invocation_has(invocation, PLX_OPTION_WORKSHOP) ||
                plx_error(error, PLX_ERROR_USAGE, "--workshop is for --reading workshop")) &&
               (!plx_invocation_has(invocation, PLX_OPTION_CODES) ||
                plx_error(error, PLX_ERROR_USAGE, "--codes is for --reading workshop"));
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        if (plx_invocation_has(invocation, others[i]))
            return plx_error(error, PLX_ERROR_USAGE,
                             "--reading workshop does not take --%s: --workshop NAME chooses one "
                             "of several",
                             plx_option_get(others[i])->name);
    return TRUE;
}

/* The client's of --brand; *brand stays NULL without the option. */
static gboolean read_brand(const plx_invocation *invocation, plx_brand **brand, GError **error)
{
    const char *path = plx_invocation_string(invocation, PLX_OPTION_BRAND);
    if (!path)
        return TRUE;
    *brand = plx_brand_read(path, plx_invocation_actor(invocation) != NULL, error);
    return *brand != NULL;
}

/* The one thing to do this week, on one sheet. Of another measure than levels nothing can be lifted
 * from one to the next: there the sheet is that of the gaps. */
static gboolean is_monday(const plx_invocation *invocation)
{
    const char *measure = plx_invocation_string(invocation, PLX_OPTION_MEASURE);
    return plx_invocation_has(invocation, PLX_OPTION_ONE_PAGE) &&
           (!measure || strcmp(measure, "level") == 0);
}

/* What is published is the page of the gaps, and of all answers: a part may name a place or a group
 * of people, and other readings go by places, months and owners. */
static gboolean check_redact(const plx_invocation *invocation, writer write, GError **error)
{
    static const enum plx_option_id others[] = {PLX_OPTION_ONE_PAGE, PLX_OPTION_WHERE,
                                                PLX_OPTION_BY};
    if (!plx_invocation_has(invocation, PLX_OPTION_REDACT))
        return TRUE;
    if (write != gaps_page)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--redact makes a page to publish, of the gaps and the step to take: -o "
                         "FILE must end in .html or .pdf, without --reading");
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        if (plx_invocation_has(invocation, others[i]))
            return plx_error(
                error, PLX_ERROR_USAGE,
                "--redact makes the page of all answers, for publication: leave --%s out",
                plx_option_get(others[i])->name);
    return TRUE;
}

/* Known before a long file is read. */
static gboolean check_options(const plx_invocation *invocation, enum reading reading,
                              const struct plx_reading_view *view, writer write, GError **error)
{
    const gboolean by = plx_invocation_has(invocation, PLX_OPTION_BY);
    if (plx_invocation_has(invocation, PLX_OPTION_POINT) && view != &plx_reading_view_point)
        return plx_error(error, PLX_ERROR_USAGE, "--point is for --reading point");
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    if (!check_redact(invocation, write, error) ||
        (plx_pdf_is(path) && !plx_pdf_ready(path, error)))
        return FALSE;
    if (write == beliefs_page && by)
        return plx_error(error, PLX_ERROR_USAGE,
                         "the page of beliefs goes through the moments once: use --where instead "
                         "of --by (.json, .csv and .txt take it)");
    if (plx_invocation_has(invocation, PLX_OPTION_BRAND) && write != beliefs_page &&
        write != workshop_page)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--brand is for a page to show in a room: --reading beliefs or workshop, "
                         "and -o FILE that ends in .html or .pdf");
    if (!plx_invocation_has(invocation, PLX_OPTION_ONE_PAGE))
        return TRUE;
    if (reading != READING_GAPS && !(view && strcmp(view->name, "next") == 0))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--one-page is one page of its own: leave --reading out");
    if (write == gaps_text && !is_monday(invocation))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--one-page of --measure is a page: -o FILE must end in .html or .pdf");
    if (write != gaps_page && write != view_page && write != gaps_text && write != view_text)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--one-page is a page: -o FILE must end in .html, .pdf or .txt");
    if (by)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--one-page holds one picture: use --where instead of --by");
    return TRUE;
}

/* The page of the gaps, which carries what the other readings say, unless the gaps are what was
 * asked for. */
static gboolean report_gaps(const plx_cmd_source *source, plx_app *app, struct report *report,
                            writer write, GError **error)
{
    g_autoptr(plx_gaps) gaps =
        plx_cmd_source_gaps(source, report->invocation, /* point= */ NULL, error);
    g_autoptr(GPtrArray) sections = NULL;
    g_autoptr(plx_next) next = NULL;
    const gboolean whole = write == gaps_page &&
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
    return write(report, app, error);
}

static gboolean report_view(const plx_cmd_source *source, plx_app *app, struct report *report,
                            writer write, GError **error)
{
    report->other = report->view->read(source, report->invocation, error);
    if (!report->other)
        return FALSE;
    const gboolean ok = write(report, app, error);
    report->view->free(report->other);
    return ok;
}

static gboolean report_workshop(const plx_cmd_source *source, plx_app *app, struct report *report,
                                writer write, GError **error)
{
    g_autoptr(plx_workshop) workshop =
        plx_cmd_source_workshop(source, app, report->invocation, error);
    report->workshop = workshop;
    return workshop && write(report, app, error);
}

static GString *make_monday(const struct report *r, const struct plx_page_options *options)
{
    return plx_monday_page(r->other, options);
}

static gboolean report_monday(const plx_cmd_source *source, plx_app *app, struct report *report,
                              gboolean page, GError **error)
{
    g_autoptr(plx_next) next = plx_reading_view_next.read(source, report->invocation, error);
    if (!next)
        return FALSE;
    report->other = next;
    if (page) {
        append_page(report, plx_app_out(app), make_monday);
        return TRUE;
    }
    g_autoptr(plx_story) story = plx_monday_story(next);
    plx_story_text(story, text_options(report->invocation), plx_app_out(app));
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
static gboolean report_beliefs(const plx_cmd_source *source, plx_app *app, struct report *report,
                               writer write, GError **error)
{
    g_autoptr(plx_beliefs) beliefs = plx_cmd_source_beliefs(source, report->invocation, error);
    report->beliefs = beliefs;
    const char *path = plx_invocation_string(report->invocation, PLX_OPTION_OUTPUT);
    if (!beliefs || !write(report, app, error) || !finish(app, path, error))
        return FALSE;
    if (write != beliefs_page)
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
    enum reading reading;
    struct report report = {.invocation = invocation};
    if (!find_reading(invocation, &reading, &report.view, error))
        return FALSE;
    const writer write = find_writer(path, reading, report.view, error);
    g_autoptr(plx_brand) brand = NULL;
    const char *const name = report.view                   ? report.view->name
                             : reading == READING_WORKSHOP ? "workshop"
                                                           : "beliefs";
    const gboolean alike = report.view ? report.view->alike : reading != READING_GAPS;
    if (!write || !check_options(invocation, reading, report.view, write, error) ||
        !plx_reading_check_weights(name, alike, invocation, error) ||
        !check_workshop(invocation, reading, error) || !read_brand(invocation, &brand, error))
        return FALSE;
    report.brand = brand;
    g_autoptr(plx_cmd_source) source = plx_cmd_source_open(app, invocation, error);
    if (!source)
        return FALSE;
    if (is_monday(invocation))
        return report_monday(source, app, &report, write == gaps_page || write == view_page,
                             error) &&
               finish(app, path, error);
    switch (reading) {
    case READING_BELIEFS:
        return report_beliefs(source, app, &report, write, error);
    case READING_WORKSHOP:
        return report_workshop(source, app, &report, write, error) && finish(app, path, error);
    case READING_VIEW:
        return report_view(source, app, &report, write, error) && finish(app, path, error);
    case READING_GAPS:
    case READINGS:
        break;
    }
    return report_gaps(source, app, &report, write, error) && finish(app, path, error);
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
