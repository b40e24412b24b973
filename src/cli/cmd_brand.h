/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The client's brand on pages. Tests: tests/cli/cases/brand. */

#include "cli/invocation.h"
#include "report/brand.h"

/* That of --brand, else the one that the workspace keeps, where the first argument is one; *brand
 * stays NULL where there is none. */
gboolean plx_cmd_brand(const plx_invocation *invocation, plx_brand **brand, GError **error);
