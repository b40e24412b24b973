/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/naming.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean exists_already(const char *path, GError **error)
{
    return plx_error(error, PLX_ERROR_IO, "%s: exists already; nothing was changed", path);
}

static gboolean not_created(const char *path, int why, GError **error)
{
    return why == EEXIST
               ? exists_already(path, error)
               : plx_error(error, PLX_ERROR_IO, "%s: cannot be created: %s", path, g_strerror(why));
}

char *plx_naming_part(const char *path, GError **error)
{
    struct stat status;
    if (lstat(path, &status) == 0) {
        exists_already(path, error);
        return NULL;
    }
    guint32 word;
    randombytes_buf(&word, sizeof word);
    return g_strdup_printf("%s.%08x.part", path, word);
}

void plx_naming_drop_logs(const char *path)
{
    static const char *const endings[] = {"-wal", "-shm", "-journal"};
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *file = g_strconcat(path, endings[i], NULL);
        unlink(file);
    }
}

void plx_naming_drop(const char *part)
{
    unlink(part);
    plx_naming_drop_logs(part);
}

static int open_folder(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    return open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

gboolean plx_naming_sync(const char *path)
{
    const int fd = open_folder(path);
    const gboolean ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
    const int why = errno;
    if (fd >= 0)
        close(fd);
    errno = why;
    return ok;
}

/* 0, or errno. Some file systems know only one of the two ways. */
static int move(const char *part, const char *path)
{
    if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
        return errno;
    if (link(part, path) != 0)
        return errno;
    unlink(part);
    return 0;
}

/* Under a lock on the folder: a log may only go while nobody else can take the name and write one.
 */
static int take_name(const char *part, const char *path)
{
    struct stat status;
    const int folder = open_folder(path);
    if (folder >= 0)
        flock(folder, LOCK_EX);
    const gboolean taken = lstat(path, &status) == 0;
    if (!taken)
        plx_naming_drop_logs(path);
    const int code = taken ? EEXIST : move(part, path);
    if (folder >= 0)
        close(folder);
    return code;
}

gboolean plx_naming_give(const char *part, const char *path, GError **error)
{
    const int code = take_name(part, path);
    if (code == 0 && plx_naming_sync(path))
        return TRUE;
    const int why = code ? code : errno;
    plx_naming_drop(part);
    return not_created(path, why, error);
}

/* Creates the file and only then lets SQLite at it: two creators must not meet. */
gboolean plx_naming_create(const char *path, const char *like, GError **error)
{
    struct stat status;
    const int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    const gboolean ok =
        fd >= 0 && (!like || stat(like, &status) != 0 || fchmod(fd, status.st_mode & 0777) == 0);
    const int why = errno;
    if (fd >= 0)
        close(fd);
    return ok || not_created(path, why, error);
}
