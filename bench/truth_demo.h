/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A sample of the demo, or of a truth near it, as a source. For the judges. */

#include "sim/truth.h"
#include "voice/source.h"

struct plx_truth_demo {
    plx_map *map;
    GString *csv;
    plx_source *source;
};

struct plx_truth_demo plx_truth_demo_new(const struct plx_truth *truth, guint64 seed);
void plx_truth_demo_clear(struct plx_truth_demo *demo);
