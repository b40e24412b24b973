/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The head of a request from any bytes: whatever is cut off says MORE or the same refusal, slices
 * lie within what was used, and what is taken can be read in one way only: no bare CR or LF, one
 * Content-Length, none beside chunks. */

#include "serve/fields.h"
#include "serve/proxy.h"

#include <stdint.h>
#include <string.h>

static void within(struct plx_http_slice slice, const char *bytes, gsize used)
{
    g_assert(!slice.at || (slice.at >= bytes && slice.at + slice.length <= bytes + used));
}

static void check(const struct plx_http_head *head, const char *bytes, gsize used)
{
    gint lengths = 0, encodings = 0;
    within(head->path, bytes, used);
    within(head->query, bytes, used);
    within(head->host, bytes, used);
    g_assert(head->path.length > 0 && head->path.at[0] == '/');
    for (guint i = 0; i < head->n_fields; i++) {
        within(head->fields[i].name, bytes, used);
        within(head->fields[i].value, bytes, used);
        g_assert(!memchr(head->fields[i].value.at, '\n', head->fields[i].value.length));
        lengths += plx_http_slice_is_nocase(head->fields[i].name, "content-length");
        encodings += plx_http_slice_is_nocase(head->fields[i].name, "transfer-encoding");
    }
    g_assert(lengths + encodings <= 1);
    g_assert(head->chunked == (encodings == 1));
    for (gsize i = 0; i < used; i++)
        g_assert(bytes[i] == '\n' ? i > 0 && bytes[i - 1] == '\r'
                                  : bytes[i] != '\r' || bytes[i + 1] == '\n');
}

static void use(const struct plx_http_head *head)
{
    const char *why = NULL;
    struct plx_client client;
    g_autoptr(plx_ranges) trusted = plx_ranges_parse("10.0.0.0/8", NULL);
    g_autofree char *path = plx_url_decode(head->path, FALSE, &why);
    g_autoptr(plx_fields) query = plx_fields_parse(head->query, &why);
    g_assert((path && query) || why);
    g_assert(!path || g_utf8_validate(path, -1, NULL));
    g_assert(plx_proxy_client(trusted, "10.0.0.1", head, &client));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *const bytes = (const char *)data;
    struct plx_http_head head, part;
    gsize used = 0, part_used = 0;
    const char *why = NULL, *part_why = NULL;
    const guint status = plx_http_head_read(bytes, size, &head, &used, &why);
    g_assert((status == PLX_HTTP_MORE || status == PLX_HTTP_READ) == !why);
    if (status == PLX_HTTP_READ) {
        check(&head, bytes, used);
        use(&head);
    }
    struct plx_http_head rest;
    g_autofree char *text = plx_http_head_read_rest(bytes, size, &rest);
    g_assert(!text || (rest.method == PLX_HTTP_GET && plx_http_slice_is(rest.path, "/")));
    const gsize cut = status == PLX_HTTP_READ ? used - 1 : size / 2;
    const guint earlier = plx_http_head_read(bytes, cut, &part, &part_used, &part_why);
    g_assert(earlier == PLX_HTTP_MORE || (status != PLX_HTTP_READ && earlier == status));
    return 0;
}
