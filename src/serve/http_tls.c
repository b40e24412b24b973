/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/http_tls.h"

#include "base/error.h"

#include <errno.h>
#include <gnutls/gnutls.h>

/* Nothing older than 1.2, and of 1.2 nothing without forward secrecy. */
#define PRIORITY                                                                                   \
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-CIPHER-ALL:+AES-256-GCM:"                    \
    "+AES-128-GCM:+CHACHA20-POLY1305"

/* What sessions share: they outlive a reload. */
struct credentials {
    gnutls_certificate_credentials_t certificate;
};

struct plx_http_tls {
    char *certificate_file, *key_file;
    gnutls_priority_t priority;
    gnutls_datum_t ticket_key;
    GMutex lock; /* of credentials */
    struct credentials *credentials;
};

struct plx_http_tls_session {
    gnutls_session_t gnutls;
    struct credentials *credentials;
};

static void clear_credentials(gpointer data)
{
    const struct credentials *const credentials = data;
    gnutls_certificate_free_credentials(credentials->certificate);
}

static void unref_credentials(struct credentials *credentials)
{
    if (credentials)
        g_atomic_rc_box_release_full(credentials, clear_credentials);
}

/* GnuTLS does not say which of the two files it cannot read. */
static gboolean can_read(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) why = NULL;
    if (g_file_get_contents(path, &text, NULL, &why))
        return TRUE;
    return plx_error(error, PLX_ERROR_IO, "%s", why->message);
}

static struct credentials *load(const plx_http_tls *tls, GError **error)
{
    if (!can_read(tls->certificate_file, error) || !can_read(tls->key_file, error))
        return NULL;
    struct credentials *credentials = g_atomic_rc_box_new0(struct credentials);
    if (gnutls_certificate_allocate_credentials(&credentials->certificate) != 0)
        g_error("out of memory");
    const int status = gnutls_certificate_set_x509_key_file(
        credentials->certificate, tls->certificate_file, tls->key_file, GNUTLS_X509_FMT_PEM);
    if (status >= 0)
        return credentials;
    plx_error(error, PLX_ERROR_INPUT, "%s and %s are not a certificate and its key (PEM): %s",
              tls->certificate_file, tls->key_file, gnutls_strerror(status));
    unref_credentials(credentials);
    return NULL;
}

plx_http_tls *plx_http_tls_new(const char *certificate_file, const char *key_file, GError **error)
{
    g_autoptr(plx_http_tls) tls = g_new0(plx_http_tls, 1);
    g_mutex_init(&tls->lock);
    tls->certificate_file = g_strdup(certificate_file);
    tls->key_file = g_strdup(key_file);
    tls->credentials = load(tls, error);
    if (!tls->credentials)
        return NULL;
    if (gnutls_priority_init(&tls->priority, PRIORITY, NULL) != 0 ||
        gnutls_session_ticket_key_generate(&tls->ticket_key) != 0) {
        plx_error(error, PLX_ERROR_BUG, "GnuTLS cannot be set up for TLS 1.2 and 1.3");
        return NULL;
    }
    return g_steal_pointer(&tls);
}

void plx_http_tls_free(plx_http_tls *tls)
{
    if (!tls)
        return;
    unref_credentials(tls->credentials);
    if (tls->priority)
        gnutls_priority_deinit(tls->priority);
    if (tls->ticket_key.data)
        gnutls_memset(tls->ticket_key.data, 0, tls->ticket_key.size);
    gnutls_free(tls->ticket_key.data);
    g_mutex_clear(&tls->lock);
    g_free(tls->certificate_file);
    g_free(tls->key_file);
    g_free(tls);
}

gboolean plx_http_tls_reload(plx_http_tls *tls, GError **error)
{
    struct credentials *const fresh = load(tls, error);
    if (!fresh)
        return FALSE;
    g_mutex_lock(&tls->lock);
    struct credentials *const old = tls->credentials;
    tls->credentials = fresh;
    g_mutex_unlock(&tls->lock);
    unref_credentials(old);
    return TRUE;
}

/* Sessions -------------------------------------------------------------------------------------*/

plx_http_tls_session *plx_http_tls_begin(plx_http_tls *tls, int fd)
{
    static const unsigned char http[] = "http/1.1";
    static const gnutls_datum_t protocol = {(unsigned char *)(guintptr)http, sizeof http - 1};
    plx_http_tls_session *session = g_new0(plx_http_tls_session, 1);
    g_mutex_lock(&tls->lock);
    session->credentials = g_atomic_rc_box_acquire(tls->credentials);
    g_mutex_unlock(&tls->lock);
    if (gnutls_init(&session->gnutls, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL) == 0 &&
        gnutls_priority_set(session->gnutls, tls->priority) == 0 &&
        gnutls_credentials_set(session->gnutls, GNUTLS_CRD_CERTIFICATE,
                               session->credentials->certificate) == 0 &&
        gnutls_alpn_set_protocols(session->gnutls, &protocol, 1, 0) == 0 &&
        gnutls_session_ticket_enable_server(session->gnutls, &tls->ticket_key) == 0) {
        gnutls_transport_set_int(session->gnutls, fd);
        gnutls_handshake_set_timeout(session->gnutls, 0); /* the connection has its own */
        return session;
    }
    plx_http_tls_end(session);
    return NULL;
}

int plx_http_tls_shake(plx_http_tls_session *session)
{
    int status;
    do
        status = gnutls_handshake(session->gnutls);
    while (status == GNUTLS_E_INTERRUPTED || status == GNUTLS_E_WARNING_ALERT_RECEIVED ||
           status == GNUTLS_E_GOT_APPLICATION_DATA);
    if (status == 0)
        return 1;
    return status == GNUTLS_E_AGAIN ? 0 : -1;
}

static gssize again_or_broken(gssize status)
{
    errno = status == GNUTLS_E_AGAIN ? EAGAIN : status == GNUTLS_E_INTERRUPTED ? EINTR : EPIPE;
    return -1;
}

gssize plx_http_tls_receive(plx_http_tls_session *session, void *to, gsize size)
{
    const gssize n = gnutls_record_recv(session->gnutls, to, size);
    /* The ends of requests are told by their framing: a goodbye is not needed. */
    if (n >= 0 || n == GNUTLS_E_PREMATURE_TERMINATION)
        return MAX(n, 0);
    return again_or_broken(n);
}

gssize plx_http_tls_send(plx_http_tls_session *session, const void *bytes, gsize length)
{
    const gssize n = gnutls_record_send(session->gnutls, bytes, length);
    return n >= 0 ? n : again_or_broken(n);
}

void plx_http_tls_bye(plx_http_tls_session *session)
{
    (void)gnutls_bye(session->gnutls, GNUTLS_SHUT_WR);
}

void plx_http_tls_end(plx_http_tls_session *session)
{
    if (!session)
        return;
    if (session->gnutls)
        gnutls_deinit(session->gnutls);
    unref_credentials(session->credentials);
    g_free(session);
}
