/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of `report` share: what is asked for, checked before anything is read, and written
 * in the form that the name of the file ends in. Tests: tests/cli/cases/report-*. */

#include "cli/cmd_report.h"
#include "cli/reading.h"
#include "report/beliefs.h"
#include "report/brand.h"
#include "report/next.h"
#include "report/workshop.h"

/* VIEW: one of plx_reading_views. */
enum plx_report_reading {
    PLX_REPORT_GAPS,
    PLX_REPORT_BELIEFS,
    PLX_REPORT_WORKSHOP,
    PLX_REPORT_VIEW,
    PLX_REPORT_READINGS
};

enum plx_report_form {
    PLX_REPORT_PAGE, /* .pdf, too: it is the page as it is printed */
    PLX_REPORT_XLSX,
    PLX_REPORT_JSON,
    PLX_REPORT_CSV,
    PLX_REPORT_TEXT,
    PLX_REPORT_FORMS
};

/* What is read of the source, and the form it is written in. */
struct plx_report {
    const plx_invocation *invocation;
    enum plx_report_reading reading;
    enum plx_report_form form;
    const struct plx_reading_view *view; /* of VIEW, else NULL */
    const plx_gaps *gaps;                /* of `gaps` */
    const plx_beliefs *beliefs;          /* of `beliefs` */
    const plx_workshop *workshop;        /* of `workshop` */
    gpointer other;                      /* of a view: what it has read */
    const GPtrArray *sections;           /* of `gaps`: stories of the other readings, or NULL */
    const plx_next *next;                /* of `gaps`: the step to take, or NULL */
    const plx_brand *brand;              /* or NULL */
};

/* cmd_report_check.c: reading, view and form, by the options. Errors: PLX_ERROR_USAGE. */
gboolean plx_report_choose(struct plx_report *report, GError **error);
/* Whether the other options go with them. */
gboolean plx_report_check(const struct plx_report *report, GError **error);
/* Is it a page to be shown in a room, with the client's brand? */
gboolean plx_report_is_for_room(const struct plx_report *report);
/* The one thing to do this week, on one sheet. */
gboolean plx_report_is_monday(const plx_invocation *invocation);

/* cmd_report_forms.c: appends it to what goes out. Is there such a form of a reading? */
gboolean plx_report_writes(enum plx_report_reading reading, enum plx_report_form form);
gboolean plx_report_write(const struct plx_report *report, plx_app *app, GError **error);
/* `other` is the reading `next`. */
void plx_report_write_monday(const struct plx_report *report, plx_app *app);
