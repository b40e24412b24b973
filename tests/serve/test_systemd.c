/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "serve/http.h"
#include "serve/systemd.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int listening(guint16 *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    g_assert_cmpint(bind(fd, (const struct sockaddr *)&address, length), ==, 0);
    g_assert_cmpint(listen(fd, 5), ==, 0);
    g_assert_cmpint(getsockname(fd, (struct sockaddr *)&address, &length), ==, 0);
    *port = ntohs(address.sin_port);
    return fd;
}

/* A socket that was given is one that the server serves on, and leaves open. */
static void test_listener(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *pid = g_strdup_printf("%d", getpid());
    guint16 port;
    const int fd = listening(&port);
    g_assert_cmpint(plx_systemd_listener(pid, "1", fd, &error), ==, fd);
    g_assert_no_error(error);
    g_assert_cmpint(fcntl(fd, F_GETFD) & FD_CLOEXEC, ==, FD_CLOEXEC);
    g_assert_cmpint(fcntl(fd, F_GETFL) & O_NONBLOCK, ==, O_NONBLOCK);
    const struct plx_http_options options = {.listener = fd};
    plx_http *http = plx_http_new(&options, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(plx_http_port(http), ==, port);
    plx_http_free(http);
    g_assert_cmpint(fcntl(fd, F_GETFD), !=, -1);
    close(fd);
}

static void test_no_listener(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *pid = g_strdup_printf("%d", getpid()), *other = g_strdup_printf("1%s", pid);
    guint16 port;
    const int fd = listening(&port);
    g_assert_cmpint(plx_systemd_listener(NULL, NULL, fd, &error), ==, -1);
    g_assert_cmpint(plx_systemd_listener(other, "1", fd, &error), ==, -1);
    g_assert_cmpint(plx_systemd_listener(pid, "0", fd, &error), ==, -1);
    g_assert_cmpint(plx_systemd_listener(pid, NULL, fd, &error), ==, -1);
    g_assert_no_error(error);
    g_assert_cmpint(plx_systemd_listener(pid, "2", fd, &error), ==, -1);
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_USAGE));
    g_assert_cmpstr(error->message, ==, "systemd gave 2 sockets; one is taken");
    g_clear_error(&error);
    close(fd);
    const int deaf = socket(AF_INET, SOCK_STREAM, 0);
    g_assert_cmpint(plx_systemd_listener(pid, "1", deaf, &error), ==, -1);
    g_assert_cmpstr(error->message, ==,
                    "the socket that systemd gave does not listen: it needs ListenStream=");
    close(deaf);
}

static void hears(const char *path, socklen_t length)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char heard[64] = "";
    g_autofree char *name = g_strdup(path);
    const int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    memcpy(address.sun_path, path, length);
    if (name[0] == '@')
        address.sun_path[0] = '\0';
    g_assert_cmpint(bind(fd, (const struct sockaddr *)&address,
                         (socklen_t)(G_STRUCT_OFFSET(struct sockaddr_un, sun_path) + length)),
                    ==, 0);
    g_assert_true(plx_systemd_notify(name, "READY=1"));
    g_assert_cmpint(recv(fd, heard, sizeof heard - 1, MSG_DONTWAIT), ==, 7);
    g_assert_cmpstr(heard, ==, "READY=1");
    close(fd);
}

static void test_notify(void)
{
    g_autofree char *folder = g_dir_make_tmp("parallax-notify-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "s", NULL);
    g_autofree char *abstract = g_strdup_printf("@parallax-test-%d", getpid());
    g_autofree char *long_path = g_strnfill(200, 'x');
    hears(path, (socklen_t)strlen(path));
    hears(abstract, (socklen_t)strlen(abstract));
    g_assert_true(plx_systemd_notify(NULL, "READY=1"));
    g_assert_false(plx_systemd_notify(long_path, "READY=1"));
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_false(plx_systemd_notify(path, "READY=1"));
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/systemd/listener", test_listener);
    g_test_add_func("/systemd/no-listener", test_no_listener);
    g_test_add_func("/systemd/notify", test_notify);
    return g_test_run();
}
