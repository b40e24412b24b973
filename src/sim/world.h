/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One sample of the truth: the demo's ratings as a canonical file.
 *
 * The same seed gives the same bytes; another seed gives other customers, staff, shoppers and
 * shocks of the same truth. Leaders are a complete voice and the same in every world.
 * Test: tests/sim/test_world.c. */

#include "sim/truth.h"

#include <glib.h>

/* Appends the file to `csv`: header, leaders, staff, sheets, shoppers, customers. */
void plx_world_write(const struct plx_truth *truth, guint64 seed, GString *csv);
