/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Addresses of the internet, ranges of them, and where a server may listen. Pure.
 * Test: tests/serve/test_address.c. */

#include <glib.h>

/* IPv6; IPv4 as ::ffff:a.b.c.d. */
struct plx_address {
    guint8 byte[16];
};

/* "192.0.2.1", "2001:db8::1"; no names, no zones. */
gboolean plx_address_parse(const char *text, struct plx_address *address);
gboolean plx_address_is_v4(const struct plx_address *address);
/* 127.0.0.0/8, ::1 */
gboolean plx_address_is_loopback(const struct plx_address *address);
/* Only the first `v4_bits` (of 32) or `v6_bits` (of 128) are left, the others 0. */
struct plx_address plx_address_cut(const struct plx_address *address, guint v4_bits, guint v6_bits);

/* "10.0.0.0/8, 192.0.2.1, ::1" */
typedef struct plx_ranges plx_ranges;
/* Errors: PLX_ERROR_USAGE names what is no address or range. */
plx_ranges *plx_ranges_parse(const char *text, GError **error);
void plx_ranges_free(plx_ranges *ranges);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_ranges, plx_ranges_free)
gboolean plx_ranges_have(const plx_ranges *ranges, const struct plx_address *address);

/* "127.0.0.1:8080", "[::1]:8080", ":8080" (127.0.0.1), "127.0.0.1" (port 8080). */
struct plx_endpoint {
    char address[46];
    guint16 port;
};
enum { PLX_LISTEN_PORT = 8080 };
/* Errors: PLX_ERROR_USAGE. */
gboolean plx_endpoint_parse(const char *text, struct plx_endpoint *listen, GError **error);

/* What people type must not be read on the way: beyond this machine a server listens with TLS, or
 * behind a proxy that has it, or when somebody says that it is all right. Errors: PLX_ERROR_USAGE
 * names the ways out. */
gboolean plx_endpoint_check(const struct plx_endpoint *listen, gboolean tls, gboolean proxy,
                            gboolean insecure, GError **error);
