/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/target.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_BYTES (256 * 1024)

gboolean plx_target_error(const struct plx_target *target, int code, GError **error)
{
    if (code == EPIPE) /* the reader has enough: no words */
        return plx_error(error, PLX_ERROR_IO, "%s", "");
    return plx_error(error, PLX_ERROR_IO, "cannot write %s: %s",
                     strcmp(target->path, "-") == 0 ? "to standard output" : target->path,
                     g_strerror(code));
}

gboolean plx_target_open(struct plx_target *target, const char *path, GError **error)
{
    struct stat status;
    *target = (struct plx_target){.fd = -1};
    const gboolean there = strcmp(path, "-") != 0 && stat(path, &status) == 0;
    target->path = g_strdup(path);
    target->in_place = strcmp(path, "-") == 0 || (there && !S_ISREG(status.st_mode));
    g_autofree char *beside = g_strconcat(path, ".XXXXXX", NULL);
    g_autofree char *elsewhere = g_build_filename(g_get_tmp_dir(), "parallax-export.XXXXXX", NULL);
    char *const name = target->in_place ? elsewhere : beside;
    gboolean ok = !there || !S_ISDIR(status.st_mode);
    if (ok)
        target->fd = g_mkstemp_full(name, O_RDWR | O_CLOEXEC, 0600);
    if (!ok)
        plx_error(error, PLX_ERROR_IO, "cannot write %s: it is a directory", path);
    else if (target->fd < 0 ||
             (there && !target->in_place && fchmod(target->fd, status.st_mode & 0777) != 0))
        ok = plx_target_error(target, errno, error);
    if (ok)
        target->temporary = g_strdup(name);
    else
        plx_target_clear(target);
    return ok;
}

static gboolean write_all(const struct plx_target *target, int fd, const char *bytes, gsize n,
                          GError **error)
{
    while (n > 0) {
        const ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno != EINTR)
            return plx_target_error(target, errno, error);
        if (done > 0) {
            bytes += done;
            n -= (gsize)done;
        }
    }
    return TRUE;
}

gboolean plx_target_write(const struct plx_target *target, const char *bytes, gsize n,
                          GError **error)
{
    return write_all(target, target->fd, bytes, n, error);
}

static gboolean copy(const struct plx_target *target, int to, GError **error)
{
    g_autofree char *buffer = g_malloc(COPY_BYTES);
    const int from = open(target->temporary, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return plx_target_error(target, errno, error);
    ssize_t n;
    gboolean ok = TRUE;
    while (ok && (n = read(from, buffer, COPY_BYTES)) != 0)
        ok = n > 0 ? write_all(target, to, buffer, (gsize)n, error)
                   : errno == EINTR || plx_target_error(target, errno, error);
    close(from);
    return ok;
}

static gboolean commit_in_place(struct plx_target *target, GError **error)
{
    const gboolean standard = strcmp(target->path, "-") == 0;
    const int to = standard ? STDOUT_FILENO : open(target->path, O_WRONLY | O_CLOEXEC);
    if (to < 0)
        return plx_target_error(target, errno, error);
    const gboolean ok = copy(target, to, error);
    if (!standard)
        close(to);
    return ok;
}

/* The name must be on the disk as well. */
static void sync_folder(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

gboolean plx_target_commit(struct plx_target *target, GError **error)
{
    if (target->in_place)
        return commit_in_place(target, error);
    if (fsync(target->fd) != 0 || g_rename(target->temporary, target->path) != 0)
        return plx_target_error(target, errno, error);
    sync_folder(target->path);
    g_clear_pointer(&target->temporary, g_free);
    return TRUE;
}

void plx_target_clear(struct plx_target *target)
{
    if (!target->path)
        return;
    if (target->fd >= 0)
        close(target->fd);
    if (target->temporary)
        g_unlink(target->temporary);
    g_free(target->temporary);
    g_free(target->path);
    *target = (struct plx_target){.fd = -1};
}
