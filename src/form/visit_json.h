/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Looking at JSON that others wrote: what is wrong is said with the way to it ("moments[2].level"),
 * all of it at once. Private to form/. Tests: tests/form/test_visit_report.c. */

#include <glib.h>
#include <jansson.h>

#define PLX_FAULTS_MAX 20

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

/* Appends "WAY: MESSAGE"; of more than PLX_FAULTS_MAX the rest is left out. */
void plx_fault(GPtrArray *faults, const char *way, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* "WAY.KEY", or "KEY" where the way is ""; to be freed. */
char *plx_fault_way(const char *way, const char *key);

/* Is it an object? Members other than these (up to NULL) are faults. */
gboolean plx_look_object(json_t *value, const char *way, const char *const *members,
                         GPtrArray *faults);
/* The elements of a member that is a list of at most `most`; absent or null: 0. */
gsize plx_look_list(json_t *object, const char *way, const char *key, gsize most,
                    GPtrArray *faults);
/* Words without blanks around them, at most `most` characters, without control characters but line
 * ends and tabs; NULL: absent, null, blank or faulty. To be freed. */
char *plx_look_words(json_t *object, const char *way, const char *key, gsize most,
                     GPtrArray *faults);
/* A whole number from min to max; FALSE: absent, null or faulty, and *number stays. */
gboolean plx_look_number(json_t *object, const char *way, const char *key, gint64 min, gint64 max,
                         gint64 *number, GPtrArray *faults);
