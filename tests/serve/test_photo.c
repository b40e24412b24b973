/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/photo.h"

#include "base/error.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

/* Red on the left, blue on the right, in the upper half; green below. */
static GdkPixbuf *draw(gint width, gint height, gboolean alpha)
{
    GdkPixbuf *const picture = gdk_pixbuf_new(GDK_COLORSPACE_RGB, alpha, 8, width, height);
    g_assert_nonnull(picture);
    gdk_pixbuf_fill(picture, 0x00ff00ff);
    if (width < 2 || height < 2)
        return picture;
    g_autoptr(GdkPixbuf) left = gdk_pixbuf_new_subpixbuf(picture, 0, 0, width / 2, height / 2);
    g_autoptr(GdkPixbuf) right =
        gdk_pixbuf_new_subpixbuf(picture, width / 2, 0, width - width / 2, height / 2);
    gdk_pixbuf_fill(left, 0xff0000ff);
    gdk_pixbuf_fill(right, alpha ? 0x00000000 : 0x0000ffff);
    return picture;
}

static GByteArray *pack(gint width, gint height, const char *type)
{
    char *bytes;
    gsize n;
    g_autoptr(GdkPixbuf) picture = draw(width, height, strcmp(type, "png") == 0);
    g_assert_true(gdk_pixbuf_save_to_buffer(picture, &bytes, &n, type, NULL, NULL));
    return g_byte_array_new_take((guint8 *)bytes, n);
}

/* What a camera writes: which way up it was held, and where (Exif 2.3, big-endian). */
static const guint8 exif[] = {
    0xff, 0xe1, 0, 60, 'E', 'x', 'i', 'f', 0,   0,   'M', 'M', 0,   42,  0,   0,   0, 8,
    0,    2,                                                  /* two entries */
    0x01, 0x12, 0, 3,  0,   0,   0,   1,   0,   6,   0,   0,  /* turn it to the right */
    0x01, 0x0f, 0, 2,  0,   0,   0,   14,  0,   0,   0,   38, /* who made it */
    0,    0,    0, 0,  'G', 'P', 'S', '5', '0', '.', '7', '3', '7', '4', ' ', 'N', 0, 0};

static GByteArray *with_exif(gint width, gint height)
{
    GByteArray *const plain = pack(width, height, "jpeg");
    GByteArray *const made = g_byte_array_new();
    g_byte_array_append(made, plain->data, 2);
    g_byte_array_append(made, exif, sizeof exif);
    g_byte_array_append(made, plain->data + 2, plain->len - 2);
    g_byte_array_unref(plain);
    g_assert_cmpuint(exif[3], ==, sizeof exif - 2);
    return made;
}

static GBytes *make(GByteArray *sent)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(sent);
    GBytes *const made = plx_photo_make(bytes, &error);
    g_assert_no_error(error);
    g_assert_nonnull(made);
    return made;
}

static GdkPixbuf *unpack(GBytes *bytes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type("jpeg", &error);
    g_assert_no_error(error);
    g_assert_true(gdk_pixbuf_loader_write_bytes(loader, bytes, &error));
    g_assert_true(gdk_pixbuf_loader_close(loader, &error));
    return g_object_ref(gdk_pixbuf_loader_get_pixbuf(loader));
}

/* Is the pixel about this colour? JPEG keeps none exactly. */
static gboolean is_colour(const GdkPixbuf *picture, gint x, gint y, guint32 colour)
{
    const guint8 *const pixel = gdk_pixbuf_read_pixels(picture) +
                                y * gdk_pixbuf_get_rowstride(picture) +
                                x * gdk_pixbuf_get_n_channels(picture);
    for (guint i = 0; i < 3; i++)
        if (ABS((gint)pixel[i] - (gint)(colour >> (16 - 8 * i) & 0xff)) > 40)
            return FALSE;
    return TRUE;
}

static gboolean holds(GBytes *bytes, const char *text)
{
    gsize n;
    const char *const data = g_bytes_get_data(bytes, &n);
    return memmem(data, n, text, strlen(text)) != NULL;
}

/* Turned as the camera says, and nothing that it wrote is left. */
static void test_camera(void)
{
    GByteArray *const sent = with_exif(80, 40);
    g_assert_nonnull(memmem(sent->data, sent->len, "GPS50.7374 N", 12));
    g_autoptr(GBytes) made = make(sent);
    g_autoptr(GdkPixbuf) picture = unpack(made);
    g_assert_cmpint(gdk_pixbuf_get_width(picture), ==, 40);
    g_assert_cmpint(gdk_pixbuf_get_height(picture), ==, 80);
    g_assert_true(is_colour(picture, 30, 20, 0xff0000)); /* its left is above now */
    g_assert_true(is_colour(picture, 30, 60, 0x0000ff));
    g_assert_true(is_colour(picture, 10, 40, 0x00ff00));
    g_assert_false(holds(made, "GPS"));
    g_assert_false(holds(made, "Exif"));
    g_assert_null(gdk_pixbuf_get_option(picture, "orientation"));
}

/* What was transparent is white; the text of a PNG is left behind. */
static void test_png(void)
{
    char *bytes;
    gsize n;
    g_autoptr(GError) error = NULL;
    g_autoptr(GdkPixbuf) drawn = draw(60, 40, TRUE);
    g_assert_true(gdk_pixbuf_save_to_buffer(drawn, &bytes, &n, "png", &error, "tEXt::Location",
                                            "GPS 50.7374 N", NULL));
    g_autoptr(GBytes) made = make(g_byte_array_new_take((guint8 *)bytes, n));
    g_autoptr(GdkPixbuf) picture = unpack(made);
    g_assert_cmpint(gdk_pixbuf_get_width(picture), ==, 60);
    g_assert_true(is_colour(picture, 10, 10, 0xff0000));
    g_assert_true(is_colour(picture, 50, 10, 0xffffff));
    g_assert_false(holds(made, "GPS"));
}

static void check_size(gint width, gint height, const char *type, gint wide, gint high)
{
    g_autoptr(GBytes) made = make(pack(width, height, type));
    g_autoptr(GdkPixbuf) picture = unpack(made);
    g_assert_cmpint(gdk_pixbuf_get_width(picture), ==, wide);
    g_assert_cmpint(gdk_pixbuf_get_height(picture), ==, high);
}

static void test_size(void)
{
    check_size(1600, 10, "jpeg", 1600, 10);
    check_size(3200, 1000, "jpeg", 1600, 500);
    check_size(1000, 3200, "png", 500, 1600);
    check_size(8000, 2, "png", 1600, 1);
    check_size(1, 1, "jpeg", 1, 1);
}

static void refuse(GByteArray *sent, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(sent);
    g_assert_null(plx_photo_make(bytes, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, message);
}

static GByteArray *of_text(const char *text, gsize n)
{
    GByteArray *const made = g_byte_array_new();
    g_byte_array_append(made, (const guint8 *)text, (guint)n);
    return made;
}

/* Told by what it is, whatever it is called. */
static void test_kinds(void)
{
    static const char neither[] = "the picture is neither JPEG nor PNG";
    static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    static const char gif[] = "GIF89a\1\0\1\0\0\0\0;";
    char *bytes;
    gsize n;
    g_autoptr(GdkPixbuf) drawn = draw(8, 8, FALSE);
    refuse(of_text("", 0), neither);
    refuse(of_text(svg, strlen(svg)), neither);
    refuse(of_text(gif, sizeof gif), neither);
    g_assert_true(gdk_pixbuf_save_to_buffer(drawn, &bytes, &n, "bmp", NULL, NULL));
    refuse(g_byte_array_new_take((guint8 *)bytes, n), neither);
}

/* Any beginning of a picture is no picture. */
static void test_cut_short(void)
{
    static const char *const types[] = {"jpeg", "png"};
    for (guint t = 0; t < G_N_ELEMENTS(types); t++) {
        g_autoptr(GByteArray) whole = pack(40, 30, types[t]);
        for (guint n = 8; n < whole->len; n++) {
            struct plx_photo_head head;
            g_autoptr(GError) error = NULL;
            g_assert_false(plx_photo_look(whole->data, n, &head, &error));
            g_assert_cmpstr(error->message, ==, "the picture is cut short or damaged");
        }
        g_byte_array_set_size(whole, whole->len - 1);
        refuse(g_byte_array_ref(whole), "the picture is cut short or damaged");
    }
}

/* Whole from outside, but not within. */
static void test_damaged(void)
{
    GByteArray *const png = pack(40, 30, "png");
    guint8 *const data = memmem(png->data, png->len, "IDAT", 4);
    memset(data + 6, 0xa5, 8);
    refuse(png, "the picture is cut short or damaged");
}

static void put_size(GByteArray *jpeg, guint16 width, guint16 height)
{
    guint8 *const frame = memmem(jpeg->data, jpeg->len, "\xff\xc0\x00\x11", 4);
    g_assert_nonnull(frame);
    frame[5] = (guint8)(height >> 8);
    frame[6] = (guint8)height;
    frame[7] = (guint8)(width >> 8);
    frame[8] = (guint8)width;
}

/* Few bytes that stand for many pixels, or for much work, are not decoded. */
static void test_bombs(void)
{
    GByteArray *const wide = pack(8, 8, "jpeg");
    GByteArray *const none = pack(8, 8, "jpeg");
    GByteArray *const png = pack(8, 8, "png");
    GByteArray *const scans = pack(8, 8, "jpeg");
    GByteArray *const large = pack(8, 8, "jpeg");
    put_size(wide, 65500, 65500);
    refuse(wide, "the picture has 65500 x 65500 pixels: at most 40 megapixels are taken");
    put_size(none, 8, 0);
    refuse(none, "the picture is cut short or damaged");
    memcpy(png->data + 16, "\x7f\xff\xff\xff\x7f\xff\xff\xff", 8);
    refuse(png, "the picture has 2147483647 x 2147483647 pixels: at most 40 megapixels are taken");
    g_byte_array_set_size(scans, scans->len - 2);
    for (guint i = 0; i < PLX_PHOTO_SCANS_MAX; i++)
        g_byte_array_append(scans, (const guint8 *)"\xff\xda\x00\x02", 4);
    g_byte_array_append(scans, (const guint8 *)"\xff\xd9", 2);
    refuse(scans, "the picture has more than 64 scans");
    const guint before = large->len;
    g_byte_array_set_size(large, PLX_PHOTO_BYTES_MAX + 1);
    memset(large->data + before, 0, large->len - before);
    refuse(large, "the picture is larger than 10 MB");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/photo/camera", test_camera);
    g_test_add_func("/photo/png", test_png);
    g_test_add_func("/photo/size", test_size);
    g_test_add_func("/photo/kinds", test_kinds);
    g_test_add_func("/photo/cut-short", test_cut_short);
    g_test_add_func("/photo/damaged", test_damaged);
    g_test_add_func("/photo/bombs", test_bombs);
    return g_test_run();
}
