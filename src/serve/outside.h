/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which addresses a server may be sent to by somebody who names a URL: those of the internet, and
 * nothing of the network it stands in (IANA's special-purpose registries: RFC 6890, 5737, 3849,
 * 6598, 4193, 3927, 7723, 8155). Pure. Test: tests/serve/test_outside.c. */

#include "serve/address.h"

/* Is it of the internet at large? Also looks into IPv4 that is hidden in IPv6 (::ffff:, 64:ff9b::,
 * 2002::). */
gboolean plx_outside_is(const struct plx_address *address);

/* The parts of "https://host[:port]/path". */
struct plx_outside_url {
    gboolean https;
    char *host; /* without brackets; a name or an address */
    guint16 port;
};
/* Errors: PLX_ERROR_USAGE: no such URL; names and passwords in it are refused. */
gboolean plx_outside_parse(const char *url, struct plx_outside_url *parts, GError **error);
void plx_outside_url_clear(struct plx_outside_url *parts);
