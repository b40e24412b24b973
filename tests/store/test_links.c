/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/links.h"

#include "base/error.h"
#include "desk.h"
#include "store/check.h"

#include <string.h>

#define TODAY 20783

static struct plx_link make(enum plx_link_kind kind, char *place)
{
    static char audience[] = "customer", settings[] = "settings\t1\n", channel[] = "web";
    return (struct plx_link){.kind = kind,
                             .audience = audience,
                             .identity = PLX_IDENTITY_ANONYMOUS,
                             .place = place,
                             .channel = channel,
                             .settings = settings,
                             .opens = TODAY,
                             .closes = PLX_LINK_ALWAYS,
                             .quota = kind == PLX_LINK_SINGLE ? 3 : 0,
                             .created = TODAY};
}

/* The tokens of its addresses. */
static char **add(struct desk *desk, const struct plx_link *links, guint n, gint64 expected)
{
    g_autoptr(GError) error = NULL;
    gint64 first = 0;
    char **addresses = NULL;
    g_assert_true(plx_links_add(desk->store, "test", links, n, &first, &addresses, &error));
    g_assert_no_error(error);
    g_assert_cmpint(first, ==, expected);
    return addresses;
}

static struct plx_link *find(struct desk *desk, const char *token)
{
    g_autoptr(GError) error = NULL;
    struct plx_link *const link = plx_links_find(desk->store, token, &error);
    g_assert_no_error(error);
    return link;
}

static void test_kept(void)
{
    struct desk desk;
    desk_init(&desk, desk_map);
    char lyon[] = "Lyon", nice[] = "Nice";
    const struct plx_link places[] = {make(PLX_LINK_PLACE, lyon), make(PLX_LINK_PLACE, nice)};
    const struct plx_link campaign = make(PLX_LINK_CAMPAIGN, NULL);
    g_auto(GStrv) two = add(&desk, places, 2, 1);
    g_auto(GStrv) one = add(&desk, &campaign, 1, 3);
    g_assert_cmpuint(g_strv_length(two), ==, 2);
    g_assert_cmpuint(g_strv_length(one), ==, 1);
    desk_reopen(&desk);

    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) links = plx_links_read(desk.store, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(links->len, ==, 3);
    const struct plx_link *const second = links->pdata[1];
    g_assert_cmpint(second->id, ==, 2);
    g_assert_cmpint(second->kind, ==, PLX_LINK_PLACE);
    g_assert_cmpstr(second->token, ==, two[1]);
    g_assert_cmpstr(second->audience, ==, "customer");
    g_assert_cmpint(second->identity, ==, PLX_IDENTITY_ANONYMOUS);
    g_assert_cmpstr(second->place, ==, "Nice");
    g_assert_cmpstr(second->channel, ==, "web");
    g_assert_cmpstr(second->settings, ==, "settings\t1\n");
    g_assert_cmpint(second->opens, ==, TODAY);
    g_assert_cmpint(second->closes, ==, PLX_LINK_ALWAYS);
    g_assert_false(second->closed);
    g_autoptr(plx_link) found = find(&desk, one[0]);
    g_assert_cmpint(found->id, ==, 3);
    g_assert_null(found->place);
    desk_clear(&desk);
}

/* A short address is easily typed, and no word. */
static void test_short(void)
{
    struct desk desk;
    desk_init(&desk, desk_map);
    const struct plx_link campaign = make(PLX_LINK_CAMPAIGN, NULL);
    g_auto(GStrv) addresses = add(&desk, &campaign, 1, 1);
    g_assert_cmpuint(strlen(addresses[0]), ==, 10);
    g_assert_cmpuint(strspn(addresses[0], "23456789bcdfghjkmnpqrstvwxyz"), ==, 10);
    desk_clear(&desk);
}

/* Addresses for one form each are not in the file, only hashes. */
static void test_single(void)
{
    struct desk desk;
    desk_init(&desk, desk_map);
    const struct plx_link single = make(PLX_LINK_SINGLE, NULL);
    g_auto(GStrv) addresses = add(&desk, &single, 1, 1);
    g_assert_cmpuint(g_strv_length(addresses), ==, 3);
    for (guint i = 0; i < 3; i++) {
        g_autoptr(plx_link) link = find(&desk, addresses[i]);
        g_assert_cmpint(link->id, ==, 1);
        g_assert_null(link->token);
        g_assert_cmpint(link->quota, ==, 3);
        g_assert_false(desk_holds(&desk, addresses[i], strlen(addresses[i])));
    }
    desk_clear(&desk);
}

static void test_not_there(void)
{
    struct desk desk;
    desk_init(&desk, desk_map);
    GError *error = NULL;
    g_assert_null(plx_links_find(desk.store, "bcdfghjkmn", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_assert_cmpstr(error->message, ==, "there is no form under this address");
    g_clear_error(&error);
    g_assert_null(plx_links_get(desk.store, 7, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_assert_true(g_str_has_suffix(error->message, ": there is no link 7"));
    g_clear_error(&error);
    desk_clear(&desk);
}

static void test_close(void)
{
    struct desk desk;
    desk_init(&desk, desk_map);
    GError *error = NULL;
    const struct plx_link campaign = make(PLX_LINK_CAMPAIGN, NULL);
    g_auto(GStrv) addresses = add(&desk, &campaign, 1, 1);
    g_assert_true(plx_links_close(desk.store, "test", 1, &error));
    g_autoptr(plx_link) link = find(&desk, addresses[0]);
    g_assert_cmpint(plx_link_state(link, TODAY), ==, PLX_LINK_CLOSED);
    g_assert_false(plx_links_close(desk.store, "test", 1, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==, "link 1 is closed already");
    g_clear_error(&error);
    g_assert_false(plx_links_close(desk.store, "test", 2, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_clear_error(&error);
    desk_clear(&desk);
}

static void test_states(void)
{
    struct plx_link link = make(PLX_LINK_CAMPAIGN, NULL);
    g_assert_cmpint(plx_link_state(&link, TODAY - 1), ==, PLX_LINK_EARLY);
    g_assert_cmpint(plx_link_state(&link, TODAY), ==, PLX_LINK_OPEN);
    link.closes = TODAY + 1;
    g_assert_cmpint(plx_link_state(&link, TODAY + 1), ==, PLX_LINK_OPEN);
    g_assert_cmpint(plx_link_state(&link, TODAY + 2), ==, PLX_LINK_LATE);
    link.quota = link.completed = 5;
    g_assert_cmpint(plx_link_state(&link, TODAY), ==, PLX_LINK_FULL);
    link.completed = 4;
    g_assert_cmpint(plx_link_state(&link, TODAY), ==, PLX_LINK_OPEN);
    link.closed = TRUE;
    g_assert_cmpint(plx_link_state(&link, TODAY), ==, PLX_LINK_CLOSED);
    g_assert_cmpstr(plx_link_state_name(PLX_LINK_FULL), ==, "full");
    g_assert_cmpstr(plx_link_kind_name(PLX_LINK_KIOSK), ==, "kiosk");
    g_assert_null(plx_link_kind_name(4));
}

static void expect_fault(struct desk *desk, const char *fault)
{
    g_autoptr(GError) error = NULL;
    struct plx_check_report report;
    desk_reopen(desk);
    g_assert_true(plx_check_run(desk->store, FALSE, &report, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(report.faults->len, ==, fault ? 1 : 0);
    if (fault)
        g_assert_cmpstr(report.faults->pdata[0], ==, fault);
    plx_check_report_clear(&report);
}

/* What is changed past the program, or taken away, is noticed. */
static void test_damage(void)
{
    struct desk desk;
    desk_init(&desk, desk_map);
    const struct plx_link both[] = {make(PLX_LINK_CAMPAIGN, NULL), make(PLX_LINK_KIOSK, NULL)};
    g_strfreev(add(&desk, both, 2, 1));
    expect_fault(&desk, NULL);
    desk_sql(&desk, "UPDATE link SET audience = 'leader' WHERE id = 2");
    expect_fault(&desk, "links: its links to forms");
    desk_sql(&desk, "UPDATE link SET audience = 'customer' WHERE id = 2");
    expect_fault(&desk, NULL);
    desk_sql(&desk, "DELETE FROM link WHERE id = 2");
    expect_fault(&desk, "links: its links to forms");
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/links/kept", test_kept);
    g_test_add_func("/links/short", test_short);
    g_test_add_func("/links/single", test_single);
    g_test_add_func("/links/not_there", test_not_there);
    g_test_add_func("/links/close", test_close);
    g_test_add_func("/links/states", test_states);
    g_test_add_func("/links/damage", test_damage);
    return g_test_run();
}
