/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a row says, as 128 bits: to find the same observation again in another import.
 *
 * `key` is what makes it the same observation (encounter, subject, journey, prompt, item, time; of
 * a note about nothing also its words), `content` is all that it says, keys included. Both are sums
 * over what is not empty, so a column that is missing and one that is empty are the same.
 * A late row (store/late.h) says what it would without that.
 * Codes must be those of the file. Test: tests/store/test_content.c. */

#include "store/rowset.h"

struct plx_content {
    guint64 key[2];
    guint64 content[2];
};

/* `with_encounter` FALSE leaves out encounters and units of rows whose respondent is not known:
 * where they have no key of their own these differ from file to file. */
void plx_content_of(const struct plx_rowset *rows, const guint32 *measure_code,
                    gboolean with_encounter, struct plx_content *out);

/* Takes encounter and unit of a row, made with_encounter, out of what it says, which becomes its
 * key: of people whose keys are made up anew by each import. */
void plx_content_forget_keys(const struct plx_rowset *rows, guint32 row,
                             struct plx_content *content);

/* Takes `seen` of a row that has it out of what it says: as if it had said nothing of it. */
void plx_content_forget_seen(const struct plx_rowset *rows, guint32 row,
                             struct plx_content *content);

/* Adds to a sum over rows that is the same for the same rows in any order. */
void plx_content_sum(const struct plx_content *contents, guint32 n, guint64 sum[2]);

/* The same of all rows at once, with encounters, keeping none of them: quicker, as encounters say
 * most of it once for all their rows. Not where some rows are late. */
void plx_content_add_up(const struct plx_rowset *rows, const guint32 *measure_code, guint64 sum[2]);

/* Orders struct plx_content by what they say, for qsort and bsearch. */
int plx_content_compare(const void *a, const void *b);
