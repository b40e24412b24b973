/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/input.h"

#include "base/error.h"
#include "ingest/raw.h"

#include <errno.h>
#include <string.h>

#define STAGE_BYTES (128 * 1024)

struct plx_input {
    plx_raw *raw;
    char *encoding; /* asked for, or NULL */
    char *from;     /* in use: NULL = UTF-8 as it is */
    GIConv converter;
    char *foreign; /* STAGE_BYTES of text not yet converted */
    gsize foreign_at, foreign_n;
    GError *failure;
};

/* Encoding ---------------------------------------------------------------------------------- */

static gboolean foreign_failed(plx_input *input, GError **error)
{
    const guint8 byte = (guint8)input->foreign[input->foreign_at];
    return plx_error(error, PLX_ERROR_INPUT, "byte 0x%02X cannot stand here in %s", byte,
                     input->from);
}

static gboolean foreign_refill(plx_input *input, gboolean *ended, GError **error)
{
    const gsize left = input->foreign_n - input->foreign_at;
    memmove(input->foreign, input->foreign + input->foreign_at, left);
    input->foreign_at = 0;
    input->foreign_n = left;
    gsize got;
    if (!plx_raw_read(input->raw, input->foreign + left, STAGE_BYTES - left, &got, error))
        return FALSE;
    input->foreign_n += got;
    *ended = got == 0;
    return TRUE;
}

static gboolean foreign_read(plx_input *input, char *out, gsize n, gsize *got, GError **error)
{
    char *to = out;
    gsize room = n;
    *got = 0;
    while (to == out) {
        gboolean ended = FALSE;
        if (input->foreign_n - input->foreign_at < 16 && !foreign_refill(input, &ended, error))
            return FALSE;
        if (input->foreign_n == input->foreign_at)
            return TRUE;
        char *from = input->foreign + input->foreign_at;
        gsize left = input->foreign_n - input->foreign_at;
        const gsize before = left;
        const gsize result = g_iconv(input->converter, &from, &left, &to, &room);
        const int reason = errno;
        input->foreign_at = input->foreign_n - left;
        *got = (gsize)(to - out);
        if (result != (gsize)-1 || to != out)
            continue;
        if (reason == E2BIG)
            return TRUE;
        if (reason == EILSEQ || (ended && left == before))
            return foreign_failed(input, error);
    }
    return TRUE;
}

/* The public face --------------------------------------------------------------------------- */

static gboolean set_converter(plx_input *input, const char *from, GError **error)
{
    if (input->from)
        return TRUE;
    input->converter = g_iconv_open("UTF-8", from);
    if (input->converter == (GIConv)-1)
        return plx_error(error, PLX_ERROR_USAGE, "%s: \"%s\" is no encoding known here",
                         plx_raw_name(input->raw), from);
    input->from = g_strdup(from);
    input->foreign = input->foreign ? input->foreign : g_malloc(STAGE_BYTES);
    return TRUE;
}

/* Encodings that name their byte order take the mark for a character: its bytes, 0 for none. */
static gsize mark_length(const char *encoding, const guint8 *bytes, gsize n)
{
    static const struct {
        const char *width, *order, *mark;
        gsize length;
    } marks[] = {{"16", "LE", "\xFF\xFE", 2},
                 {"16", "BE", "\xFE\xFF", 2},
                 {"32", "LE", "\xFF\xFE\0\0", 4},
                 {"32", "BE", "\0\0\xFE\xFF", 4}};
    g_autofree char *name = g_ascii_strup(encoding, -1);
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        if (strstr(name, marks[i].width) && g_str_has_suffix(name, marks[i].order) &&
            n >= marks[i].length && memcmp(bytes, marks[i].mark, marks[i].length) == 0)
            return marks[i].length;
    return 0;
}

static gboolean begin_text(plx_input *input, GError **error)
{
    gsize n;
    const guint8 *const b = plx_raw_ahead(input->raw, &n);
    const gboolean utf8 = !input->encoding || g_ascii_strcasecmp(input->encoding, "UTF-8") == 0 ||
                          g_ascii_strcasecmp(input->encoding, "UTF8") == 0;
    if (!utf8) {
        plx_raw_skip(input->raw, mark_length(input->encoding, b, n));
        return set_converter(input, input->encoding, error);
    }
    if (n >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF) {
        plx_raw_skip(input->raw, 3);
    } else if (n >= 2 && !input->encoding &&
               ((b[0] == 0xFF && b[1] == 0xFE) || (b[0] == 0xFE && b[1] == 0xFF))) {
        if (!set_converter(input, b[0] == 0xFF ? "UTF-16LE" : "UTF-16BE", error))
            return FALSE;
        plx_raw_skip(input->raw, 2);
    }
    return TRUE;
}

gboolean plx_input_rewind(plx_input *input, GError **error)
{
    g_clear_error(&input->failure);
    input->foreign_at = input->foreign_n = 0;
    if (input->from)
        g_iconv(input->converter, NULL, NULL, NULL, NULL);
    return plx_raw_rewind(input->raw, error) && begin_text(input, error);
}

gboolean plx_input_read(plx_input *input, char *out, gsize n, gsize *got, GError **error)
{
    *got = 0;
    while (*got < n && !input->failure) {
        gsize more = 0;
        if (input->from)
            foreign_read(input, out + *got, n - *got, &more, &input->failure);
        else
            plx_raw_read(input->raw, out + *got, n - *got, &more, &input->failure);
        *got += more;
        if (more == 0)
            break;
    }
    if (!input->failure)
        return TRUE;
    if (error)
        *error = g_error_copy(input->failure);
    return FALSE;
}

/* Takes `raw` over; NULL: there is none, with its error. */
static plx_input *input_of(plx_raw *raw, const char *encoding, GError **error)
{
    if (!raw)
        return NULL;
    g_autoptr(plx_input) input = g_new0(plx_input, 1);
    input->raw = raw;
    input->encoding = g_strdup(encoding);
    return plx_input_rewind(input, error) ? g_steal_pointer(&input) : NULL;
}

plx_input *plx_input_new(const char *path, const char *encoding, gboolean (*stopped)(void),
                         GError **error)
{
    return input_of(plx_raw_new(path, stopped, error), encoding, error);
}

plx_input *plx_input_new_memory(const char *text, gsize length, const char *name,
                                const char *encoding, GError **error)
{
    return input_of(plx_raw_new_memory(text, length, name), encoding, error);
}

void plx_input_free(plx_input *input)
{
    if (!input)
        return;
    if (input->from)
        g_iconv_close(input->converter);
    g_clear_error(&input->failure);
    plx_raw_free(input->raw);
    g_free(input->foreign);
    g_free(input->from);
    g_free(input->encoding);
    g_free(input);
}

const char *plx_input_name(const plx_input *input)
{
    return plx_raw_name(input->raw);
}
