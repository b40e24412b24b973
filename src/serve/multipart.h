/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The body of a form with files (multipart/form-data, RFC 7578), read as strictly as the head of a
 * request: lines end in CR LF, nothing stands before the first boundary or behind the last but one
 * line end, each part has one Content-Disposition with a name and, if it is a file, a filename (of
 * which nothing is used as a path), and at most one Content-Type. Nothing is copied but names and
 * the values of fields. Pure. Tests: tests/serve/test_multipart.c, fuzz/fuzz_multipart.c. */

#include "serve/http_head.h"

enum {
    PLX_MULTIPART_PARTS = 64,
    PLX_MULTIPART_NAME = 200, /* bytes of a name, a filename, a type */
    PLX_MULTIPART_FIELD = 65536
};

struct plx_part {
    char *name;          /* UTF-8, not empty */
    char *filename;      /* UTF-8, of a file; NULL: a field */
    char *type;          /* "image/jpeg", in lower case, without parameters; NULL: none was named */
    char *text;          /* of a field: UTF-8 without NUL, CR LF as LF; NULL: a file */
    const guint8 *bytes; /* of a file: in the body */
    gsize length;
};

typedef struct plx_multipart plx_multipart;

/* `type` is the request's Content-Type. `body` must outlive the result. NULL: *why (static) says
 * what is wrong with it: 400. */
plx_multipart *plx_multipart_parse(struct plx_http_slice type, const guint8 *body, gsize length,
                                   const char **why);
void plx_multipart_free(plx_multipart *multipart);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_multipart, plx_multipart_free)

guint plx_multipart_n(const plx_multipart *multipart);
const struct plx_part *plx_multipart_at(const plx_multipart *multipart, guint i);
/* The part of a name that occurs once; else NULL. */
const struct plx_part *plx_multipart_get(const plx_multipart *multipart, const char *name);
