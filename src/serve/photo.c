/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/photo.h"

#include "base/error.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#define QUALITY "85"

static gboolean cut_short(GError **error)
{
    return plx_error(error, PLX_ERROR_INPUT, "the picture is cut short or damaged");
}

static guint32 big16(const guint8 *at)
{
    return (guint32)at[0] << 8 | at[1];
}

static guint32 big32(const guint8 *at)
{
    return big16(at) << 16 | big16(at + 2);
}

/* JPEG (ITU-T T.81, annex B) ------------------------------------------------------------------ */

enum { MARK_SOF0 = 0xc0, MARK_DHT = 0xc4, MARK_JPG = 0xc8, MARK_DAC = 0xcc, MARK_SOF15 = 0xcf };
enum { MARK_RST0 = 0xd0, MARK_RST7 = 0xd7, MARK_SOI = 0xd8, MARK_EOI = 0xd9, MARK_SOS = 0xda };

static gboolean is_frame(guint8 mark)
{
    return mark >= MARK_SOF0 && mark <= MARK_SOF15 && mark != MARK_DHT && mark != MARK_JPG &&
           mark != MARK_DAC;
}

/* The next marker's position behind `at`, within the data of a scan; n: there is none. */
static gsize behind_scan(const guint8 *bytes, gsize n, gsize at)
{
    for (; at + 1 < n; at++)
        if (bytes[at] == 0xff && bytes[at + 1] != 0 && bytes[at + 1] != 0xff &&
            (bytes[at + 1] < MARK_RST0 || bytes[at + 1] > MARK_RST7))
            return at;
    return n;
}

struct jpeg {
    struct plx_photo_head head;
    guint frames, scans;
};

/* Of a segment at `at` (its marker), `length` with the two bytes that say so. */
static void read_segment(const guint8 *bytes, gsize at, gsize length, struct jpeg *jpeg)
{
    const guint8 mark = bytes[at + 1];
    jpeg->scans += mark == MARK_SOS;
    if (!is_frame(mark) || length < 8)
        return;
    jpeg->frames++;
    jpeg->head.height = big16(bytes + at + 5);
    jpeg->head.width = big16(bytes + at + 7);
}

/* FALSE where it does not go on to its end. */
static gboolean walk_jpeg(const guint8 *bytes, gsize n, struct jpeg *jpeg)
{
    for (gsize at = 2; at + 4 <= n || (at + 2 <= n && bytes[at + 1] == MARK_EOI);) {
        if (bytes[at] != 0xff)
            return FALSE;
        const guint8 mark = bytes[at + 1];
        if (mark == 0xff) {
            at++;
            continue;
        }
        if (mark == MARK_EOI)
            return jpeg->frames == 1 && jpeg->scans > 0;
        const gsize length = big16(bytes + at + 2);
        if (length < 2 || mark == MARK_SOI || length > n - at - 2)
            return FALSE;
        read_segment(bytes, at, length, jpeg);
        if (jpeg->scans > PLX_PHOTO_SCANS_MAX)
            return TRUE;
        at += 2 + length;
        if (mark == MARK_SOS)
            at = behind_scan(bytes, n, at);
    }
    return FALSE;
}

static gboolean look_jpeg(const guint8 *bytes, gsize n, struct plx_photo_head *head, GError **error)
{
    struct jpeg jpeg = {.head.kind = PLX_PHOTO_JPEG};
    if (!walk_jpeg(bytes, n, &jpeg))
        return cut_short(error);
    if (jpeg.scans > PLX_PHOTO_SCANS_MAX)
        return plx_error(error, PLX_ERROR_INPUT, "the picture has more than %d scans",
                         PLX_PHOTO_SCANS_MAX);
    *head = jpeg.head;
    return TRUE;
}

/* PNG (ISO/IEC 15948) ------------------------------------------------------------------------- */

static const guint8 png_magic[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

static gboolean look_png(const guint8 *bytes, gsize n, struct plx_photo_head *head, GError **error)
{
    if (n < 33 || big32(bytes + 8) != 13 || memcmp(bytes + 12, "IHDR", 4) != 0)
        return cut_short(error);
    for (gsize at = 8; n - at >= 12;) {
        const gsize length = big32(bytes + at);
        if (length > n - at - 12)
            break;
        if (memcmp(bytes + at + 4, "IEND", 4) == 0) {
            *head = (struct plx_photo_head){PLX_PHOTO_PNG, big32(bytes + 16), big32(bytes + 20)};
            return TRUE;
        }
        at += 12 + length;
    }
    return cut_short(error);
}

/* Both ----------------------------------------------------------------------------------------- */

gboolean plx_photo_look(const guint8 *bytes, gsize n, struct plx_photo_head *head, GError **error)
{
    struct plx_photo_head found;
    const gboolean png = n >= sizeof png_magic && memcmp(bytes, png_magic, sizeof png_magic) == 0;
    const gboolean jpeg = n >= 3 && bytes[0] == 0xff && bytes[1] == MARK_SOI && bytes[2] == 0xff;
    if (!png && !jpeg)
        return plx_error(error, PLX_ERROR_INPUT, "the picture is neither JPEG nor PNG");
    if (n > PLX_PHOTO_BYTES_MAX)
        return plx_error(error, PLX_ERROR_INPUT, "the picture is larger than %d MB",
                         PLX_PHOTO_BYTES_MAX / 1024 / 1024);
    if (!(png ? look_png : look_jpeg)(bytes, n, &found, error))
        return FALSE;
    if (found.width == 0 || found.height == 0)
        return cut_short(error);
    if ((guint64)found.width * found.height > PLX_PHOTO_PIXELS_MAX)
        return plx_error(error, PLX_ERROR_INPUT,
                         "the picture has %u x %u pixels: at most %d megapixels are taken",
                         found.width, found.height, PLX_PHOTO_PIXELS_MAX / 1000000);
    *head = found;
    return TRUE;
}

/* Smaller while it is decoded, where the format can do that. */
static void prepare(GdkPixbufLoader *loader, gint width, gint height, gpointer nothing)
{
    (void)nothing;
    const gint edge = MAX(width, height);
    if (edge > PLX_PHOTO_EDGE_MAX)
        gdk_pixbuf_loader_set_size(loader,
                                   MAX(1, (gint)((gint64)width * PLX_PHOTO_EDGE_MAX / edge)),
                                   MAX(1, (gint)((gint64)height * PLX_PHOTO_EDGE_MAX / edge)));
}

/* The right way up, before white where it is transparent. */
static GdkPixbuf *decode(GBytes *sent, enum plx_photo_kind kind)
{
    g_autoptr(GdkPixbufLoader) loader =
        gdk_pixbuf_loader_new_with_type(kind == PLX_PHOTO_PNG ? "png" : "jpeg", NULL);
    if (!loader)
        return NULL;
    g_signal_connect(loader, "size-prepared", G_CALLBACK(prepare), NULL);
    const gboolean written = gdk_pixbuf_loader_write_bytes(loader, sent, NULL);
    if (!gdk_pixbuf_loader_close(loader, NULL) || !written)
        return NULL;
    GdkPixbuf *const found = gdk_pixbuf_loader_get_pixbuf(loader);
    g_autoptr(GdkPixbuf) upright = found ? gdk_pixbuf_apply_embedded_orientation(found) : NULL;
    if (!upright)
        return NULL;
    return gdk_pixbuf_get_has_alpha(upright)
               ? gdk_pixbuf_composite_color_simple(upright, gdk_pixbuf_get_width(upright),
                                                   gdk_pixbuf_get_height(upright),
                                                   GDK_INTERP_NEAREST, 255, 8, 0xffffff, 0xffffff)
               : g_steal_pointer(&upright);
}

GBytes *plx_photo_make(GBytes *sent, GError **error)
{
    struct plx_photo_head head;
    gsize n, size;
    const guint8 *const bytes = g_bytes_get_data(sent, &n);
    char *made = NULL;
    if (!plx_photo_look(bytes, n, &head, error))
        return NULL;
    g_autoptr(GdkPixbuf) picture = decode(sent, head.kind);
    if (!picture ||
        !gdk_pixbuf_save_to_buffer(picture, &made, &size, "jpeg", NULL, "quality", QUALITY, NULL)) {
        cut_short(error);
        return NULL;
    }
    return g_bytes_new_take(made, size);
}
