/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A side of a comparison in words. Test: tests/report/test_compare_words.c. */

#include "reading/compare.h"

/* "Hull", "Graz or Wien, web (channel)", "February to March 2026"; a file by its name. To be
 * freed. */
char *plx_compare_side_words(const struct plx_compare_sided *side);
