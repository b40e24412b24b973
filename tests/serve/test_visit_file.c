/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/visit_file.h"

#include "base/error.h"
#include "store/desk.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#define WHEN G_GINT64_CONSTANT(1795685400)

static const char shop[] = "parallax: 1\ntitle: Shop\njourneys:\n  - title: Buy\n"
                           "    transactions:\n      - title: Come\n        points: [Door]\n";

#define REPORT(id)                                                                                 \
    "{\\\"report\\\": \\\"" id "\\\", \\\"conflict\\\": null, \\\"began\\\": "                     \
    "\\\"2026-12-01T10:00+01:00\\\", \\\"moments\\\": [{\\\"at\\\": "                              \
    "\\\"2026-12-01T10:01+01:00\\\", \\\"point\\\": \\\"door\\\", \\\"photos\\\": "                \
    "[\\\"photo-01\\\"]}]}"

struct work {
    const char *text;
    enum plx_visit_put put;
};

static gboolean begin(plx_store *store, gpointer data, GError **error)
{
    struct plx_visit_desk desk;
    gint64 shopper;
    (void)data;
    if (!plx_visit_desk_open(&desk, store, error))
        return FALSE;
    const gboolean ok = plx_visits_shopper_within(store, "Zoë", &shopper, error) &&
                        plx_visit_desk_act(&desk, 1, WHEN, "anna", "plan",
                                           "{\"journey\": \"buy\", \"place\": \"Bonn\", \"from\": "
                                           "\"2026-12-01\", \"until\": \"2026-12-05\"}",
                                           error) &&
                        plx_visit_desk_act(&desk, 1, WHEN, "anna", "assign",
                                           "{\"shopper\": 1, \"hash\": \"h\"}", error);
    plx_visit_desk_clear(&desk);
    return ok;
}

static gboolean take(plx_store *store, gpointer data, GError **error)
{
    struct work *const work = data;
    struct plx_visit_desk desk;
    if (!plx_visit_desk_open(&desk, store, error))
        return FALSE;
    const struct plx_visit_parcel parcel = {work->text, strlen(work->text), WHEN, "en", NULL};
    const gboolean ok =
        plx_visit_file_take(&desk, desk.list->visits->pdata[0], &parcel, &work->put, error);
    plx_visit_desk_clear(&desk);
    return ok;
}

/* The file of a phone, with a picture, as the page saves it. */
static char *kept_file(const char *visit, const char *body)
{
    char *bytes;
    gsize n;
    g_autoptr(GdkPixbuf) picture = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, 8, 8);
    gdk_pixbuf_fill(picture, 0xff8800ff);
    g_assert_true(gdk_pixbuf_save_to_buffer(picture, &bytes, &n, "jpeg", NULL, NULL));
    g_autofree char *text = g_base64_encode((const guchar *)bytes, n);
    g_free(bytes);
    return g_strdup_printf("{\"format\": \"parallax.visit-kept/1\", \"visit\": %s, \"draft\": "
                           "{\"body\": \"%s\"}, \"pictures\": [{\"id\": \"photo-01\", \"bytes\": "
                           "\"%s\"}, {\"id\": \"photo-02\", \"bytes\": null}]}",
                           visit, body, text);
}

static void check(struct desk *desk, const char *text, const char *message)
{
    struct work work = {.text = text};
    g_autoptr(GError) error = NULL;
    g_assert_false(plx_visits_write(desk->store, take, &work, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, message);
}

/* Pictures come first; what is taken twice is there once. */
static void test_kept(void)
{
    struct desk desk;
    gboolean has = FALSE;
    g_autofree char *text = kept_file("1", REPORT("report-0001"));
    struct work work = {.text = text};
    g_autoptr(GError) error = NULL;
    desk_init(&desk, shop);
    g_assert_true(plx_visits_write(desk.store, begin, NULL, &error));
    g_assert_no_error(error);
    for (guint again = 0; again < 2; again++) {
        g_assert_true(plx_visits_write(desk.store, take, &work, &error));
        g_assert_no_error(error);
        g_assert_cmpint(work.put, ==, again ? PLX_VISIT_PUT_AGAIN : PLX_VISIT_PUT_NEW);
    }
    g_assert_true(plx_visits_has_photo(desk.store, 1, "photo-01", &has, NULL) && has);
    g_autofree char *report = plx_visits_report(desk.store, 1, "report-0001", &error);
    g_assert_nonnull(strstr(report, "\"door\""));
    desk_clear(&desk);
}

/* Nothing is taken of a file with something wrong in it, also not its pictures. */
static void test_refused(void)
{
    struct desk desk;
    gboolean has = TRUE;
    g_autoptr(GError) error = NULL;
    g_autofree char *unfinished = kept_file("1", "");
    g_autofree char *other = kept_file("2", REPORT("report-0001"));
    g_autofree char *wrong = kept_file("1", REPORT("x"));
    desk_init(&desk, shop);
    g_assert_true(plx_visits_write(desk.store, begin, NULL, &error));
    check(&desk, unfinished,
          "it was saved before all was told: go on with it at its link, on any phone");
    check(&desk, other, "it is of another visit: 2");
    check(&desk, wrong, "report: expected an id: 8 to 64 of A-Z a-z 0-9 _ -");
    check(&desk, "{\"format\": \"other/1\"}", "format: expected \"parallax.visit-kept/1\"");
    check(&desk,
          "{\"format\": \"parallax.visit-kept/1\", \"visit\": 1, \"draft\": {\"body\": \"x\"}, "
          "\"pictures\": [{\"id\": \"photo-01\", \"bytes\": \"bm8gcGljdHVyZQ==\"}]}",
          "picture photo-01: the picture is neither JPEG nor PNG");
    check(&desk,
          "{\"format\": \"parallax.visit-kept/1\", \"visit\": 1, \"draft\": {\"body\": \"x\"}, "
          "\"pictures\": [{\"id\": \"../x\", \"bytes\": \"\"}]}",
          "pictures[0].id: expected an id");
    g_assert_true(plx_visits_has_photo(desk.store, 1, "photo-01", &has, NULL) && !has);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/visit-file/kept", test_kept);
    g_test_add_func("/visit-file/refused", test_refused);
    return g_test_run();
}
