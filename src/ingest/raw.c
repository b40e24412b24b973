/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/raw.h"

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

struct plx_raw {
    char *name;
    /* Where they come from: memory, or a descriptor and perhaps the copy made of it. */
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
    /* First bytes, looked at and not yet given on. */
    char ahead[PLX_RAW_AHEAD];
    gsize ahead_at, ahead_n;
    gboolean (*stopped)(void); /* or NULL */
};

static gboolean fail_errno(plx_raw *raw, GError **error)
{
    return plx_error(error, PLX_ERROR_IO, "%s: cannot be read: %s", raw->name, g_strerror(errno));
}

/* Memory or descriptor ---------------------------------------------------------------------- */

static gboolean spool_write(plx_raw *raw, const char *bytes, gsize n, GError **error)
{
    for (gsize done = 0; done < n;) {
        const ssize_t written =
            pwrite(raw->spool, bytes + done, n - done, (off_t)(raw->spool_length + done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return plx_error(error, PLX_ERROR_IO, "%s: cannot be kept for a second look: %s",
                             raw->name, g_strerror(errno));
        done += (gsize)written;
    }
    raw->spool_length += n;
    return TRUE;
}

/* Until something is there, as it may take a pipe; FALSE when it is not waited for any longer. */
static gboolean await(const plx_raw *raw, GError **error)
{
    struct pollfd ready = {.fd = raw->fd, .events = POLLIN};
    while (raw->stopped) {
        if (raw->stopped())
            return plx_error(error, PLX_ERROR_IO, "%s: was not read to its end", raw->name);
        if (raw->seekable || poll(&ready, 1, WAIT_MS) != 0)
            return TRUE;
    }
    return TRUE;
}

/* Up to n bytes, 0 at the end. */
static gboolean origin_read(plx_raw *raw, char *out, gsize n, gsize *got, GError **error)
{
    *got = 0;
    if (raw->fd < 0) {
        const gsize left = raw->memory_length - (gsize)raw->position;
        *got = MIN(n, left);
        if (*got > 0)
            memcpy(out, raw->memory + raw->position, *got);
        raw->position += *got;
        return TRUE;
    }
    const gboolean from_spool = raw->position < raw->spool_length;
    if (!from_spool && raw->spooled)
        return TRUE;
    if (!from_spool && !await(raw, error))
        return FALSE;
    ssize_t count;
    do {
        if (from_spool)
            count = pread(raw->spool, out, MIN(n, (gsize)(raw->spool_length - raw->position)),
                          (off_t)raw->position);
        else
            count = read(raw->fd, out, n);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return fail_errno(raw, error);
    if (!from_spool && !raw->seekable) {
        raw->spooled = count == 0;
        if (!spool_write(raw, out, (gsize)count, error))
            return FALSE;
    }
    raw->position += (guint64)count;
    *got = (gsize)count;
    return TRUE;
}

static gboolean open_spool(plx_raw *raw, GError **error)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "parallax-XXXXXX", NULL);
    raw->spool = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
    if (raw->spool < 0)
        return plx_error(error, PLX_ERROR_IO, "%s: no temporary file in %s: %s", raw->name,
                         g_get_tmp_dir(), g_strerror(errno));
    unlink(path);
    return TRUE;
}

/* gzip -------------------------------------------------------------------------------------- */

static gboolean gzip_refill(plx_raw *raw, gboolean *ended, GError **error)
{
    gsize got;
    if (!origin_read(raw, raw->packed, STAGE_BYTES, &got, error))
        return FALSE;
    raw->z.next_in = (Bytef *)raw->packed;
    raw->z.avail_in = (uInt)got;
    *ended = got == 0;
    return TRUE;
}

static gboolean gzip_failed(plx_raw *raw, int code, GError **error)
{
    return plx_error(error, PLX_ERROR_INPUT, "%s: the gzip data are damaged (%s)", raw->name,
                     raw->z.msg ? raw->z.msg : zError(code));
}

static gboolean gzip_read(plx_raw *raw, char *out, gsize n, gsize *got, GError **error)
{
    raw->z.next_out = (Bytef *)out;
    raw->z.avail_out = (uInt)MIN(n, G_MAXUINT32 / 2);
    const uInt room = raw->z.avail_out;
    gboolean ok = TRUE;
    while (ok && raw->z.avail_out == room) {
        gboolean ended = FALSE;
        if (raw->z.avail_in == 0 && !gzip_refill(raw, &ended, error)) {
            ok = FALSE;
        } else if (ended && raw->member_done) {
            break;
        } else if (ended) {
            ok = plx_error(error, PLX_ERROR_INPUT,
                           "%s: the gzip data end too early: was the file cut short?", raw->name);
        } else {
            if (raw->member_done)
                inflateReset(&raw->z); /* one more member behind the last */
            const int code = inflate(&raw->z, Z_NO_FLUSH);
            raw->member_done = code == Z_STREAM_END;
            if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
                ok = gzip_failed(raw, code, error);
        }
    }
    *got = room - raw->z.avail_out;
    return ok;
}

/* Unpacked bytes ---------------------------------------------------------------------------- */

gboolean plx_raw_read(plx_raw *raw, char *out, gsize n, gsize *got, GError **error)
{
    if (raw->ahead_at < raw->ahead_n) {
        *got = MIN(n, raw->ahead_n - raw->ahead_at);
        memcpy(out, raw->ahead + raw->ahead_at, *got);
        raw->ahead_at += *got;
        return TRUE;
    }
    return raw->gzip ? gzip_read(raw, out, n, got, error) : origin_read(raw, out, n, got, error);
}

/* Reads up to sizeof ahead bytes and leaves them to be read. */
static gboolean look_ahead(plx_raw *raw, GError **error)
{
    char bytes[sizeof raw->ahead] = {0};
    gsize n = 0;
    while (n < sizeof bytes) {
        gsize got;
        if (!plx_raw_read(raw, bytes + n, sizeof bytes - n, &got, error))
            return FALSE;
        if (got == 0)
            break;
        n += got;
    }
    memcpy(raw->ahead, bytes, n);
    raw->ahead_at = 0;
    raw->ahead_n = n;
    return TRUE;
}

static gboolean begin_packed(plx_raw *raw, GError **error)
{
    raw->gzip = raw->ahead_n >= 2 && (guint8)raw->ahead[0] == 0x1F && (guint8)raw->ahead[1] == 0x8B;
    if (!raw->gzip)
        return TRUE;
    if (!raw->packed)
        raw->packed = g_malloc(STAGE_BYTES);
    if (!raw->inflating && inflateInit2(&raw->z, 15 + 16) != Z_OK)
        return plx_error(error, PLX_ERROR_BUG, "%s: zlib does not start", raw->name);
    if (raw->inflating)
        inflateReset(&raw->z);
    raw->inflating = TRUE;
    raw->member_done = FALSE;
    /* The bytes looked at are the first of the packed data. */
    memcpy(raw->packed, raw->ahead, raw->ahead_n);
    raw->z.next_in = (Bytef *)raw->packed;
    raw->z.avail_in = (uInt)raw->ahead_n;
    raw->ahead_n = raw->ahead_at = 0;
    return TRUE;
}

/* What is no text is told by what it is: people can save it as one. */
static gboolean refuse_kinds(const plx_raw *raw, GError **error)
{
    static const struct {
        const char *begin, *what;
    } kinds[] = {
        {"PK\x03\x04", "a spreadsheet (or another packed file), not a text file; open it and "
                       "save it as CSV (in Excel: Save as, CSV UTF-8)"},
        {"\xD0\xCF\x11\xE0", "an old spreadsheet (.xls), not a text file; open it and save "
                             "it as CSV (in Excel: Save as, CSV UTF-8)"},
        {"$FL2", "an SPSS file, not a text file; save it as CSV (File, Export, CSV Data)"},
        {"$FL3", "an SPSS file, not a text file; save it as CSV (File, Export, CSV Data)"},
        {"%PDF", "a PDF, not a text file; ask for the answers as CSV"}};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (raw->ahead_n >= 4 && memcmp(raw->ahead, kinds[i].begin, 4) == 0)
            return plx_error(error, PLX_ERROR_INPUT, "%s: this is %s", raw->name, kinds[i].what);
    return TRUE;
}

gboolean plx_raw_rewind(plx_raw *raw, GError **error)
{
    if (raw->fd >= 0 && raw->seekable && lseek(raw->fd, 0, SEEK_SET) < 0)
        return fail_errno(raw, error);
    raw->position = 0;
    raw->ahead_at = raw->ahead_n = 0;
    raw->gzip = FALSE;
    return look_ahead(raw, error) && begin_packed(raw, error) && look_ahead(raw, error) &&
           refuse_kinds(raw, error);
}

const guint8 *plx_raw_ahead(const plx_raw *raw, gsize *n)
{
    *n = raw->ahead_n;
    return (const guint8 *)raw->ahead;
}

void plx_raw_skip(plx_raw *raw, gsize n)
{
    raw->ahead_at = n;
}

/* Opening ----------------------------------------------------------------------------------- */

static plx_raw *raw_alloc(const char *name)
{
    plx_raw *const raw = g_new0(plx_raw, 1);
    raw->name = g_strdup(name);
    raw->fd = raw->spool = -1;
    return raw;
}

plx_raw *plx_raw_new(const char *path, gboolean (*stopped)(void), GError **error)
{
    const gboolean standard = g_str_equal(path, "-");
    g_autoptr(plx_raw) raw = raw_alloc(standard ? "<stdin>" : path);
    raw->stopped = stopped;
    raw->fd = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (raw->fd < 0 || fstat(raw->fd, &status) < 0) {
        plx_error(error, PLX_ERROR_IO, "%s: cannot be opened: %s", raw->name, g_strerror(errno));
        return NULL;
    }
    if (S_ISDIR(status.st_mode)) {
        plx_error(error, PLX_ERROR_INPUT, "%s: is a directory; a file was expected", raw->name);
        return NULL;
    }
    /* Standard input that is a file but was read from before must not be read from its start. */
    raw->seekable = S_ISREG(status.st_mode) && lseek(raw->fd, 0, SEEK_CUR) == 0;
    return raw->seekable || open_spool(raw, error) ? g_steal_pointer(&raw) : NULL;
}

plx_raw *plx_raw_new_memory(const char *text, gsize length, const char *name)
{
    plx_raw *const raw = raw_alloc(name);
    raw->memory = text;
    raw->memory_length = length;
    return raw;
}

void plx_raw_free(plx_raw *raw)
{
    if (!raw)
        return;
    if (raw->fd >= 0)
        close(raw->fd);
    if (raw->spool >= 0)
        close(raw->spool);
    if (raw->inflating)
        inflateEnd(&raw->z);
    g_free(raw->packed);
    g_free(raw->name);
    g_free(raw);
}

const char *plx_raw_name(const plx_raw *raw)
{
    return raw->name;
}
