/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the codebook share. */

#include "voice/codebook.h"

struct plx_codebook {
    guint8 key[PLX_CODEBOOK_KEY];
    guint32 next;        /* id of the next theme: above all that ever were */
    GPtrArray *themes;   /* struct plx_theme, by id */
    GPtrArray *memory;   /* owns what themes point to */
    GHashTable *codings; /* prompt -> its answers: hash -> id of the theme */
};

struct plx_theme *plx_codebook_own(const plx_codebook *book, guint32 id);
void plx_codebook_set_title(plx_codebook *book, struct plx_theme *theme, const char *title);
void plx_codebook_set_points(plx_codebook *book, struct plx_theme *theme,
                             const char *const *points);
