/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The client's name, logo, colour and words on a page (option --brand; docs/workshop-reference.md):
 *
 *     name: Café Sonne
 *     logo: sonne.svg            # PNG, JPEG or SVG, at most 512 kB; beside this file
 *     colour: "#0b7a75"
 *     words:
 *       en: {title: A morning together, closing: Thank you. We talk again on 1 June.}
 *       de: {title: Ein Vormittag, closing: Danke.}
 *
 * The logo goes into the page as a data: URL, and may be written as one in base64; the page shows
 * it as an image, in which a browser runs and loads nothing. Every key may be left out. Test:
 * tests/report/test_brand.c. */

#include "base/json.h"

#include <glib.h>

#define PLX_LOGO_BYTES_MAX ((gsize)512 * 1000)

typedef struct plx_brand plx_brand;

struct plx_brand {
    char *name;   /* or NULL */
    char *logo;   /* "data:image/png;base64,…", or NULL */
    char *colour; /* "#0b7a75", or NULL */
    /* May text have the colour on our light ground, and on our dark one? It needs a contrast of
     * 4.5 (WCAG 2.2, 1.4.3); else it is for bands only, which say nothing. */
    gboolean text_on_light, text_on_dark;
    double contrast_light, contrast_dark; /* 0 without a colour */
    GHashTable *words;                    /* "en/title" -> text */
};

/* `beside`: of somebody who may read no other files of ours; the logo is then a name, no path.
 * Errors: PLX_ERROR_IO (brand or logo cannot be read), PLX_ERROR_INPUT with FILE:LINE:COLUMN:
 * unknown keys ("did you mean"), a colour that is none, a logo that is too large or no image by
 * its first bytes. */
plx_brand *plx_brand_read(const char *path, gboolean beside, GError **error);
/* The same of a text called `name` in messages, whose logo is within, or beside the file `name`. */
plx_brand *plx_brand_read_memory(const char *text, const char *name, GError **error);
/* Appends it as a file that can be read again, with its logo within. */
void plx_brand_write(const plx_brand *brand, GString *out);
/* Its members: as in the file, and what the colour is good for. */
void plx_brand_json(const plx_brand *brand, plx_json *json);
void plx_brand_free(plx_brand *brand);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_brand, plx_brand_free)

/* The client's words for `key` ("title") in a language, or NULL where there are none: ours stand
 * there. `brand` may be NULL. */
const char *plx_brand_word(const plx_brand *brand, const char *language, const char *key);

/* Rules for a style sheet: --brand is the colour of bands, --brand-text that of words. Without a
 * colour they are the page's own. To be freed. */
char *plx_brand_css(const plx_brand *brand);
