/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Fields of a form or of a query, "name=value&name=value" (the URL standard's
 * application/x-www-form-urlencoded), decoded: "+" is a blank, "%41" an "A". Names and values are
 * UTF-8 without NUL; other control characters but tab and line ends are refused, and CR LF becomes
 * LF, as people's texts have it. Pure. Tests: tests/serve/test_fields.c, fuzz/fuzz_fields.c. */

#include "serve/http_head.h"

enum { PLX_FIELDS_MAX = 1000 };

typedef struct plx_fields plx_fields;

/* NULL: *why (static) says what is wrong with it: 400. An absent or empty slice has no fields. */
plx_fields *plx_fields_parse(struct plx_http_slice text, const char **why);
void plx_fields_free(plx_fields *fields);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_fields, plx_fields_free)

/* The value of a name that occurs once; NULL when it does not, or occurs again. */
const char *plx_fields_get(const plx_fields *fields, const char *name);
/* The i-th of all, in order; FALSE behind the last. */
gboolean plx_fields_at(const plx_fields *fields, guint i, const char **name, const char **value);

/* A piece decoded (percent signs; "+" too where `plus`), or NULL with *why. */
char *plx_url_decode(struct plx_http_slice text, gboolean plus, const char **why);
