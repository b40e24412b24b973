/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* TLS 1.2 and 1.3 under HTTP, by GnuTLS: a certificate (with its chain) and its key from PEM files.
 * Sessions are resumed by tickets; nothing is renegotiated. Test: tests/serve/test_http_tls.c. */

#include <glib.h>

typedef struct plx_http_tls plx_http_tls;
typedef struct plx_http_tls_session plx_http_tls_session;

/* Errors: PLX_ERROR_INPUT: the files are not a certificate and its key; PLX_ERROR_IO. */
plx_http_tls *plx_http_tls_new(const char *certificate_file, const char *key_file, GError **error);
void plx_http_tls_free(plx_http_tls *tls);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_http_tls, plx_http_tls_free)

/* Reads both files again, for new connections; on failure the old ones stay. From any thread. */
gboolean plx_http_tls_reload(plx_http_tls *tls, GError **error);

/* What follows is the connection's (http_connection.c). NULL: no session can be made. */
plx_http_tls_session *plx_http_tls_begin(plx_http_tls *tls, int fd);
/* 1: the handshake is done; 0: the socket is waited for; -1: it failed. */
int plx_http_tls_shake(plx_http_tls_session *session);
/* As recv() and send() of a socket that does not wait: 0 is the end, -1 with errno (EAGAIN, else
 * the connection is broken). What could not be sent must be sent again from the same bytes. */
gssize plx_http_tls_receive(plx_http_tls_session *session, void *to, gsize size);
gssize plx_http_tls_send(plx_http_tls_session *session, const void *bytes, gsize length);
/* Says that nothing more will come, if that goes now. */
void plx_http_tls_bye(plx_http_tls_session *session);
void plx_http_tls_end(plx_http_tls_session *session);
