/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report: what is asked for, known before a long file is read. */
#include "cli/cmd_report_private.h"

#include "base/error.h"
#include "base/suggest.h"
#include "cli/pdf.h"

#include <string.h>

static const char *const own_readings[PLX_REPORT_VIEW] = {"gaps", "beliefs", "workshop"};

static const struct {
    const char *end;
    enum plx_report_form form;
} extensions[] = {{".html", PLX_REPORT_PAGE}, {".htm", PLX_REPORT_PAGE},  {".pdf", PLX_REPORT_PAGE},
                  {".xlsx", PLX_REPORT_XLSX}, {".json", PLX_REPORT_JSON}, {".csv", PLX_REPORT_CSV},
                  {".txt", PLX_REPORT_TEXT}};

/* All names there are; how many. */
#define NAMES_MAX 32
static guint reading_names(const char **names)
{
    guint n = 0;
    for (guint i = 0; i < PLX_REPORT_VIEW; i++)
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

static gboolean is_reading(const char *name, struct plx_report *report)
{
    report->view = strcmp(name, plx_reading_view_point.name) == 0 ? &plx_reading_view_point
                                                                  : plx_reading_view_find(name);
    for (guint i = 0; i < PLX_REPORT_VIEW; i++)
        if (strcmp(name, own_readings[i]) == 0) {
            report->reading = (enum plx_report_reading)i;
            return TRUE;
        }
    report->reading = PLX_REPORT_VIEW;
    return report->view != NULL;
}

static gboolean find_reading(struct plx_report *report, GError **error)
{
    const char *const *asked = plx_invocation_list(report->invocation, PLX_OPTION_READING);
    const char *names[NAMES_MAX];
    const guint n = reading_names(names);
    g_autofree char *list = name_list(names, n);
    report->reading = PLX_REPORT_GAPS;
    for (guint i = 0; asked[i]; i++) {
        if (!is_reading(asked[i], report)) {
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

static gboolean find_form(struct plx_report *report, GError **error)
{
    const char *const path = plx_invocation_string(report->invocation, PLX_OPTION_OUTPUT);
    const gboolean gaps = report->reading == PLX_REPORT_GAPS;
    if (!path)
        return plx_error(error, PLX_ERROR_USAGE,
                         "report writes a file: add -o FILE, which ends in .html, .pdf,%s .json, "
                         ".csv or .txt",
                         gaps ? " .xlsx," : "");
    g_autofree char *lower = g_ascii_strdown(path, -1);
    for (guint i = 0; i < G_N_ELEMENTS(extensions); i++)
        if (g_str_has_suffix(lower, extensions[i].end) &&
            plx_report_writes(report->reading, extensions[i].form)) {
            report->form = extensions[i].form;
            return TRUE;
        }
    if (gaps)
        return plx_error(error, PLX_ERROR_USAGE,
                         "-o \"%s\": expected a file that ends in .html, .pdf, .xlsx, .json, .csv "
                         "or .txt",
                         path);
    return plx_error(error, PLX_ERROR_USAGE,
                     "-o \"%s\": the reading %s is written as a file that ends in .html, .pdf, "
                     ".json, .csv or .txt",
                     path, report->view ? report->view->name : own_readings[report->reading]);
}

gboolean plx_report_choose(struct plx_report *report, GError **error)
{
    return find_reading(report, error) && find_form(report, error);
}

/* A workshop is one event: --workshop and --audiences choose of it, and of nothing else. */
static gboolean check_workshop(const struct plx_report *report, GError **error)
{
    static const enum plx_option_id others[] = {
        PLX_OPTION_SINCE, PLX_OPTION_UNTIL, PLX_OPTION_WHERE, PLX_OPTION_BY, PLX_OPTION_MEASURE};
    const plx_invocation *const invocation = report->invocation;
    if (report->reading != PLX_REPORT_WORKSHOP)
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

/* The one thing to do this week, on one sheet. Of another measure than levels nothing can be lifted
 * from one to the next: there the sheet is that of the gaps. */
gboolean plx_report_is_monday(const plx_invocation *invocation)
{
    const char *measure = plx_invocation_string(invocation, PLX_OPTION_MEASURE);
    return plx_invocation_has(invocation, PLX_OPTION_ONE_PAGE) &&
           (!measure || strcmp(measure, "level") == 0);
}

/* What is published is the page of the gaps, and of all answers: a part may name a place or a group
 * of people, and other readings go by places, months and owners. */
static gboolean check_redact(const struct plx_report *report, GError **error)
{
    static const enum plx_option_id others[] = {PLX_OPTION_ONE_PAGE, PLX_OPTION_WHERE,
                                                PLX_OPTION_BY};
    const plx_invocation *const invocation = report->invocation;
    if (!plx_invocation_has(invocation, PLX_OPTION_REDACT))
        return TRUE;
    if (report->reading != PLX_REPORT_GAPS || report->form != PLX_REPORT_PAGE)
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

static gboolean check_one_page(const struct plx_report *report, GError **error)
{
    const plx_invocation *const invocation = report->invocation;
    const gboolean next = report->view && strcmp(report->view->name, "next") == 0;
    if (!plx_invocation_has(invocation, PLX_OPTION_ONE_PAGE))
        return TRUE;
    if (report->reading != PLX_REPORT_GAPS && !next)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--one-page is one page of its own: leave --reading out");
    if (report->reading == PLX_REPORT_GAPS && report->form == PLX_REPORT_TEXT &&
        !plx_report_is_monday(invocation))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--one-page of --measure is a page: -o FILE must end in .html or .pdf");
    if (report->form != PLX_REPORT_PAGE && report->form != PLX_REPORT_TEXT)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--one-page is a page: -o FILE must end in .html, .pdf or .txt");
    return !plx_invocation_has(invocation, PLX_OPTION_BY) ||
           plx_error(error, PLX_ERROR_USAGE,
                     "--one-page holds one picture: use --where instead of --by");
}

gboolean plx_report_is_for_room(const struct plx_report *report)
{
    return report->form == PLX_REPORT_PAGE &&
           (report->reading == PLX_REPORT_BELIEFS || report->reading == PLX_REPORT_WORKSHOP);
}

static gboolean check_weights(const struct plx_report *report, GError **error)
{
    const char *const name = report->view                             ? report->view->name
                             : report->reading == PLX_REPORT_WORKSHOP ? "workshop"
                                                                      : "beliefs";
    const gboolean alike = report->view ? report->view->alike : report->reading != PLX_REPORT_GAPS;
    return plx_reading_check_weights(name, alike, report->invocation, error);
}

gboolean plx_report_check(const struct plx_report *report, GError **error)
{
    const plx_invocation *const invocation = report->invocation;
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    const gboolean room = plx_report_is_for_room(report);
    if (plx_invocation_has(invocation, PLX_OPTION_POINT) && report->view != &plx_reading_view_point)
        return plx_error(error, PLX_ERROR_USAGE, "--point is for --reading point");
    if (!check_redact(report, error) || (plx_pdf_is(path) && !plx_pdf_ready(path, error)))
        return FALSE;
    if (room && report->reading == PLX_REPORT_BELIEFS &&
        plx_invocation_has(invocation, PLX_OPTION_BY))
        return plx_error(error, PLX_ERROR_USAGE,
                         "the page of beliefs goes through the moments once: use --where instead "
                         "of --by (.json, .csv and .txt take it)");
    if (plx_invocation_has(invocation, PLX_OPTION_BRAND) && !room)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--brand is for a page to show in a room: --reading beliefs or workshop, "
                         "and -o FILE that ends in .html or .pdf");
    return check_one_page(report, error) && check_weights(report, error) &&
           check_workshop(report, error);
}
