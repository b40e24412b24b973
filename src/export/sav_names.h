/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Names and codes that SPSS takes. Test: tests/export/test_sav.c. */

#include <glib.h>

/* Outside of every scale (map/scale.h: -100..100). */
#define PLX_SAV_NA 998
#define PLX_SAV_DECLINED 999

/* Names of variables for columns (struct plx_export_column): letters, digits, "_" and "." of ASCII,
 * beginning with a letter, not ending in "." or "_", at most 64 bytes, no reserved word, unique
 * also without regard to case. To be freed with g_strfreev. */
char **plx_sav_names(const GArray *columns);
