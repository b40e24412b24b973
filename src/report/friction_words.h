/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sentences of friction; private to report/friction_*.c. Each appends onto `out`. Test:
 * tests/report/test_friction.c. */

#include "reading/friction.h"
#include "report/story.h"

/* "87", of 100; an en dash where there is none; "at least 87". "84–90"; nothing without one. */
void plx_friction_of_100(GString *out, double share);
void plx_friction_range(GString *out, struct plx_interval ci);
void plx_friction_number(GString *out, const struct plx_friction_figure *figure);
/* "1"; "2–5"; an en dash. */
void plx_friction_rank(GString *out, const struct plx_friction_point *point);

/* "fell below Expected", of several; "Below Expected", over a column. */
void plx_friction_did(GString *out, const struct plx_friction_point *point,
                      enum plx_friction_kind kind);
const char *plx_friction_column(enum plx_friction_kind kind);

/* The one sentence; what friction is here; a point with all of its parts; who does not see it. */
void plx_friction_lead(const plx_friction *friction, GString *out);
void plx_friction_meaning(const plx_friction *friction, GString *out);
void plx_friction_point_text(const plx_friction *friction, const struct plx_friction_point *point,
                             GString *out);
/* friction_ticks.c: the table of the card of the whole journey; nothing where nobody ticked it. */
void plx_friction_ticks_table(const plx_friction *friction, plx_story *story);
void plx_friction_unseen_text(const plx_friction *friction, const struct plx_friction_point *point,
                              GString *out);
