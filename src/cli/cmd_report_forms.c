/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report: what was read, in each of its forms. */
#include "cli/cmd_report_private.h"

#include "cli/pdf.h"
#include "report/gaps_csv.h"
#include "report/gaps_json.h"
#include "report/gaps_page.h"
#include "report/gaps_table.h"
#include "report/gaps_xlsx.h"
#include "report/monday.h"
#include "report/reveal.h"
#include "report/room_page.h"

#define TEXT_WIDTH 100 /* of .txt: a page of paper or a mail, not this terminal */

static const struct plx_table_options *text_options(const plx_invocation *invocation)
{
    static const struct plx_table_options plain = {.width = TEXT_WIDTH, .unicode = TRUE};
    static const struct plx_table_options verbose = {
        .width = TEXT_WIDTH, .unicode = TRUE, .verbose = TRUE};
    return plx_invocation_has(invocation, PLX_OPTION_VERBOSE) ? &verbose : &plain;
}

static void append_page(const struct plx_report *r, GString *out,
                        GString *(*make)(const struct plx_report *r,
                                         const struct plx_page_options *o))
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

static GString *make_gaps(const struct plx_report *r, const struct plx_page_options *options)
{
    return plx_invocation_has(r->invocation, PLX_OPTION_ONE_PAGE)
               ? plx_gaps_one_page(r->gaps, options)
               : plx_gaps_page(r->gaps, options);
}

static GString *make_reveal(const struct plx_report *r, const struct plx_page_options *options)
{
    return plx_reveal_page(r->beliefs, options);
}

static GString *make_room(const struct plx_report *r, const struct plx_page_options *options)
{
    return plx_room_page(r->workshop, options);
}

static GString *make_view(const struct plx_report *r, const struct plx_page_options *options)
{
    g_autoptr(plx_story) story = r->view->story(r->other);
    return plx_story_page(story, options);
}

static gboolean gaps_page(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    append_page(r, plx_app_out(app), make_gaps);
    return TRUE;
}

static gboolean gaps_json(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_gaps_json(r->gaps, "gaps", plx_app_out(app));
    return TRUE;
}

static gboolean gaps_csv(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_gaps_csv(r->gaps, plx_app_out(app));
    return TRUE;
}

static gboolean gaps_text(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_gaps_table(r->gaps, text_options(r->invocation), plx_app_out(app));
    return TRUE;
}

/* A spreadsheet is no text: no newline is added behind it. */
static gboolean gaps_xlsx(const struct plx_report *r, plx_app *app, GError **error)
{
    g_autofree char *command = plx_written_line(r->invocation);
    const struct plx_page_options options = {.version = PLX_VERSION, .command = command};
    plx_app_set_binary(app);
    return plx_gaps_xlsx(r->gaps, &options, plx_app_out(app), error);
}

static gboolean beliefs_page(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    append_page(r, plx_app_out(app), make_reveal);
    return TRUE;
}

static gboolean beliefs_json(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_beliefs_json(r->beliefs, plx_app_out(app));
    return TRUE;
}

static gboolean beliefs_csv(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_beliefs_csv(r->beliefs, plx_app_out(app));
    return TRUE;
}

static gboolean beliefs_text(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_beliefs_table(r->beliefs, text_options(r->invocation), plx_app_out(app));
    return TRUE;
}

static gboolean workshop_page(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    append_page(r, plx_app_out(app), make_room);
    return TRUE;
}

static gboolean workshop_json(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_workshop_json(r->workshop, plx_app_out(app));
    return TRUE;
}

static gboolean workshop_csv(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_workshop_csv(r->workshop, plx_app_out(app));
    return TRUE;
}

static gboolean workshop_text(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    plx_workshop_table(r->workshop, text_options(r->invocation), plx_app_out(app));
    return TRUE;
}

static gboolean view_page(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    append_page(r, plx_app_out(app), make_view);
    return TRUE;
}

static gboolean view_json(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    r->view->json(r->other, plx_app_out(app));
    return TRUE;
}

static gboolean view_csv(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    r->view->csv(r->other, plx_app_out(app));
    return TRUE;
}

static gboolean view_text(const struct plx_report *r, plx_app *app, GError **error)
{
    (void)error;
    g_autoptr(plx_story) story = r->view->story(r->other);
    plx_story_text(story, text_options(r->invocation), plx_app_out(app));
    return TRUE;
}

typedef gboolean (*writer)(const struct plx_report *r, plx_app *app, GError **error);

static const writer writers[PLX_REPORT_READINGS][PLX_REPORT_FORMS] = {
    [PLX_REPORT_GAPS] = {gaps_page, gaps_xlsx, gaps_json, gaps_csv, gaps_text},
    [PLX_REPORT_BELIEFS] = {beliefs_page, NULL, beliefs_json, beliefs_csv, beliefs_text},
    [PLX_REPORT_WORKSHOP] = {workshop_page, NULL, workshop_json, workshop_csv, workshop_text},
    [PLX_REPORT_VIEW] = {view_page, NULL, view_json, view_csv, view_text},
};

gboolean plx_report_writes(enum plx_report_reading reading, enum plx_report_form form)
{
    return writers[reading][form] != NULL;
}

gboolean plx_report_write(const struct plx_report *report, plx_app *app, GError **error)
{
    return writers[report->reading][report->form](report, app, error);
}

static GString *make_monday(const struct plx_report *r, const struct plx_page_options *options)
{
    return plx_monday_page(r->other, options);
}

void plx_report_write_monday(const struct plx_report *report, plx_app *app)
{
    if (report->form == PLX_REPORT_PAGE) {
        append_page(report, plx_app_out(app), make_monday);
        return;
    }
    g_autoptr(plx_story) story = plx_monday_story(report->other);
    plx_story_text(story, text_options(report->invocation), plx_app_out(app));
}
