/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The workspace file as an engine: the functions of import.h, inbox.h, imports.h, erase.h,
 * map_log.h, export_scan.h and store.h behind engine.h, nothing else.
 * Test: tests/store/test_conformance.c. */

#include "store/engine.h"
#include "store/store.h"

/* The store must be open for writing and outlive the engine. */
plx_engine *plx_sqlite_engine_new(plx_store *store);
