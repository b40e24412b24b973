/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A clock that jumps (an administrator, a battery, a time server): nobody is cut off, nobody is
 * refused, answers are stored. The clock on the wall is this program's own. */

#include "shop.h"
#include "wire.h"

#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define YEAR ((gint64)365 * 86400)

/* Seconds that the wall's clock is off: the process has one. */
static gint64 *off(void)
{
    static gint64 seconds;
    return &seconds;
}

int clock_gettime(clockid_t clock, struct timespec *at)
{
    const long status = syscall(SYS_clock_gettime, clock, at);
    if (status == 0 && clock == CLOCK_REALTIME)
        at->tv_sec += __atomic_load_n(off(), __ATOMIC_SEQ_CST);
    return (int)status;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *at)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at)
        *at = now.tv_sec;
    return now.tv_sec;
}

static void jump(gint64 to)
{
    __atomic_store_n(off(), to, __ATOMIC_SEQ_CST);
}

/* Whether the clock of GLib is the one above. */
static void test_clock(void)
{
    const gint64 before = g_get_real_time() / G_USEC_PER_SEC;
    jump(10 * YEAR);
    g_assert_cmpint(g_get_real_time() / G_USEC_PER_SEC - before, >=, 10 * YEAR);
    jump(0);
}

static char *year_of(const char *reply)
{
    const char *const date = strstr(reply, "\r\nDate: ");
    g_assert_nonnull(date);
    return g_strndup(date + 8 + 12, 4); /* "Thu, 26 Nov 2026" */
}

static void test_jumps(void)
{
    static const gint64 jumps[] = {0, 10 * YEAR, -20 * YEAR, 3600, -3600, 40 * YEAR, 0};
    static const struct plx_limit_options limits = {.rules = {[PLX_LIMIT_ADDRESS] = {60, 100}}};
    struct shop shop;
    shop_open(&shop, &limits);
    g_autoptr(GSocketConnection) idle = plx_wire_join_port(plx_server_port(shop.server));
    g_autoptr(GSocketConnection) half = plx_wire_join_port(plx_server_port(shop.server));
    plx_wire_say(half, "GET /healthz HTTP/1.1\r\nHo");
    for (guint i = 0; i < G_N_ELEMENTS(jumps); i++) {
        jump(jumps[i]);
        g_autofree char *reply = shop_put(&shop, i + 1);
        g_assert_cmpuint(shop_status(reply), ==, 201);
        plx_wire_say(idle, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        g_autofree char *health = plx_wire_hear(idle, "ok");
        g_assert_cmpuint(shop_status(health), ==, 200);
    }
    plx_wire_say(half, "st: x\r\nConnection: close\r\n\r\n");
    g_autofree char *whole = plx_wire_hear(half, NULL);
    g_assert_cmpuint(shop_status(whole), ==, 200);
    g_assert_cmpuint(shop_close(&shop), ==, G_N_ELEMENTS(jumps));
}

/* What is told is the clock's time of now. */
static void test_date(void)
{
    struct shop shop;
    shop_open(&shop, NULL);
    jump(0);
    g_autofree char *now = shop_get(&shop, "/healthz");
    jump(10 * YEAR);
    g_autofree char *later = shop_get(&shop, "/healthz");
    jump(0);
    g_autofree char *year = year_of(now), *later_year = year_of(later);
    const gint64 years = g_ascii_strtoll(later_year, NULL, 10) - g_ascii_strtoll(year, NULL, 10);
    g_assert_cmpint(years, >=, 9);
    g_assert_cmpint(years, <=, 10);
    g_assert_cmpuint(shop_close(&shop), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/clock/clock", test_clock);
    g_test_add_func("/clock/jumps", test_jumps);
    g_test_add_func("/clock/date", test_date);
    return g_test_run();
}
