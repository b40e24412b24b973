/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Letting go of people: one respondent wholly, or everybody's traces before a day.
 *
 * Both rewrite the blocks concerned, the notes and their index, drop answers worked out before and
 * empty the log, in that order; pages that become free are overwritten with zeros. What lies in
 * copies is out of reach: the receipt names those that are known. Test: tests/store/test_erase.c.
 */

#include "store/engine.h"
#include "store/store.h"

/* Erases whatever has one of these keys (as readers make them, before the workspace's secret). With
 * `dry_run` all is worked out and nothing is kept.
 * Errors: PLX_ERROR_NOT_FOUND when nothing has; nothing is changed then. PLX_ERROR_IO also when it
 * is erased but a reader keeps the log from being emptied. */
gboolean plx_erase_respondent(plx_store *store, const guint64 *keys, gsize n, gboolean dry_run,
                              struct plx_erase_receipt *receipt, GError **error);

/* Makes anonymous what is dated before `day`: who said it, the time of day and the links between
 * encounters go; answers stay. *observations: how many lost something. */
gboolean plx_erase_traces(plx_store *store, gint32 day, gboolean dry_run, guint64 *observations,
                          GError **error);

/* The names of data sets and of audiences that answered: what keys are made with. NULL-terminated,
 * to be freed with g_strfreev. */
char **plx_erase_datasets(const plx_store *store);
char **plx_erase_audiences(const plx_store *store);
