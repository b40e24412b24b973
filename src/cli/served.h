/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Commands of a served workspace. Readings are for whoever may read: only commands that read, only
 * options that name no file. What people of the app do is any command; who may which says
 * serve/commands.c. Tests: tests/serve/test_api.py, tests/serve/test_commands.py. */

#include "serve/server.h"

/* plx_server_reading, plx_server_command */
gboolean plx_served_reading(const char *workspace, const plx_store_roll *roll, const char *name,
                            const char *const *options, GString *out, GError **error);
gboolean plx_served_command(const char *workspace, const struct plx_server_task *task,
                            struct plx_server_done *done, GError **error);
