/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The map as a drawing for a document: chart/plan.h filled in. Tests: tests/chart/test_plan.c,
 * tests/cli/cases/map-export-svg. */

#include "chart/svg.h"
#include "map/map.h"

plx_svg *plx_map_plan(const plx_map *map);
