/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The only way out of reading/: what may be shown of an exact result (docs/privacy.md).
 * reading/suppress.h hides before anything is compared; this makes the released
 * form and is the one function that does. Test: tests/reading/test_privacy.c. */

#include "reading/gaps_exact.h"

/* Copies what may be shown. `name` is the source's. Errors: PLX_ERROR_NOT_SHOWN when there are
 * answers but none may be shown; the message names the remedy. */
plx_gaps *plx_privacy_release(const struct plx_exact *exact, const char *name, GError **error);
