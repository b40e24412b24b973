/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/http_head.h"

#include <string.h>

static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

const char *plx_http_method_name(enum plx_http_method method)
{
    return method < G_N_ELEMENTS(methods) ? methods[method] : "";
}

gboolean plx_http_slice_is(struct plx_http_slice slice, const char *text)
{
    return slice.at && strlen(text) == slice.length && memcmp(slice.at, text, slice.length) == 0;
}

gboolean plx_http_slice_is_nocase(struct plx_http_slice slice, const char *text)
{
    return slice.at && strlen(text) == slice.length &&
           g_ascii_strncasecmp(slice.at, text, slice.length) == 0;
}

struct plx_http_slice plx_http_head_value(const struct plx_http_head *head, const char *name)
{
    struct plx_http_slice found = {NULL, 0};
    for (guint i = 0; i < head->n_fields; i++) {
        if (!plx_http_slice_is_nocase(head->fields[i].name, name))
            continue;
        if (found.at)
            return (struct plx_http_slice){NULL, 0};
        found = head->fields[i].value;
    }
    return found;
}

/* Reading ------------------------------------------------------------------------------------ */

struct reading {
    struct plx_http_head *head;
    guint status; /* 0: fine so far */
    const char *why;
};

static gboolean refuse(struct reading *r, guint status, const char *why)
{
    r->status = status;
    r->why = why;
    return FALSE;
}

static gboolean is_token(char c)
{
    return g_ascii_isalnum(c) || (c && strchr("!#$%&'*+-.^_`|~", c));
}

/* Line ends: a CR LF, and no CR or LF beside. -1: more is needed, -2: refused. */
static gssize find_line(struct reading *r, const char *bytes, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        if (bytes[i] == '\n') {
            refuse(r, 400, "a line ends in LF without CR");
            return -2;
        }
        if (bytes[i] != '\r')
            continue;
        if (i + 1 == length)
            return -1;
        if (bytes[i + 1] == '\n')
            return (gssize)i;
        refuse(r, 400, "a CR stands alone");
        return -2;
    }
    return -1;
}

/* The request line ---------------------------------------------------------------------------- */

static gboolean is_target(char c)
{
    return c > ' ' && c < 0x7f && !strchr("\"<>\\^`{|}#", c);
}

static int hex_pair(const char *at, gsize left)
{
    if (left < 2 || !g_ascii_isxdigit(at[0]) || !g_ascii_isxdigit(at[1]))
        return -1;
    return g_ascii_xdigit_value(at[0]) * 16 + g_ascii_xdigit_value(at[1]);
}

/* A dot, plain or encoded, at `at`; *length is what it takes. */
static gboolean is_dot(const char *at, const char *end, gsize *length)
{
    *length = 1;
    if (at < end && *at == '.')
        return TRUE;
    *length = 3;
    return end - at >= 3 && at[0] == '%' && hex_pair(at + 1, 2) == '.';
}

/* Of the path from `at` (after a slash) on: is its first segment "." or ".."? */
static gboolean is_dots(const char *at, const char *end)
{
    gsize length;
    for (guint dots = 0; dots < 2; dots++) {
        if (!is_dot(at, end, &length))
            return FALSE;
        at += length;
        if (at == end || *at == '/')
            return TRUE;
    }
    return FALSE;
}

static gboolean check_encoded(struct reading *r, const char *at, const char *end, gboolean path)
{
    const int c = hex_pair(at, (gsize)(end - at));
    if (c < 0)
        return refuse(r, 400, "a percent sign in the target is not followed by two hex digits");
    if (c == 0 || (path && (c == '/' || c == '\\')))
        return refuse(r, 400, "the target hides a slash, a backslash or a NUL");
    return TRUE;
}

static gboolean check_target(struct reading *r, struct plx_http_slice target)
{
    const char *const end = target.at + target.length;
    gboolean path = TRUE;
    for (const char *p = target.at; p < end; p++) {
        if (*p == '?')
            path = FALSE;
        if (!is_target(*p))
            return refuse(r, 400, "the target holds a character that must be encoded");
        if (*p == '%' && !check_encoded(r, p + 1, end, path))
            return FALSE;
    }
    return TRUE;
}

static gboolean take_target(struct reading *r, struct plx_http_slice target)
{
    if (target.length == 0 || target.at[0] != '/')
        return refuse(r, 400, "the target is not a path");
    if (target.length > PLX_HTTP_TARGET_MAX)
        return refuse(r, 414, "the target is too long");
    if (!check_target(r, target))
        return FALSE;
    const char *const mark = memchr(target.at, '?', target.length);
    const guint path = mark ? (guint)(mark - target.at) : target.length;
    r->head->path = (struct plx_http_slice){target.at, path};
    r->head->query =
        (struct plx_http_slice){mark ? mark + 1 : NULL, mark ? target.length - path - 1 : 0};
    for (guint i = 0; i < path; i++)
        if (target.at[i] == '/' && is_dots(target.at + i + 1, target.at + path))
            return refuse(r, 400, "a segment of the path is \".\" or \"..\"");
    return TRUE;
}

static gboolean take_version(struct reading *r, struct plx_http_slice version)
{
    if (version.length != 8 || memcmp(version.at, "HTTP/", 5) != 0 ||
        !g_ascii_isdigit(version.at[5]) || version.at[6] != '.' || !g_ascii_isdigit(version.at[7]))
        return refuse(r, 400, "the request line does not end in a version");
    if (version.at[5] != '1' || version.at[7] > '1')
        return refuse(r, 505, "the version is not HTTP/1.1 or HTTP/1.0");
    r->head->minor = version.at[7] == '1' ? 1 : 0;
    r->head->keep_alive = r->head->minor == 1;
    return TRUE;
}

static gboolean take_request_line(struct reading *r, const char *line, gsize length)
{
    const char *const first = memchr(line, ' ', length);
    const gsize method = first ? (gsize)(first - line) : length;
    for (gsize i = 0; i < method; i++)
        if (!is_token(line[i]))
            return refuse(r, 400, "the method is not a token");
    const char *const second = first ? memchr(first + 1, ' ', length - method - 1) : NULL;
    if (method == 0 || method > 16 || !second)
        return refuse(r, 400, "the request line is not METHOD TARGET VERSION");
    r->head->method = PLX_HTTP_OTHER;
    for (guint i = 0; i < G_N_ELEMENTS(methods); i++)
        if (plx_http_slice_is((struct plx_http_slice){line, (guint)method}, methods[i]))
            r->head->method = (enum plx_http_method)i;
    const struct plx_http_slice version = {second + 1, (guint)(line + length - second - 1)};
    return take_version(r, version) &&
           take_target(r, (struct plx_http_slice){first + 1, (guint)(second - first - 1)});
}

/* Headers ------------------------------------------------------------------------------------- */

static gboolean take_field(struct reading *r, const char *line, gsize length)
{
    const char *const colon = memchr(line, ':', length);
    if (line[0] == ' ' || line[0] == '\t')
        return refuse(r, 400, "a header is folded over lines");
    if (!colon || colon == line)
        return refuse(r, 400, "a header has no name");
    for (const char *p = line; p < colon; p++)
        if (!is_token(*p))
            return refuse(r, 400, "the name of a header is not a token");
    const char *from = colon + 1, *to = line + length;
    for (const char *p = from; p < to; p++)
        if ((guchar)*p < ' ' ? *p != '\t' : *p == 0x7f)
            return refuse(r, 400, "a header holds a control character");
    while (from < to && (*from == ' ' || *from == '\t'))
        from++;
    while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
        to--;
    if (r->head->n_fields == PLX_HTTP_HEADERS_MAX)
        return refuse(r, 431, "there are too many headers");
    r->head->fields[r->head->n_fields++] =
        (struct plx_http_field){{line, (guint)(colon - line)}, {from, (guint)(to - from)}};
    return TRUE;
}

static gboolean take_length(struct reading *r, struct plx_http_slice value)
{
    gint64 length = 0;
    if (r->head->content_length >= 0)
        return refuse(r, 400, "there are two Content-Length");
    if (value.length == 0 || value.length > 18)
        return refuse(r, 400, "Content-Length is not a number");
    for (guint i = 0; i < value.length; i++) {
        if (!g_ascii_isdigit(value.at[i]))
            return refuse(r, 400, "Content-Length is not a number");
        length = length * 10 + (value.at[i] - '0');
    }
    r->head->content_length = length;
    return TRUE;
}

static gboolean take_encoding(struct reading *r, struct plx_http_slice value)
{
    if (r->head->chunked)
        return refuse(r, 400, "there are two Transfer-Encoding");
    if (r->head->minor == 0)
        return refuse(r, 400, "HTTP/1.0 has no Transfer-Encoding");
    if (!plx_http_slice_is_nocase(value, "chunked"))
        return refuse(r, 501, "Transfer-Encoding is not chunked");
    r->head->chunked = TRUE;
    return TRUE;
}

static gboolean take_host(struct reading *r, struct plx_http_slice value)
{
    if (r->head->host.at)
        return refuse(r, 400, "there are two Host");
    if (value.length == 0 || value.length > 255)
        return refuse(r, 400, "Host is empty or too long");
    for (guint i = 0; i < value.length; i++)
        if (!g_ascii_isalnum(value.at[i]) && !strchr("-._:[]~", value.at[i]))
            return refuse(r, 400, "Host is not a host");
    r->head->host = value;
    return TRUE;
}

/* Tokens of a list, case of letters apart. */
static void take_connection(struct plx_http_head *head, struct plx_http_slice value)
{
    g_autofree char *text = g_strndup(value.at, value.length);
    g_auto(GStrv) tokens = g_strsplit(text, ",", -1);
    for (guint i = 0; tokens[i]; i++) {
        g_strstrip(tokens[i]);
        if (g_ascii_strcasecmp(tokens[i], "close") == 0)
            head->keep_alive = FALSE;
        else if (head->minor == 0 && g_ascii_strcasecmp(tokens[i], "keep-alive") == 0)
            head->keep_alive = TRUE;
    }
}

static gboolean take_meaning(struct reading *r, const struct plx_http_field *field)
{
    if (plx_http_slice_is_nocase(field->name, "content-length"))
        return take_length(r, field->value);
    if (plx_http_slice_is_nocase(field->name, "transfer-encoding"))
        return take_encoding(r, field->value);
    if (plx_http_slice_is_nocase(field->name, "host"))
        return take_host(r, field->value);
    if (plx_http_slice_is_nocase(field->name, "connection"))
        take_connection(r->head, field->value);
    if (plx_http_slice_is_nocase(field->name, "expect")) {
        if (!plx_http_slice_is_nocase(field->value, "100-continue"))
            return refuse(r, 417, "what is expected is not known");
        r->head->expects_continue = r->head->minor == 1;
    }
    return TRUE;
}

static gboolean check_whole(struct reading *r)
{
    for (guint i = 0; i < r->head->n_fields; i++)
        if (!take_meaning(r, &r->head->fields[i]))
            return FALSE;
    if (r->head->minor == 1 && !r->head->host.at)
        return refuse(r, 400, "there is no Host");
    if (r->head->chunked && r->head->content_length >= 0)
        return refuse(r, 400, "there are Content-Length and Transfer-Encoding");
    return TRUE;
}

/* All lines; *used is where the body begins. */
static guint read_lines(struct reading *r, const char *bytes, gsize length, gsize *used)
{
    gsize at = length >= 2 && bytes[0] == '\r' && bytes[1] == '\n' ? 2 : 0; /* RFC 9112, 2.2 */
    for (gboolean first = TRUE;; first = FALSE) {
        const gssize line = find_line(r, bytes + at, length - at);
        if (line < 0)
            return line == -2 ? r->status : PLX_HTTP_MORE;
        if (line == 0 && !first) {
            *used = at + 2;
            return check_whole(r) ? PLX_HTTP_READ : r->status;
        }
        if (!(first ? take_request_line(r, bytes + at, (gsize)line)
                    : take_field(r, bytes + at, (gsize)line)))
            return r->status;
        at += (gsize)line + 2;
    }
}

guint plx_http_head_read(const char *bytes, gsize length, struct plx_http_head *head, gsize *used,
                         const char **why)
{
    struct reading r = {.head = head};
    head->n_fields = 0;
    head->host = (struct plx_http_slice){NULL, 0};
    head->chunked = FALSE;
    head->content_length = -1;
    head->expects_continue = FALSE;
    guint status = read_lines(&r, bytes, MIN(length, PLX_HTTP_HEAD_MAX), used);
    if (status == PLX_HTTP_MORE && length >= PLX_HTTP_HEAD_MAX) {
        status = 431;
        r.why = "the head is too long";
    }
    if (status != PLX_HTTP_MORE && status != PLX_HTTP_READ)
        *why = r.why;
    return status;
}

char *plx_http_head_read_rest(const char *bytes, gsize length, struct plx_http_head *head)
{
    gsize used;
    const char *why;
    const char *const end = memchr(bytes, '\n', length);
    if (!end)
        return NULL;
    g_autoptr(GString) text = g_string_new("GET / HTTP/1.1\r\n");
    g_string_append_len(text, end + 1, (gssize)(bytes + length - (end + 1)));
    return plx_http_head_read(text->str, text->len, head, &used, &why) == PLX_HTTP_READ
               ? g_string_free(g_steal_pointer(&text), FALSE)
               : NULL;
}
