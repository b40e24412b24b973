/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A file with what was told: the report as it is (form/visit_report.h), or what the page on the
 * phone saved, with its pictures ("format": "parallax.visit-kept/1"; docs/visits.md).
 * Test: tests/serve/test_visit_file.c. */

#include "serve/visit_desk.h"

#define PLX_VISIT_FILE_BYTES_MAX (512 * 1024 * 1024)

/* Takes it for a visit or walk within a write transaction, as plx_visit_desk_send does. Errors:
 * those, and PLX_ERROR_INPUT for a file that was saved before all was told, or of another visit,
 * and for a picture that is none. */
gboolean plx_visit_file_take(struct plx_visit_desk *desk, const plx_visit *visit,
                             const struct plx_visit_parcel *parcel, enum plx_visit_put *put,
                             GError **error);
