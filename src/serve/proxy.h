/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Whose request it is, behind a proxy: X-Forwarded-For and X-Forwarded-Proto say so, and anybody
 * can write them. So they count only when the peer is a proxy that was configured, and of the list
 * of addresses only the last that is no such proxy: what stands before it the client may have made
 * up. Pure. Test: tests/serve/test_proxy.c. */

#include "serve/address.h"
#include "serve/http_head.h"

struct plx_client {
    struct plx_address address;
    gboolean https; /* as the proxy says */
};

/* `trusted` may be NULL: no proxy. FALSE: `peer` is no address. */
gboolean plx_proxy_client(const plx_ranges *trusted, const char *peer,
                          const struct plx_http_head *head, struct plx_client *client);
