/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between the files of the consistency story; private to report/.
 * Tests: tests/report/test_consistency.c. */

#include "report/consistency.h"

/* Drawings of one kind that a story shows; what else stands out is told in words. */
#define PLX_CONSISTENCY_DRAWINGS 3

/* "answered below Expected", "mean"; of a share "37 %", of a mean "3.4". */
void plx_consistency_value_title(const struct plx_consistency_point *p, GString *out);
void plx_consistency_value(const struct plx_consistency_point *p, double value, GString *out);
void plx_consistency_range(const struct plx_consistency_point *p, struct plx_interval range,
                           GString *out);

/* A funnel of places, or a control chart, with the table that says the same. */
void plx_consistency_draw_funnel(const plx_consistency *c, const struct plx_consistency_point *p,
                                 plx_story *story);
void plx_consistency_draw_chart(const plx_consistency *c, const struct plx_consistency_point *p,
                                plx_story *story);
