/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The workspace that `demo` writes: the sample taken in, and two steps registered in its past as
 * somebody would have: one for the real improvement, one for what only looks like one. All times
 * come from the truth, none from the clock. Tests: tests/cli/cases/demo-*, docs/steps.md. */

#include "cli/app.h"

#define PLX_DEMO_WORKSPACE "demo.plx"

struct plx_demo_sample {
    plx_app *app;
    const char *map_text;
    const GString *csv;
};

/* Writes it to a path that must not exist; `sample` is a struct plx_demo_sample. */
gboolean plx_demo_workspace_make(const char *path, gconstpointer sample, GError **error);

/* FALSE when there is a file that no demo wrote: somebody's own workspace. */
gboolean plx_demo_workspace_is_own(const char *path);
