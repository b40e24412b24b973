/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Compares text with tests/report/golden/NAME. After a wanted change: run the test with
 * PLX_GOLDEN=write, then read the difference before committing it. */

#include <glib.h>

static inline void golden_assert(const char *name, const GString *text)
{
    g_autofree char *path = g_build_filename(GOLDEN_DIR, name, NULL);
    if (g_strcmp0(g_getenv("PLX_GOLDEN"), "write") == 0) {
        g_assert_true(g_file_set_contents(path, text->str, (gssize)text->len, NULL));
        return;
    }
    g_autofree char *wanted = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(path, &wanted, NULL, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(text->str, ==, wanted);
}
