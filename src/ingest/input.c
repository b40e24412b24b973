/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/input.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define STAGE_BYTES (128 * 1024)
#define WAIT_MS 100

struct plx_input {
    char *name;
    /* Where raw bytes come from: memory, or a descriptor and perhaps the copy made of it. */
    const char *memory;
    gsize memory_length;
    int fd, spool; /* -1: none */
    gboolean seekable;
    gboolean spooled; /* the whole of fd is in the spool */
    guint64 position, spool_length;
    /* gzip */
    gboolean gzip, inflating;
    gboolean member_done;
    z_stream z;
    char *packed; /* STAGE_BYTES */
    /* Encoding */
    char *encoding; /* asked for, or NULL */
    char *from;     /* in use: NULL = UTF-8 as it is */
    GIConv converter;
    char *foreign; /* STAGE_BYTES of text not yet converted */
    gsize foreign_at, foreign_n;
    /* First bytes, looked at and not yet given on. */
    char ahead[4];
    gsize ahead_at, ahead_n;
    GError *failure;
    gboolean (*stopped)(void); /* or NULL */
};

static gboolean fail_errno(plx_input *input, GError **error)
{
    return plx_error(error, PLX_ERROR_IO, "%s: cannot be read: %s", input->name, g_strerror(errno));
}

/* Memory or descriptor ---------------------------------------------------------------------- */

static gboolean spool_write(plx_input *input, const char *bytes, gsize n, GError **error)
{
    for (gsize done = 0; done < n;) {
        const ssize_t written =
            pwrite(input->spool, bytes + done, n - done, (off_t)(input->spool_length + done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return plx_error(error, PLX_ERROR_IO, "%s: cannot be kept for a second look: %s",
                             input->name, g_strerror(errno));
        done += (gsize)written;
    }
    input->spool_length += n;
    return TRUE;
}

/* Until something is there, as it may take a pipe; FALSE when it is not waited for any longer. */
static gboolean await(const plx_input *input, GError **error)
{
    struct pollfd ready = {.fd = input->fd, .events = POLLIN};
    while (input->stopped) {
        if (input->stopped())
            return plx_error(error, PLX_ERROR_IO, "%s: was not read to its end", input->name);
        if (input->seekable || poll(&ready, 1, WAIT_MS) != 0)
            return TRUE;
    }
    return TRUE;
}

/* Up to n bytes, 0 at the end. */
static gboolean raw_read(plx_input *input, char *out, gsize n, gsize *got, GError **error)
{
    *got = 0;
    if (input->fd < 0) {
        const gsize left = input->memory_length - (gsize)input->position;
        *got = MIN(n, left);
        if (*got > 0)
            memcpy(out, input->memory + input->position, *got);
        input->position += *got;
        return TRUE;
    }
    const gboolean from_spool = input->position < input->spool_length;
    if (!from_spool && input->spooled)
        return TRUE;
    if (!from_spool && !await(input, error))
        return FALSE;
    ssize_t count;
    do {
        if (from_spool)
            count = pread(input->spool, out, MIN(n, (gsize)(input->spool_length - input->position)),
                          (off_t)input->position);
        else
            count = read(input->fd, out, n);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return fail_errno(input, error);
    if (!from_spool && !input->seekable) {
        input->spooled = count == 0;
        if (!spool_write(input, out, (gsize)count, error))
            return FALSE;
    }
    input->position += (guint64)count;
    *got = (gsize)count;
    return TRUE;
}

static gboolean open_spool(plx_input *input, GError **error)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "parallax-XXXXXX", NULL);
    input->spool = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
    if (input->spool < 0)
        return plx_error(error, PLX_ERROR_IO, "%s: no temporary file in %s: %s", input->name,
                         g_get_tmp_dir(), g_strerror(errno));
    unlink(path);
    return TRUE;
}

/* gzip -------------------------------------------------------------------------------------- */

static gboolean gzip_refill(plx_input *input, gboolean *ended, GError **error)
{
    gsize got;
    if (!raw_read(input, input->packed, STAGE_BYTES, &got, error))
        return FALSE;
    input->z.next_in = (Bytef *)input->packed;
    input->z.avail_in = (uInt)got;
    *ended = got == 0;
    return TRUE;
}

static gboolean gzip_failed(plx_input *input, int code, GError **error)
{
    return plx_error(error, PLX_ERROR_INPUT, "%s: the gzip data are damaged (%s)", input->name,
                     input->z.msg ? input->z.msg : zError(code));
}

static gboolean gzip_read(plx_input *input, char *out, gsize n, gsize *got, GError **error)
{
    input->z.next_out = (Bytef *)out;
    input->z.avail_out = (uInt)MIN(n, G_MAXUINT32 / 2);
    const uInt room = input->z.avail_out;
    gboolean ok = TRUE;
    while (ok && input->z.avail_out == room) {
        gboolean ended = FALSE;
        if (input->z.avail_in == 0 && !gzip_refill(input, &ended, error)) {
            ok = FALSE;
        } else if (ended && input->member_done) {
            break;
        } else if (ended) {
            ok = plx_error(error, PLX_ERROR_INPUT,
                           "%s: the gzip data end too early: was the file cut short?", input->name);
        } else {
            if (input->member_done)
                inflateReset(&input->z); /* one more member behind the last */
            const int code = inflate(&input->z, Z_NO_FLUSH);
            input->member_done = code == Z_STREAM_END;
            if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
                ok = gzip_failed(input, code, error);
        }
    }
    *got = room - input->z.avail_out;
    return ok;
}

/* Unpacked bytes ---------------------------------------------------------------------------- */

static gboolean byte_read(plx_input *input, char *out, gsize n, gsize *got, GError **error)
{
    if (input->ahead_at < input->ahead_n) {
        *got = MIN(n, input->ahead_n - input->ahead_at);
        memcpy(out, input->ahead + input->ahead_at, *got);
        input->ahead_at += *got;
        return TRUE;
    }
    return input->gzip ? gzip_read(input, out, n, got, error) : raw_read(input, out, n, got, error);
}

/* Reads up to sizeof ahead bytes and leaves them to be read. */
static gboolean look_ahead(plx_input *input, GError **error)
{
    char bytes[sizeof input->ahead];
    gsize n = 0;
    while (n < sizeof bytes) {
        gsize got;
        if (!byte_read(input, bytes + n, sizeof bytes - n, &got, error))
            return FALSE;
        if (got == 0)
            break;
        n += got;
    }
    memcpy(input->ahead, bytes, n);
    input->ahead_at = 0;
    input->ahead_n = n;
    return TRUE;
}

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
    if (!byte_read(input, input->foreign + left, STAGE_BYTES - left, &got, error))
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
                         input->name, from);
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
    if (!look_ahead(input, error))
        return FALSE;
    const guint8 *const b = (const guint8 *)input->ahead;
    const gsize n = input->ahead_n;
    const gboolean utf8 = !input->encoding || g_ascii_strcasecmp(input->encoding, "UTF-8") == 0 ||
                          g_ascii_strcasecmp(input->encoding, "UTF8") == 0;
    if (!utf8) {
        input->ahead_at = mark_length(input->encoding, b, n);
        return set_converter(input, input->encoding, error);
    }
    if (n >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF) {
        input->ahead_at = 3;
    } else if (n >= 2 && !input->encoding &&
               ((b[0] == 0xFF && b[1] == 0xFE) || (b[0] == 0xFE && b[1] == 0xFF))) {
        if (!set_converter(input, b[0] == 0xFF ? "UTF-16LE" : "UTF-16BE", error))
            return FALSE;
        input->ahead_at = 2;
    }
    return TRUE;
}

static gboolean begin_packed(plx_input *input, GError **error)
{
    input->gzip =
        input->ahead_n >= 2 && (guint8)input->ahead[0] == 0x1F && (guint8)input->ahead[1] == 0x8B;
    if (!input->gzip)
        return TRUE;
    if (!input->packed)
        input->packed = g_malloc(STAGE_BYTES);
    if (!input->inflating && inflateInit2(&input->z, 15 + 16) != Z_OK)
        return plx_error(error, PLX_ERROR_BUG, "%s: zlib does not start", input->name);
    if (input->inflating)
        inflateReset(&input->z);
    input->inflating = TRUE;
    input->member_done = FALSE;
    /* The bytes looked at are the first of the packed data. */
    memcpy(input->packed, input->ahead, input->ahead_n);
    input->z.next_in = (Bytef *)input->packed;
    input->z.avail_in = (uInt)input->ahead_n;
    input->ahead_n = input->ahead_at = 0;
    return TRUE;
}

gboolean plx_input_rewind(plx_input *input, GError **error)
{
    g_clear_error(&input->failure);
    if (input->fd >= 0 && input->seekable && lseek(input->fd, 0, SEEK_SET) < 0)
        return fail_errno(input, error);
    input->position = 0;
    input->ahead_at = input->ahead_n = 0;
    input->foreign_at = input->foreign_n = 0;
    input->gzip = FALSE;
    if (input->from)
        g_iconv(input->converter, NULL, NULL, NULL, NULL);
    return look_ahead(input, error) && begin_packed(input, error) && begin_text(input, error);
}

gboolean plx_input_read(plx_input *input, char *out, gsize n, gsize *got, GError **error)
{
    *got = 0;
    while (*got < n && !input->failure) {
        gsize more = 0;
        if (input->from)
            foreign_read(input, out + *got, n - *got, &more, &input->failure);
        else
            byte_read(input, out + *got, n - *got, &more, &input->failure);
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

static plx_input *input_alloc(const char *name, const char *encoding)
{
    plx_input *const input = g_new0(plx_input, 1);
    input->name = g_strdup(name);
    input->encoding = g_strdup(encoding);
    input->fd = input->spool = -1;
    return input;
}

plx_input *plx_input_new(const char *path, const char *encoding, gboolean (*stopped)(void),
                         GError **error)
{
    const gboolean standard = g_str_equal(path, "-");
    g_autoptr(plx_input) input = input_alloc(standard ? "<stdin>" : path, encoding);
    input->stopped = stopped;
    input->fd = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (input->fd < 0 || fstat(input->fd, &status) < 0) {
        plx_error(error, PLX_ERROR_IO, "%s: cannot be opened: %s", input->name, g_strerror(errno));
        return NULL;
    }
    if (S_ISDIR(status.st_mode)) {
        plx_error(error, PLX_ERROR_INPUT, "%s: is a directory; a file was expected", input->name);
        return NULL;
    }
    /* Standard input that is a file but was read from before must not be read from its start. */
    input->seekable = S_ISREG(status.st_mode) && lseek(input->fd, 0, SEEK_CUR) == 0;
    if (!input->seekable && !open_spool(input, error))
        return NULL;
    if (!plx_input_rewind(input, error))
        return NULL;
    return g_steal_pointer(&input);
}

plx_input *plx_input_new_memory(const char *text, gsize length, const char *name,
                                const char *encoding, GError **error)
{
    g_autoptr(plx_input) input = input_alloc(name, encoding);
    input->memory = text;
    input->memory_length = length;
    if (!plx_input_rewind(input, error))
        return NULL;
    return g_steal_pointer(&input);
}

void plx_input_free(plx_input *input)
{
    if (!input)
        return;
    if (input->fd >= 0)
        close(input->fd);
    if (input->spool >= 0)
        close(input->spool);
    if (input->inflating)
        inflateEnd(&input->z);
    if (input->from)
        g_iconv_close(input->converter);
    g_clear_error(&input->failure);
    g_free(input->packed);
    g_free(input->foreign);
    g_free(input->from);
    g_free(input->encoding);
    g_free(input->name);
    g_free(input);
}

const char *plx_input_name(const plx_input *input)
{
    return input->name;
}
