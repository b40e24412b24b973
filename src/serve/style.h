/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Style sheets of pages. Each page has one, that of all pages with what its kind adds, in its
 * <style>; the policy names it by its hash. To hash it is a seventh of what a form costs, so a
 * server does that once, at its start. Test: tests/serve/test_style.c. */

#include <glib.h>

enum plx_style {
    PLX_STYLE_PLAIN, /* that of all pages alone */
    PLX_STYLE_ACCOUNT,
    PLX_STYLE_FORM,
    PLX_STYLE_KIOSK,
    PLX_STYLE_VISIT,
    PLX_STYLE_WORKSHOP,
    PLX_STYLES
};

/* What goes into <style>; to be freed. */
char *plx_style_text(enum plx_style style);

/* The hashes of all of them, never changed: for any thread. */
typedef struct plx_style_hashes plx_style_hashes;
plx_style_hashes *plx_style_hashes_new(void);
void plx_style_hashes_free(plx_style_hashes *hashes);
/* "sha256-…", for plx_page_reply. */
const char *plx_style_hash(const plx_style_hashes *hashes, enum plx_style style);
