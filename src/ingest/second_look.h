/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The second look: what a sink suspects is looked at again and decided.
 *
 * The input is read once more for the suspect encounters alone (a million of them at a time, so
 * that memory stays bounded). Rows are compared by 64-bit identity and 128-bit content hashes:
 * equal ones are taken back from the sink and counted; what contradicts becomes a fault of the
 * later row that names both lines. Test: tests/ingest/test_bad_input.c, test_accepted.c. */

#include "ingest/worker.h"

struct plx_look {
    const plx_binding *binding;
    plx_reader *reader;
    plx_worker *const *workers;
    guint n_workers;
    plx_sink *sink;
    const plx_line_table *lines;
    guint64 max_errors;        /* what is left of the allowance: more contradictions end the look */
    struct plx_faults *faults; /* gets the contradictions */
    guint64 duplicates;        /* out: observations taken back */
};

gboolean plx_second_look(struct plx_look *look, const struct plx_suspect *suspects, gsize n,
                         GError **error);
