/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sheets of QR codes to be printed and cut: six cards a sheet, each with what is asked, where it
 * hangs, the code and its address to be typed. One self-contained HTML file that loads and sends
 * nothing; the same cards give the same bytes. Tests: tests/report/test_qr_sheet.c; printed, looked
 * at and read back by a decoder in tests/web/qr.test.mjs. */

#include <glib.h>

enum plx_paper_size { PLX_PAPER_A4, PLX_PAPER_LETTER };

struct plx_qr_card {
    const char *language, *direction; /* of the texts of the card: "ar", "rtl" */
    const char *title;                /* who asks; or NULL */
    gint64 number;                    /* of the link, for whoever hangs it up; 0: not said */
    const char *question;             /* "How was it?" */
    const char *place, *about;        /* where it hangs, what it is about; or NULL */
    const char *how;                  /* "Point the camera of your phone here, ..." */
    const char *opens;                /* "From 24 December 2026"; NULL: it is open */
    const char *privacy;              /* what is promised; or NULL */
    const char *url;                  /* at most PLX_QR_TEXT_MAX bytes (chart/qr.h) */
};

/* `title` of the page; at least one card. */
GString *plx_qr_sheet(const char *title, enum plx_paper_size size, const struct plx_qr_card *cards,
                      guint n);
