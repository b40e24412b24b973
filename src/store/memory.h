/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An engine that keeps rows as they are in memory, and says in plain code what engine.h promises:
 * the one others are compared with. Exact, slow, gone when it is freed.
 * Test: tests/store/test_conformance.c. */

#include "store/engine.h"

/* `yaml` is the map's text, `name` what messages call it; NULL `yaml`: a map that takes any point.
 * Errors: those of the map. */
plx_engine *plx_memory_engine_new(const char *yaml, const char *name, GError **error);
