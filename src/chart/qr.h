/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* QR codes (ISO/IEC 18004) of level M, a picture each: what an address is printed as, to be read by
 * a phone's camera. Test: tests/chart/test_qr.c; read back by a decoder in tests/web/qr.test.mjs.
 */

#include "chart/svg.h"

/* Longer texts make codes with modules too fine for a phone at arm's length. */
#define PLX_QR_TEXT_MAX 200 /* bytes */
#define PLX_QR_QUIET 4      /* modules of white all around, as the standard asks for */

/* Of a text of 1 to PLX_QR_TEXT_MAX bytes: one path, `label` is what is read aloud. The viewBox
 * counts in modules, with the quiet ones. */
plx_svg *plx_qr(const char *text, const char *class_name, const char *label);
