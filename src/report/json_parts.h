/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What documents of readings have in common; private to report/. Each appends members to the open
 * object. Tests: tests/report/test_gaps_json.c, test_point.c. */

#include "base/json.h"
#include "reading/gaps.h"

/* All of `parallax.NAME/1`. */
void plx_json_reading(plx_json *json, const plx_gaps *gaps, const char *name);
/* A voice, under its audience's id; `notes`. */
void plx_json_voice(plx_json *json, const plx_gaps *gaps, const struct plx_voice *voice);
void plx_json_notes(plx_json *json, const plx_gaps *gaps);
