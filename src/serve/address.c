/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/address.h"

#include "base/error.h"

#include <arpa/inet.h>
#include <string.h>

static const guint8 v4_begins[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

gboolean plx_address_parse(const char *text, struct plx_address *address)
{
    struct plx_address parsed;
    memcpy(parsed.byte, v4_begins, sizeof v4_begins);
    if (inet_pton(AF_INET, text, parsed.byte + sizeof v4_begins) != 1 &&
        inet_pton(AF_INET6, text, parsed.byte) != 1)
        return FALSE;
    *address = parsed;
    return TRUE;
}

gboolean plx_address_is_v4(const struct plx_address *address)
{
    return memcmp(address->byte, v4_begins, sizeof v4_begins) == 0;
}

gboolean plx_address_is_loopback(const struct plx_address *address)
{
    static const guint8 one[16] = {[15] = 1};
    return plx_address_is_v4(address) ? address->byte[12] == 127
                                      : memcmp(address->byte, one, sizeof one) == 0;
}

static struct plx_address cut(const struct plx_address *address, guint bits)
{
    struct plx_address left = *address;
    for (guint i = 0; i < sizeof left.byte; i++) {
        const guint here = bits > 8 * i ? MIN(bits - 8 * i, 8) : 0;
        left.byte[i] = (guint8)(left.byte[i] & (0xff00U >> here));
    }
    return left;
}

struct plx_address plx_address_cut(const struct plx_address *address, guint v4_bits, guint v6_bits)
{
    return cut(address, plx_address_is_v4(address) ? 96 + v4_bits : v6_bits);
}

/* Ranges ---------------------------------------------------------------------------------------*/

struct range {
    struct plx_address first;
    guint bits;
};

struct plx_ranges {
    GArray *all; /* struct range */
};

static gboolean parse_bits(const char *text, guint most, guint *bits)
{
    guint64 value;
    if (!g_ascii_string_to_unsigned(text, 10, 0, most, &value, NULL))
        return FALSE;
    *bits = (guint)value;
    return TRUE;
}

static gboolean parse_range(char *text, struct range *range)
{
    char *const slash = strchr(text, '/');
    if (slash)
        *slash = '\0';
    if (!plx_address_parse(text, &range->first))
        return FALSE;
    const gboolean v4 = plx_address_is_v4(&range->first) && !strchr(text, ':');
    guint bits = v4 ? 32 : 128;
    if (slash && !parse_bits(slash + 1, bits, &bits))
        return FALSE;
    range->bits = v4 ? 96 + bits : bits;
    const struct plx_address first = cut(&range->first, range->bits);
    return memcmp(&first, &range->first, sizeof first) == 0;
}

plx_ranges *plx_ranges_parse(const char *text, GError **error)
{
    g_autoptr(plx_ranges) ranges = g_new(plx_ranges, 1);
    ranges->all = g_array_new(FALSE, FALSE, sizeof(struct range));
    g_auto(GStrv) parts = g_strsplit(*text ? text : " ", ",", -1); /* "" has no part at all */
    for (guint i = 0; parts[i]; i++) {
        struct range range;
        g_autofree char *part = g_strdup(g_strstrip(parts[i]));
        if (!parse_range(part, &range)) {
            plx_error(error, PLX_ERROR_USAGE,
                      "\"%s\" is not an address or a range such as 192.0.2.1 or 10.0.0.0/8",
                      parts[i]);
            return NULL;
        }
        g_array_append_val(ranges->all, range);
    }
    return g_steal_pointer(&ranges);
}

void plx_ranges_free(plx_ranges *ranges)
{
    if (!ranges)
        return;
    g_array_unref(ranges->all);
    g_free(ranges);
}

gboolean plx_ranges_have(const plx_ranges *ranges, const struct plx_address *address)
{
    for (guint i = 0; i < ranges->all->len; i++) {
        const struct range *const range = &g_array_index(ranges->all, struct range, i);
        const struct plx_address first = cut(address, range->bits);
        if (memcmp(&first, &range->first, sizeof first) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Where to listen ------------------------------------------------------------------------------*/

static gboolean parse_port(const char *text, guint16 *port)
{
    guint64 value;
    if (!g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT16, &value, NULL))
        return FALSE;
    *port = (guint16)value;
    return TRUE;
}

/* "[::1]:80" and "::1": a colon within an address is no port's. */
static gboolean split(const char *text, char **address, const char **port)
{
    const char *const colon = strrchr(text, ':');
    *port = NULL;
    if (text[0] == '[') {
        const char *const end = strchr(text, ']');
        if (!end || (end[1] && end[1] != ':'))
            return FALSE;
        *address = g_strndup(text + 1, (gsize)(end - text - 1));
        *port = end[1] ? end + 2 : NULL;
        return strchr(*address, ':') != NULL;
    }
    if (colon && strchr(text, ':') == colon)
        *port = colon + 1;
    *address = *port ? g_strndup(text, (gsize)(colon - text)) : g_strdup(text);
    return TRUE;
}

gboolean plx_endpoint_parse(const char *text, struct plx_endpoint *listen, GError **error)
{
    struct plx_endpoint parsed = {.port = PLX_LISTEN_PORT};
    struct plx_address address;
    g_autofree char *host = NULL;
    const char *port;
    const gboolean ok = split(text, &host, &port);
    const char *const name = ok && *host ? host : "127.0.0.1";
    if (!ok || (!*host && !port) || !plx_address_parse(name, &address) ||
        (port && !parse_port(port, &parsed.port)))
        return plx_error(error, PLX_ERROR_USAGE,
                         "\"%s\" is not ADDRESS:PORT such as 127.0.0.1:8080 or [::1]:8080", text);
    g_strlcpy(parsed.address, name, sizeof parsed.address);
    *listen = parsed;
    return TRUE;
}

gboolean plx_endpoint_check(const struct plx_endpoint *listen, gboolean tls, gboolean proxy,
                            gboolean insecure, GError **error)
{
    struct plx_address address;
    if (!plx_address_parse(listen->address, &address))
        return plx_error(error, PLX_ERROR_USAGE, "\"%s\" is not an address", listen->address);
    if (tls || proxy || insecure || plx_address_is_loopback(&address))
        return TRUE;
    return plx_error(error, PLX_ERROR_USAGE,
                     "%s can be reached from other machines, and what people write there could be "
                     "read on its way: give --certificate and --key, or --proxy with the address "
                     "of a proxy that has TLS, or --insecure to listen there all the same",
                     listen->address);
}
