/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A page as a PDF, printed by a Chromium that is installed: none comes with this program.
 *
 * The browser runs without a window, with a profile of its own that goes with it, without network,
 * and for PLX_PDF_SECONDS at most. A page is there whole or not at all. Its bytes hold the time at
 * which it was printed, so they are not the same twice. Tests: tests/cli/cases/report-pdf-*,
 * tests/web/report.test.mjs. */

#include <glib.h>

#define PLX_PDF_SECONDS 90

/* Whether the name ends in .pdf. */
gboolean plx_pdf_is(const char *path);
/* Known before a long file is read. Errors: PLX_ERROR_NOT_FOUND with what to install, and the way
 * by hand. */
gboolean plx_pdf_ready(const char *path, GError **error);
/* Turns a page into its PDF. Errors: PLX_ERROR_NOT_FOUND, PLX_ERROR_IO; the page stays then. */
gboolean plx_pdf_print(GString *page, GError **error);
