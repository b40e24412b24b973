/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Pictures that people send, made anew: a JPEG of at most PLX_PHOTO_EDGE_MAX pixels a side, the
 * right way up, without what the camera wrote into it (where, when, with what, small pictures of
 * it).
 *
 * JPEG and PNG only, told by their bytes and not by a name. How large a picture is, and that it is
 * there to its end, is read from its parts before anything is decoded: a small file can stand for
 * a picture that fills the memory, or for one that takes minutes. Pure; from any thread. Decodes by
 * gdk-pixbuf. Test: tests/serve/test_photo.c, fuzz/fuzz_photo.c. */

#include <glib.h>

#define PLX_PHOTO_BYTES_MAX (10 * 1024 * 1024)
#define PLX_PHOTO_PIXELS_MAX 40000000
#define PLX_PHOTO_EDGE_MAX 1600
#define PLX_PHOTO_SCANS_MAX 64 /* of a JPEG: each is decoded over the whole picture */

enum plx_photo_kind { PLX_PHOTO_JPEG, PLX_PHOTO_PNG };
struct plx_photo_head {
    enum plx_photo_kind kind;
    guint32 width, height; /* as stored, before it is turned */
};

/* Looks without decoding. Errors (PLX_ERROR_INPUT): neither JPEG nor PNG, too large, cut short. */
gboolean plx_photo_look(const guint8 *bytes, gsize n, struct plx_photo_head *head, GError **error);

/* The picture made anew. Errors as above, and for one that is damaged. */
GBytes *plx_photo_make(GBytes *sent, GError **error);
