/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/qr.h"

#include <qrcodegen/qrcodegen.h>
#include <string.h>

/* The largest code at level M that PLX_QR_TEXT_MAX bytes need: version 10, 213 bytes. */
#define VERSION 10
#define BYTES qrcodegen_BUFFER_LEN_FOR_VERSION(VERSION)

/* The dark modules of a row, a rectangle for each run of them: no seams between neighbours. */
static void append_row(const uint8_t *code, int y, GString *d)
{
    const int size = qrcodegen_getSize(code);
    for (int x = 0; x < size; x++) {
        const int from = x;
        while (x < size && qrcodegen_getModule(code, x, y))
            x++;
        if (x > from)
            g_string_append_printf(d, "M%d %dh%dv1h-%dz", from + PLX_QR_QUIET, y + PLX_QR_QUIET,
                                   x - from, x - from);
    }
}

plx_svg *plx_qr(const char *text, const char *class_name, const char *label)
{
    uint8_t code[BYTES], work[BYTES];
    const gsize length = strlen(text);
    g_assert(length > 0 && length <= PLX_QR_TEXT_MAX);
    const bool fits =
        qrcodegen_encodeText(text, work, code, qrcodegen_Ecc_MEDIUM, qrcodegen_VERSION_MIN, VERSION,
                             qrcodegen_Mask_AUTO, /* boostEcl= */ false);
    g_assert(fits);
    const int size = qrcodegen_getSize(code);
    const double width = size + 2 * PLX_QR_QUIET;
    plx_svg *const svg = plx_svg_new(width, width, class_name, NULL);
    plx_svg_attribute(svg, "role", "img");
    plx_svg_attribute(svg, "aria-label", label);
    plx_svg_attribute(svg, "shape-rendering", "crispEdges");
    g_autoptr(GString) d = g_string_new(NULL);
    for (int y = 0; y < size; y++)
        append_row(code, y, d);
    plx_svg_path(svg, NULL, d);
    return svg;
}
