/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/outside.h"

#include "base/error.h"

#include <string.h>

static gboolean in(const struct plx_address *address, const char *ranges)
{
    g_autoptr(plx_ranges) set = plx_ranges_parse(ranges, NULL);
    return plx_ranges_have(set, address);
}

/* Networks that are somebody's own, this machine's, or for no traffic at all. */
#define INSIDE_V4                                                                                  \
    "0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, "           \
    "192.0.0.0/24, 192.0.2.0/24, 192.31.196.0/24, 192.52.193.0/24, 192.88.99.0/24, "               \
    "192.168.0.0/16, 192.175.48.0/24, 198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24, "            \
    "224.0.0.0/4, 240.0.0.0/4"
/* Of IPv6 only 2000::/3 is in use on the internet; of that these are not. */
#define GLOBAL_V6 "2000::/3"
#define INSIDE_V6 "2001::/23, 2001:db8::/32, 3fff::/20, 5f00::/16"

static gboolean is_outside_v4(const guint8 *four)
{
    struct plx_address address = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}};
    memcpy(address.byte + 12, four, 4);
    return !in(&address, INSIDE_V4);
}

gboolean plx_outside_is(const struct plx_address *address)
{
    static const guint8 nat64[12] = {0x00, 0x64, 0xff, 0x9b};
    if (plx_address_is_v4(address) || memcmp(address->byte, nat64, sizeof nat64) == 0)
        return is_outside_v4(address->byte + 12);
    if (address->byte[0] == 0x20 && address->byte[1] == 0x02) /* 6to4 */
        return is_outside_v4(address->byte + 2);
    return in(address, GLOBAL_V6) && !in(address, INSIDE_V6);
}

gboolean plx_outside_parse(const char *url, struct plx_outside_url *parts, GError **error)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_HAS_PASSWORD, NULL);
    const char *const scheme = uri ? g_uri_get_scheme(uri) : "";
    const char *const host = uri ? g_uri_get_host(uri) : NULL;
    const gboolean https = strcmp(scheme, "https") == 0;
    if (!host || !*host || (!https && strcmp(scheme, "http") != 0) || g_uri_get_userinfo(uri) ||
        g_uri_get_port(uri) == 0 || g_uri_get_port(uri) > G_MAXUINT16)
        return plx_error(error, PLX_ERROR_USAGE,
                         "‘%s’ is no address for a webhook: expected https://HOST/PATH, without a "
                         "name or password",
                         url);
    const gint port = g_uri_get_port(uri);
    *parts = (struct plx_outside_url){https, g_strdup(host),
                                      (guint16)(port > 0 ? port
                                                : https  ? 443
                                                         : 80)};
    return TRUE;
}

void plx_outside_url_clear(struct plx_outside_url *parts)
{
    g_clear_pointer(&parts->host, g_free);
}
