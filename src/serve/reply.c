/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/reply.h"

#include "base/json.h"

#include <string.h>
#include <zlib.h>

/* Below, gzip's own bytes and time are not worth it. */
#define GZIP_FROM 512
/* Above, it would take too much memory and time: a copy of a workspace. */
#define GZIP_TO ((gsize)64 * 1024 * 1024)
/* Of every reply that a person sees. */
#define SAFE                                                                                       \
    "Referrer-Policy: no-referrer\r\nCross-Origin-Opener-Policy: same-origin\r\n"                  \
    "Cross-Origin-Resource-Policy: same-origin\r\n"                                                \
    "Permissions-Policy: camera=(), geolocation=(), microphone=()\r\n"

char *plx_reply_hash(const char *text)
{
    guint8 digest[32];
    gsize length = sizeof digest;
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(checksum, (const guchar *)text, (gssize)strlen(text));
    g_checksum_get_digest(checksum, digest, &length);
    g_autofree char *base64 = g_base64_encode(digest, length);
    return g_strdup_printf("sha256-%s", base64);
}

/* "gzip;q=0" is no gzip. */
gboolean plx_reply_takes_gzip(const struct plx_http_head *head)
{
    const struct plx_http_slice accepted = plx_http_head_value(head, "accept-encoding");
    g_autofree char *text = accepted.at ? g_strndup(accepted.at, accepted.length) : NULL;
    g_auto(GStrv) codings = text ? g_strsplit(text, ",", 32) : NULL;
    for (guint i = 0; codings && codings[i]; i++) {
        g_auto(GStrv) parts = g_strsplit(codings[i], ";", 2);
        const char *const name = g_strstrip(parts[0]);
        if (g_ascii_strcasecmp(name, "gzip") != 0 && strcmp(name, "*") != 0)
            continue;
        const char *const q = parts[1] ? strstr(parts[1], "q=") : NULL;
        return !q || g_ascii_strtod(q + 2, NULL) > 0;
    }
    return FALSE;
}

GBytes *plx_reply_pack(GBytes *body)
{
    gsize size;
    const void *const data = g_bytes_get_data(body, &size);
    z_stream stream = {0};
    if (size < GZIP_FROM || size > GZIP_TO)
        return NULL;
    if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    guint8 *const packed = g_malloc(size);
    stream.next_in = (Bytef *)(guintptr)data;
    stream.avail_in = (uInt)size;
    stream.next_out = packed;
    stream.avail_out = (uInt)size;
    const gboolean done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    const gsize length = stream.total_out;
    deflateEnd(&stream);
    if (done)
        return g_bytes_new_take(packed, length);
    g_free(packed);
    return NULL;
}

/* Of a value only what may stand in a header: a line end in it would begin a header, or a reply, of
 * somebody else's making. Control characters and what is not ASCII are percent-encoded. */
static void append_field(GString *fields, const char *name, const char *value)
{
    g_string_append_printf(fields, "%s: ", name);
    for (const char *p = value; *p; p++)
        if (*p >= ' ' && *p < 0x7f)
            g_string_append_c(fields, *p);
        else
            g_string_append_printf(fields, "%%%02X", (guint)(guchar)*p);
    g_string_append(fields, "\r\n");
}

/* The same of a text that is read back: what stands escaped in it stays as it is. */
static void append_text(GString *fields, const char *name, const char *text)
{
    g_autoptr(GString) escaped = g_string_new(text);
    g_string_replace(escaped, "%", "%25", 0);
    append_field(fields, name, escaped->str);
}

/* `packed`: what goes in place of the body, or NULL. */
static struct plx_sent send_either(plx_http_request *request, guint status, GString *fields,
                                   GBytes *body, GBytes *packed)
{
    g_string_append(fields, "Vary: Accept-Encoding\r\n");
    if (packed)
        g_string_append(fields, "Content-Encoding: gzip\r\n");
    const struct plx_http_reply reply = {
        .status = status, .fields = fields->str, .body = packed ? packed : body};
    const struct plx_sent sent = {status, g_bytes_get_size(reply.body)};
    plx_http_reply(request, &reply);
    return sent;
}

/* `body` is taken over. */
static struct plx_sent send_body(plx_http_request *request, guint status, GString *fields,
                                 GBytes *body)
{
    const gboolean packs = plx_reply_takes_gzip(plx_http_request_head(request));
    GBytes *const packed = packs ? plx_reply_pack(body) : NULL;
    const struct plx_sent sent = send_either(request, status, fields, body, packed);
    if (packed)
        g_bytes_unref(packed);
    g_bytes_unref(body);
    return sent;
}

static void append_source(GString *policy, const char *what, const char *hash, gboolean own)
{
    if (hash || own)
        g_string_append_printf(policy, "; %s", what);
    if (own)
        g_string_append(policy, " 'self'");
    if (hash)
        g_string_append_printf(policy, " '%s'", hash);
}

guint plx_reply_retry(guint status)
{
    return status == 503 ? 5 : status == 429 ? 30 : 0;
}

/* How programs show who they are (RFC 9110, 11.6.1); browsers do not ask people for it. */
static void append_challenge(GString *fields, guint status)
{
    if (status == 401)
        g_string_append(fields, "WWW-Authenticate: Bearer\r\n");
}

/* To be freed. */
static GString *fields_of(const struct plx_page_reply *page)
{
    g_autofree char *script = page->script ? plx_reply_hash(page->script) : NULL;
    GString *const fields =
        g_string_new("Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n" SAFE
                     "Content-Security-Policy: default-src 'none'; base-uri 'none'; "
                     "form-action 'self'; frame-ancestors 'none'; img-src 'self' data:");
    append_source(fields, "style-src", page->style, page->assets);
    append_source(fields, "script-src", script, page->assets);
    if (page->script || page->assets)
        g_string_append(fields, "; connect-src 'self'");
    if (page->assets)
        g_string_append(fields, "; manifest-src 'self'; worker-src 'self'");
    g_string_append(fields, "\r\n");
    append_challenge(fields, page->status);
    if (page->cookie)
        append_field(fields, "Set-Cookie", page->cookie);
    const guint retry = page->retry ? page->retry : plx_reply_retry(page->status);
    if (retry)
        g_string_append_printf(fields, "Retry-After: %u\r\n", retry);
    return fields;
}

char *plx_reply_page_fields(const struct plx_page_reply *page)
{
    return g_string_free(fields_of(page), FALSE);
}

struct plx_sent plx_reply_page(plx_http_request *request, const struct plx_page_reply *page)
{
    g_autoptr(GString) fields = fields_of(page);
    return send_body(request, page->status, fields, g_string_free_to_bytes(page->html));
}

struct plx_sent plx_reply_redirect(plx_http_request *request, const char *location,
                                   const char *cookie)
{
    g_autoptr(GString) fields = g_string_new("Cache-Control: no-store\r\n" SAFE);
    append_field(fields, "Location", location);
    if (cookie)
        append_field(fields, "Set-Cookie", cookie);
    const struct plx_http_reply reply = {.status = 303, .fields = fields->str};
    plx_http_reply(request, &reply);
    return (struct plx_sent){303, 0};
}

/* Does the client have it? One tag, or a list; weak ones are as good here. */
static gboolean has_tag(const struct plx_http_head *head, const char *etag)
{
    const struct plx_http_slice known = plx_http_head_value(head, "if-none-match");
    g_autofree char *list = known.at ? g_strndup(known.at, known.length) : NULL;
    g_autofree char *quoted = g_strdup_printf("\"%s\"", etag);
    return list && (strcmp(list, "*") == 0 || strstr(list, quoted));
}

static gboolean is_known(plx_http_request *request, GString *fields, const char *etag)
{
    if (!etag)
        return FALSE;
    g_string_append_printf(fields, "ETag: \"%s\"\r\n", etag);
    if (!has_tag(plx_http_request_head(request), etag))
        return FALSE;
    const struct plx_http_reply reply = {.status = 304, .fields = fields->str};
    plx_http_reply(request, &reply);
    return TRUE;
}

struct plx_sent plx_reply_json(plx_http_request *request, guint status, GString *json,
                               const char *etag)
{
    g_autoptr(GString) fields = g_string_new(etag ? "Cache-Control: no-cache\r\n" SAFE
                                                  : "Cache-Control: no-store\r\n" SAFE);
    if (is_known(request, fields, etag)) {
        g_string_free(json, TRUE);
        return (struct plx_sent){304, 0};
    }
    g_string_append(fields, "Content-Type: application/json\r\n");
    return send_body(request, status, fields, g_string_free_to_bytes(json));
}

struct plx_sent plx_reply_text(plx_http_request *request, const char *type, GString *text)
{
    g_autoptr(GString) fields = g_string_new("Cache-Control: no-store\r\n" SAFE);
    g_string_append_printf(fields, "Content-Type: %s\r\n", type);
    return send_body(request, 200, fields, g_string_free_to_bytes(text));
}

static const char *type_of(const char *name)
{
    static const struct {
        const char *end, *type;
    } types[] = {
        {".html", "text/html; charset=utf-8"},
        {".csv", "text/csv; charset=utf-8"},
        {".json", "application/json"},
        {".txt", "text/plain; charset=utf-8"},
        {".yaml", "text/plain; charset=utf-8"},
        {".jpg", "image/jpeg"},
        {".svg", "image/svg+xml"},
        {".ndjson", "application/x-ndjson"},
        {".gz", "application/gzip"},
        {".pdf", "application/pdf"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(types); i++)
        if (g_str_has_suffix(name, types[i].end))
            return types[i].type;
    return "application/octet-stream";
}

/* It is for the disk, not for the window: it opens with none of our rights. */
struct plx_sent plx_reply_file(plx_http_request *request, const char *name, GBytes *body,
                               const char *line)
{
    g_autoptr(GString) fields =
        g_string_new("Cache-Control: no-store\r\nContent-Security-Policy: sandbox\r\n" SAFE);
    g_autofree char *escaped = g_uri_escape_string(name, NULL, FALSE);
    g_autofree char *as = g_strconcat("attachment; filename*=UTF-8''", escaped, NULL);
    append_field(fields, "Content-Type", type_of(name));
    append_field(fields, "Content-Disposition", as);
    if (line)
        append_text(fields, "Parallax-Command", line);
    return send_body(request, 200, fields, body);
}

struct plx_sent plx_reply_events(plx_http_request *request, guint seconds)
{
    static const char first[] = "retry: 3000\n: here\n\n"; /* so that a proxy passes on the head */
    g_autoptr(GBytes) body = g_bytes_new_static(first, sizeof first - 1);
    const struct plx_http_reply reply = {
        .status = 200,
        .fields = "Content-Type: text/event-stream\r\nCache-Control: no-store\r\n"
                  "X-Accel-Buffering: no\r\n" SAFE,
        .body = body,
        .stays = seconds};
    plx_http_reply(request, &reply);
    return (struct plx_sent){200, sizeof first - 1};
}

struct plx_sent plx_reply_problem(plx_http_request *request, guint status, const char *title,
                                  const char *detail, guint retry_seconds)
{
    GString *const text = g_string_new(NULL);
    plx_json *const json = plx_json_new(text);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "title", title);
    plx_json_integer(json, "status", status);
    plx_json_string(json, "detail", detail);
    plx_json_end_object(json);
    plx_json_free(json);
    g_autoptr(GString) fields = g_string_new("Content-Type: application/problem+json\r\n"
                                             "Cache-Control: no-store\r\n" SAFE);
    append_challenge(fields, status);
    if (retry_seconds)
        g_string_append_printf(fields, "Retry-After: %u\r\n", retry_seconds);
    return send_body(request, status, fields, g_string_free_to_bytes(text));
}

struct plx_sent plx_reply_asset(plx_http_request *request, const char *type, GBytes *body,
                                GBytes *packed, const char *etag)
{
    g_autoptr(GString) fields =
        g_string_new("Cache-Control: public, max-age=31536000, immutable\r\n" SAFE);
    if (is_known(request, fields, etag))
        return (struct plx_sent){304, 0};
    append_field(fields, "Content-Type", type);
    const gboolean packs = plx_reply_takes_gzip(plx_http_request_head(request));
    return send_either(request, 200, fields, body, packs ? packed : NULL);
}
