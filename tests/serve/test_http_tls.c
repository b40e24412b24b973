/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "serve/http.h"

#include <arpa/inet.h>
#include <glib/gstdio.h>
#include <gnutls/x509.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Certificates ---------------------------------------------------------------------------------*/

static void save(const char *path, const gnutls_datum_t *text)
{
    g_autoptr(GError) error = NULL;
    g_file_set_contents(path, (const char *)text->data, (gssize)text->size, &error);
    g_assert_no_error(error);
}

/* One that signs itself, and its key. */
static void make_certificate(const char *folder, const char *name, guint serial)
{
    g_autofree char *certificate = g_strdup_printf("%s/%s.pem", folder, name);
    g_autofree char *private = g_strdup_printf("%s/%s.key", folder, name);
    const time_t now = time(NULL);
    const guint8 number = (guint8)serial;
    gnutls_x509_privkey_t key;
    gnutls_x509_crt_t crt;
    gnutls_datum_t text;
    g_assert_cmpint(gnutls_x509_privkey_init(&key), ==, 0);
    g_assert_cmpint(gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, 256, 0), ==, 0);
    g_assert_cmpint(gnutls_x509_crt_init(&crt), ==, 0);
    g_assert_cmpint(gnutls_x509_crt_set_version(crt, 3), ==, 0);
    g_assert_cmpint(gnutls_x509_crt_set_serial(crt, &number, 1), ==, 0);
    g_assert_cmpint(gnutls_x509_crt_set_dn(crt, "CN=shop.example", NULL), ==, 0);
    g_assert_cmpint(gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, "shop.example",
                                                         12, GNUTLS_FSAN_SET),
                    ==, 0);
    g_assert_cmpint(gnutls_x509_crt_set_activation_time(crt, now - 60), ==, 0);
    g_assert_cmpint(gnutls_x509_crt_set_expiration_time(crt, now + 3600), ==, 0);
    g_assert_cmpint(gnutls_x509_crt_set_key(crt, key), ==, 0);
    g_assert_cmpint(gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0), ==, 0);
    g_assert_cmpint(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &text), ==, 0);
    save(certificate, &text);
    gnutls_free(text.data);
    g_assert_cmpint(gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &text), ==, 0);
    save(private, &text);
    gnutls_free(text.data);
    gnutls_x509_crt_deinit(crt);
    gnutls_x509_privkey_deinit(key);
}

/* World ----------------------------------------------------------------------------------------*/

struct world {
    char *folder, *certificate, *key;
    plx_http_tls *tls;
    plx_http *http;
    GThread *thread;
    gint failed; /* atomic: handshakes */
};

static guint admit(const struct plx_http_head *head, guint64 *most, gpointer data)
{
    (void)head;
    (void)data;
    *most = 1 << 20;
    return 0;
}

/* The body, twice. */
static void handle(plx_http_request *request, gpointer data)
{
    const GByteArray *const body = plx_http_request_body(request);
    (void)data;
    GByteArray *twice = g_byte_array_new();
    g_byte_array_append(twice, body->data, body->len);
    g_byte_array_append(twice, body->data, body->len);
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(twice);
    const struct plx_http_reply reply = {.status = 200, .body = bytes};
    plx_http_reply(request, &reply);
}

static void refused(guint status, const char *why, gpointer data)
{
    struct world *const world = data;
    if (status == 0 && g_str_equal(why, "the TLS handshake failed"))
        g_atomic_int_inc(&world->failed);
}

static gpointer run(gpointer http)
{
    plx_http_run(http, 2);
    return NULL;
}

static void begin(struct world *world, guint seconds)
{
    g_autoptr(GError) error = NULL;
    world->folder = g_dir_make_tmp("parallax-tls-XXXXXX", &error);
    g_assert_no_error(error);
    make_certificate(world->folder, "shop", 1);
    world->certificate = g_build_filename(world->folder, "shop.pem", NULL);
    world->key = g_build_filename(world->folder, "shop.key", NULL);
    world->tls = plx_http_tls_new(world->certificate, world->key, &error);
    g_assert_no_error(error);
    const struct plx_http_options options = {.address = "127.0.0.1",
                                             .listener = -1,
                                             .tls = world->tls,
                                             .head_seconds = seconds,
                                             .admit = admit,
                                             .handle = handle,
                                             .refused = refused,
                                             .data = world};
    world->http = plx_http_new(&options, &error);
    g_assert_no_error(error);
    world->thread = g_thread_new("http", run, world->http);
}

static void end(struct world *world)
{
    plx_http_stop(world->http);
    g_thread_join(world->thread);
    plx_http_free(world->http);
    plx_http_tls_free(world->tls);
    g_assert_cmpint(g_unlink(world->certificate), ==, 0);
    g_assert_cmpint(g_unlink(world->key), ==, 0);
    g_assert_cmpint(g_rmdir(world->folder), ==, 0);
    g_free(world->certificate);
    g_free(world->key);
    g_free(world->folder);
}

/* Clients --------------------------------------------------------------------------------------*/

static int join(const struct world *world)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons(plx_http_port(world->http)),
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const struct timeval patience = {.tv_sec = 30};
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    g_assert_cmpint(fd, >=, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    g_assert_cmpint(connect(fd, (const struct sockaddr *)&address, sizeof address), ==, 0);
    return fd;
}

struct client {
    int fd;
    gnutls_session_t session;
    gnutls_certificate_credentials_t credentials;
};

static int shake(const struct world *world, struct client *client, const char *priority)
{
    int status;
    client->fd = join(world);
    g_assert_cmpint(gnutls_certificate_allocate_credentials(&client->credentials), ==, 0);
    g_assert_cmpint(gnutls_init(&client->session, GNUTLS_CLIENT), ==, 0);
    g_assert_cmpint(gnutls_priority_set_direct(client->session, priority, NULL), ==, 0);
    g_assert_cmpint(
        gnutls_credentials_set(client->session, GNUTLS_CRD_CERTIFICATE, client->credentials), ==,
        0);
    gnutls_transport_set_int(client->session, client->fd);
    do
        status = gnutls_handshake(client->session);
    while (status < 0 && !gnutls_error_is_fatal(status));
    return status;
}

static void leave(struct client *client)
{
    gnutls_deinit(client->session);
    gnutls_certificate_free_credentials(client->credentials);
    close(client->fd);
}

static void say(const struct client *client, const char *text, gsize length)
{
    for (gsize at = 0; at < length;) {
        const gssize n = gnutls_record_send(client->session, text + at, length - at);
        g_assert_cmpint(n, >, 0);
        at += (gsize)n;
    }
}

/* Until the server says goodbye, which it must. */
static GString *hear(const struct client *client)
{
    GString *all = g_string_new(NULL);
    char part[4096];
    gssize n;
    while ((n = gnutls_record_recv(client->session, part, sizeof part)) != 0) {
        if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
            continue;
        g_assert_cmpint(n, >, 0);
        g_string_append_len(all, part, n);
    }
    return all;
}

static guint serial(const struct client *client)
{
    guint n = 0;
    guint8 number[20] = {0};
    gsize size = sizeof number;
    gnutls_x509_crt_t crt;
    const gnutls_datum_t *const chain = gnutls_certificate_get_peers(client->session, &n);
    g_assert_cmpuint(n, ==, 1);
    g_assert_cmpint(gnutls_x509_crt_init(&crt), ==, 0);
    g_assert_cmpint(gnutls_x509_crt_import(crt, chain, GNUTLS_X509_FMT_DER), ==, 0);
    g_assert_cmpint(gnutls_x509_crt_get_serial(crt, number, &size), ==, 0);
    gnutls_x509_crt_deinit(crt);
    return number[size - 1];
}

/* Tests ----------------------------------------------------------------------------------------*/

/* A megabyte there and two back, which no socket's buffer holds; "100 Continue" on the way. */
static void test_requests(void)
{
    static const char *const priorities[] = {"NORMAL:-VERS-ALL:+VERS-TLS1.2",
                                             "NORMAL:-VERS-ALL:+VERS-TLS1.3"};
    g_autofree char *big = g_strnfill(1 << 20, 'x');
    struct world world = {0};
    begin(&world, 30);
    for (guint i = 0; i < G_N_ELEMENTS(priorities); i++) {
        struct client client;
        g_assert_cmpint(shake(&world, &client, priorities[i]), ==, 0);
        g_autofree char *head = g_strdup_printf("POST /a HTTP/1.1\r\nHost: x\r\nExpect: "
                                                "100-continue\r\nContent-Length: %u\r\n\r\n",
                                                1U << 20);
        static const char last[] = "GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        say(&client, head, strlen(head));
        say(&client, big, 1 << 20);
        say(&client, last, sizeof last - 1);
        g_autoptr(GString) all = hear(&client);
        g_assert_true(
            g_str_has_prefix(all->str, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"));
        g_assert_cmpuint(all->len, >, 2U << 20);
        g_assert_nonnull(strstr(all->str + (2U << 20), "xHTTP/1.1 200 OK\r\n"));
        g_assert_true(g_str_has_suffix(all->str, "\r\nConnection: close\r\n\r\n"));
        leave(&client);
    }
    end(&world);
}

/* What is older is refused, and so is a client that speaks no TLS; both are told of. */
static void test_refused(void)
{
    static const char plain[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    struct world world = {0};
    struct client client;
    char byte;
    begin(&world, 30);
    g_assert_cmpint(shake(&world, &client, "NORMAL:-VERS-ALL:+VERS-TLS1.1"), <, 0);
    leave(&client);
    const int fd = join(&world);
    g_assert_cmpint(send(fd, plain, sizeof plain - 1, MSG_NOSIGNAL), ==, sizeof plain - 1);
    while (recv(fd, &byte, 1, 0) > 0) /* at most an alert */
        g_assert_cmpint(byte, !=, 'H');
    close(fd);
    end(&world);
    g_assert_cmpint(g_atomic_int_get(&world.failed), ==, 2);
}

/* A handshake that does not go on is cut off as a head is. */
static void test_slow(void)
{
    struct world world = {0};
    char byte;
    begin(&world, 1);
    const int fd = join(&world);
    g_assert_cmpint(send(fd, "\x16", 1, MSG_NOSIGNAL), ==, 1);
    g_assert_cmpint(recv(fd, &byte, 1, 0), ==, 0);
    close(fd);
    end(&world);
}

/* New connections get the new certificate; a broken one changes nothing. */
static void test_reload(void)
{
    g_autoptr(GError) error = NULL;
    struct world world = {0};
    struct client old, new;
    begin(&world, 30);
    g_assert_cmpint(shake(&world, &old, "NORMAL"), ==, 0);
    g_assert_cmpuint(serial(&old), ==, 1);
    make_certificate(world.folder, "shop", 2);
    g_assert_true(plx_http_tls_reload(world.tls, &error));
    g_assert_no_error(error);
    g_assert_true(g_file_set_contents(world.certificate, "nonsense", -1, NULL));
    g_assert_false(plx_http_tls_reload(world.tls, &error));
    g_autofree char *begins = g_strdup_printf(
        "%s and %s are not a certificate and its key (PEM): ", world.certificate, world.key);
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_INPUT));
    g_assert_true(g_str_has_prefix(error->message, begins));
    g_assert_cmpint(shake(&world, &new, "NORMAL"), ==, 0);
    g_assert_cmpuint(serial(&new), ==, 2);
    say(&old, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 46);
    g_autoptr(GString) all = hear(&old);
    g_assert_true(g_str_has_prefix(all->str, "HTTP/1.1 200 OK\r\n"));
    g_assert_nonnull(strstr(all->str, "Strict-Transport-Security: max-age="));
    leave(&old);
    leave(&new);
    end(&world);
}

static void test_no_files(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_http_tls_new("/nowhere/shop.pem", "/nowhere/shop.key", &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_IO));
    g_assert_nonnull(strstr(error->message, "/nowhere/shop.pem"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http-tls/requests", test_requests);
    g_test_add_func("/http-tls/refused", test_refused);
    g_test_add_func("/http-tls/slow", test_slow);
    g_test_add_func("/http-tls/reload", test_reload);
    g_test_add_func("/http-tls/no-files", test_no_files);
    return g_test_run();
}
