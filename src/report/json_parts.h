/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What documents of readings have in common; private to report/. Each appends members to the open
 * object. Tests: tests/report/test_gaps_json.c, test_point.c. */

#include "base/json.h"
#include "reading/gaps.h"

/* All of `parallax.NAME/1`. */
void plx_json_reading(plx_json *json, const plx_gaps *gaps, const char *name);
/* Its parts: what was asked of what; how the audiences are called and which are served; the
 * headline. */
void plx_json_scope(plx_json *json, const plx_gaps *gaps); /* window, where, by, totals */
void plx_json_question(plx_json *json, const plx_gaps *gaps);
void plx_json_people(plx_json *json, const plx_gaps *gaps);
void plx_json_headline(plx_json *json, const plx_gaps *gaps);
/* null where it does not exist. */
void plx_json_count(plx_json *json, const char *key, gint64 count);
void plx_json_interval(plx_json *json, const char *key, struct plx_interval ci);
void plx_json_dates(plx_json *json, const char *key, const char *since, const char *until);
void plx_json_scale(plx_json *json, const struct plx_scale *scale);
/* A voice, under its audience's id; `notes`. */
void plx_json_voice(plx_json *json, const plx_gaps *gaps, const struct plx_voice *voice);
void plx_json_notes(plx_json *json, const plx_gaps *gaps);
