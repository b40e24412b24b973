/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/multipart.h"

#include <string.h>

enum { BOUNDARY_MAX = 70, HEADERS_MAX = 8 }; /* RFC 2046 */

struct plx_multipart {
    GArray *parts; /* struct plx_part */
};

struct reading {
    const guint8 *at, *end;
    char mark[BOUNDARY_MAX + 5]; /* CR LF - - BOUNDARY */
    gsize mark_length;
    const char *why;
};

static gboolean refuse(struct reading *r, const char *why)
{
    r->why = why;
    return FALSE;
}

static void clear_part(gpointer data)
{
    struct plx_part *const part = data;
    g_free(part->name);
    g_free(part->filename);
    g_free(part->type);
    g_free(part->text);
}

static gboolean is_token(char c)
{
    return g_ascii_isalnum(c) || (c && strchr("!#$%&'*+-.^_`|~", c));
}

/* Parameters of a header: ; name=token, ; name="text" ------------------------------------------ */

struct param {
    struct plx_http_slice name;
    char value[PLX_MULTIPART_NAME + 1];
};

static void skip_blanks(const char **at, const char *end)
{
    while (*at < end && (**at == ' ' || **at == '\t'))
        (*at)++;
}

/* Browsers write %22 for a quote (the URL standard's way), others a backslash before it. */
static gboolean take_quoted(const char **at, const char *end, char *value)
{
    gsize n = 0;
    const char *p = *at + 1;
    for (; p < end && *p != '"'; p++) {
        if (*p == '\\' && p + 1 < end && (p[1] == '"' || p[1] == '\\'))
            p++;
        if (n == PLX_MULTIPART_NAME)
            return FALSE;
        value[n++] = *p;
    }
    value[n] = '\0';
    *at = p + 1;
    return p < end;
}

static gboolean take_token(const char **at, const char *end, char *value, gsize most)
{
    gsize n = 0;
    for (; *at < end && is_token(**at); (*at)++) {
        if (n == most)
            return FALSE;
        value[n++] = **at;
    }
    value[n] = '\0';
    return n > 0;
}

/* 1: one was taken; 0: there are no more; -1: it is none. */
static int take_param(const char **at, const char *end, struct param *param)
{
    skip_blanks(at, end);
    if (*at == end)
        return 0;
    if (*(*at)++ != ';')
        return -1;
    skip_blanks(at, end);
    param->name.at = *at;
    while (*at < end && is_token(**at))
        (*at)++;
    param->name.length = (guint)(*at - param->name.at);
    if (param->name.length == 0 || *at == end || *(*at)++ != '=')
        return -1;
    if (*at < end && **at == '"')
        return take_quoted(at, end, param->value) ? 1 : -1;
    return take_token(at, end, param->value, PLX_MULTIPART_NAME) ? 1 : -1;
}

/* "type/subtype", in lower case; *at is behind it. NULL: none. */
static char *take_type(const char **at, const char *end)
{
    const char *const from = *at, *slash = NULL;
    guint slashes = 0;
    for (; *at < end && (is_token(**at) || **at == '/'); (*at)++)
        if (**at == '/') {
            slash = *at;
            slashes++;
        }
    if (slashes != 1 || slash == from || slash + 1 == *at || *at - from > PLX_MULTIPART_NAME)
        return NULL;
    return g_ascii_strdown(from, *at - from);
}

static gboolean is_boundary(const char *text)
{
    const gsize length = strlen(text);
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_isalnum(text[i]) && !strchr("'()+_,-./:=? ", text[i]))
            return FALSE;
    return length >= 1 && length <= BOUNDARY_MAX && text[length - 1] != ' ';
}

static gboolean take_boundary(struct reading *r, struct plx_http_slice type)
{
    const char *at = type.at, *const end = at ? at + type.length : NULL;
    g_autofree char *kind = type.at ? take_type(&at, end) : NULL;
    struct param param = {.value = ""};
    int more;
    if (!kind || strcmp(kind, "multipart/form-data") != 0)
        return refuse(r, "the type is not multipart/form-data");
    while ((more = take_param(&at, end, &param)) > 0) {
        if (!plx_http_slice_is_nocase(param.name, "boundary"))
            continue;
        if (r->mark_length > 0 || !is_boundary(param.value))
            return refuse(r, "the boundary is none, or there are two");
        r->mark_length = (gsize)g_snprintf(r->mark, sizeof r->mark, "\r\n--%s", param.value);
    }
    if (more < 0 || r->mark_length == 0)
        return refuse(r, "the type names no boundary");
    return TRUE;
}

/* Headers of a part --------------------------------------------------------------------------- */

static gboolean is_text(const char *text)
{
    for (const char *p = text; *p; p++)
        if ((guchar)*p < ' ' || *p == 0x7f)
            return FALSE;
    return g_utf8_validate(text, -1, NULL);
}

static gboolean take_disposition(struct reading *r, const char *at, const char *end,
                                 struct plx_part *part)
{
    char kind[16];
    struct param param = {.value = ""};
    int more;
    if (part->name)
        return refuse(r, "a part has two Content-Disposition");
    if (!take_token(&at, end, kind, sizeof kind - 1) || g_ascii_strcasecmp(kind, "form-data") != 0)
        return refuse(r, "a part is not form-data");
    while ((more = take_param(&at, end, &param)) > 0) {
        char **const to = plx_http_slice_is_nocase(param.name, "name")       ? &part->name
                          : plx_http_slice_is_nocase(param.name, "filename") ? &part->filename
                                                                             : NULL;
        if (!to || *to || !is_text(param.value))
            return refuse(r, "a part's Content-Disposition is not name and filename");
        *to = g_strdup(param.value);
    }
    if (more < 0 || !part->name || !*part->name)
        return refuse(r, "a part has no name");
    return TRUE;
}

static gboolean take_part_type(struct reading *r, const char *at, const char *end,
                               struct plx_part *part)
{
    struct param param = {.value = ""};
    int more;
    if (part->type)
        return refuse(r, "a part has two Content-Type");
    part->type = take_type(&at, end);
    while (part->type && (more = take_param(&at, end, &param)) != 0)
        if (more < 0)
            return refuse(r, "a part's Content-Type is none");
    return part->type ? TRUE : refuse(r, "a part's Content-Type is none");
}

static gboolean take_header(struct reading *r, const char *line, gsize length,
                            struct plx_part *part)
{
    const char *const colon = memchr(line, ':', length), *const end = line + length;
    for (const char *p = line; p < end; p++)
        if (((guchar)*p < ' ' && *p != '\t') || *p == 0x7f)
            return refuse(r, "a part's header holds a control character");
    if (!colon || !is_token(line[0]))
        return refuse(r, "a part's header has no name");
    const struct plx_http_slice name = {line, (guint)(colon - line)};
    const char *at = colon + 1;
    skip_blanks(&at, end);
    if (plx_http_slice_is_nocase(name, "content-disposition"))
        return take_disposition(r, at, end, part);
    if (plx_http_slice_is_nocase(name, "content-type"))
        return take_part_type(r, at, end, part);
    return refuse(r, "a part has a header that is not known");
}

static gboolean take_headers(struct reading *r, struct plx_part *part)
{
    for (guint n = 0;; n++) {
        const gsize left = (gsize)(r->end - r->at);
        const guint8 *const eol = memmem(r->at, left, "\r\n", 2);
        if (!eol)
            return refuse(r, "a part's headers do not end");
        const char *const line = (const char *)r->at;
        const gsize length = (gsize)(eol - r->at);
        r->at = eol + 2;
        if (length == 0)
            return part->name ? TRUE : refuse(r, "a part has no name");
        if (n == HEADERS_MAX)
            return refuse(r, "a part has too many headers");
        if (!take_header(r, line, length, part))
            return FALSE;
    }
}

/* Parts --------------------------------------------------------------------------------------- */

/* CR LF, alone too in what browsers send on, become LF. */
static gboolean take_text(struct reading *r, struct plx_part *part)
{
    if (part->length > PLX_MULTIPART_FIELD)
        return refuse(r, "a field is too long");
    GString *const text = g_string_sized_new(part->length);
    for (gsize i = 0; i < part->length; i++)
        if (part->bytes[i] != '\r' || i + 1 == part->length || part->bytes[i + 1] != '\n')
            g_string_append_c(text, (char)part->bytes[i]);
    part->text = g_string_free(text, FALSE);
    for (const char *p = part->text; *p; p++)
        if (((guchar)*p < ' ' && *p != '\t' && *p != '\n') || *p == 0x7f)
            return refuse(r, "a field holds a control character");
    if (memchr(part->bytes, '\0', part->length) || !g_utf8_validate(part->text, -1, NULL))
        return refuse(r, "a field is not UTF-8");
    part->bytes = NULL;
    part->length = strlen(part->text);
    return TRUE;
}

static gboolean take_part(struct reading *r, struct plx_part *part)
{
    if (!take_headers(r, part))
        return FALSE;
    const guint8 *const end = memmem(r->at, (gsize)(r->end - r->at), r->mark, r->mark_length);
    if (!end)
        return refuse(r, "a part does not end");
    part->bytes = r->at;
    part->length = (gsize)(end - r->at);
    r->at = end + r->mark_length;
    return part->filename || take_text(r, part);
}

/* Behind a boundary: "--" and the end, or CR LF and another part. 1, 0 or -1. */
static int goes_on(struct reading *r)
{
    const gsize left = (gsize)(r->end - r->at);
    if (left >= 2 && memcmp(r->at, "\r\n", 2) == 0) {
        r->at += 2;
        return 1;
    }
    if ((left == 2 || (left == 4 && memcmp(r->at + 2, "\r\n", 2) == 0)) &&
        memcmp(r->at, "--", 2) == 0)
        return 0;
    refuse(r, "a boundary is not followed by a part or the end");
    return -1;
}

static gboolean take_parts(struct reading *r, plx_multipart *multipart)
{
    const gsize first = r->mark_length - 2; /* without the line end before it */
    int more;
    if ((gsize)(r->end - r->at) < first || memcmp(r->at, r->mark + 2, first) != 0)
        return refuse(r, "the body does not begin with the boundary");
    r->at += first;
    while ((more = goes_on(r)) > 0) {
        struct plx_part part = {.name = NULL};
        if (multipart->parts->len == PLX_MULTIPART_PARTS)
            return refuse(r, "there are too many parts");
        const gboolean taken = take_part(r, &part);
        g_array_append_val(multipart->parts, part);
        if (!taken)
            return FALSE;
    }
    return more == 0;
}

plx_multipart *plx_multipart_parse(struct plx_http_slice type, const guint8 *body, gsize length,
                                   const char **why)
{
    struct reading r = {.at = body, .end = body ? body + length : NULL};
    g_autoptr(plx_multipart) multipart = g_new(plx_multipart, 1);
    multipart->parts = g_array_new(FALSE, FALSE, sizeof(struct plx_part));
    g_array_set_clear_func(multipart->parts, clear_part);
    if (take_boundary(&r, type) && take_parts(&r, multipart))
        return g_steal_pointer(&multipart);
    *why = r.why;
    return NULL;
}

void plx_multipart_free(plx_multipart *multipart)
{
    if (!multipart)
        return;
    g_array_unref(multipart->parts);
    g_free(multipart);
}

guint plx_multipart_n(const plx_multipart *multipart)
{
    return multipart->parts->len;
}

const struct plx_part *plx_multipart_at(const plx_multipart *multipart, guint i)
{
    return &g_array_index(multipart->parts, struct plx_part, i);
}

const struct plx_part *plx_multipart_get(const plx_multipart *multipart, const char *name)
{
    const struct plx_part *found = NULL;
    for (guint i = 0; i < multipart->parts->len; i++) {
        const struct plx_part *const part = plx_multipart_at(multipart, i);
        if (strcmp(part->name, name) != 0)
            continue;
        if (found)
            return NULL;
        found = part;
    }
    return found;
}
