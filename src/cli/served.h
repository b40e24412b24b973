/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Readings for programs: the command of a name on a served workspace, with --format json. Only
 * commands that read, only options that name no file. Test: tests/serve/test_api.py. */

#include "serve/server.h"

gboolean plx_served_reading(const char *workspace, const char *name, const char *const *options,
                            GString *out, GError **error);
