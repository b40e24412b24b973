/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/uploads.h"

#include "base/error.h"
#include "store/ticket.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER "parallax-uploads-"
/* A file in the folder that its server holds locked as long as it lives, however it dies. */
#define LOCK "lock"

struct plx_uploads {
    char *folder;
    int lock; /* -1: this file system has none; then nobody takes the folder for a dead one's */
};

/* Folders ------------------------------------------------------------------------------------- */

/* A folder, with the files in it. */
static void remove_folder(const char *path)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        g_unlink(inner);
    }
    g_rmdir(path);
}

/* Of a server's folder, those that came until then. */
static void remove_until(const char *folder, gint64 seconds)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        GStatBuf found;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_lstat(path, &found) == 0 && S_ISDIR(found.st_mode) && found.st_mtime <= seconds)
            remove_folder(path);
    }
}

/* What is old. */
static void sweep(const plx_uploads *uploads)
{
    const gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    remove_until(uploads->folder, now - PLX_UPLOAD_SECONDS);
}

static void remove_all(const char *folder)
{
    remove_until(folder, G_MAXINT64);
    remove_folder(folder); /* with the lock, as the last */
}

/* Beginning and end --------------------------------------------------------------------------- */

/* It gets its name when it is held already: who finds it never takes it from one that begins. */
static int hold(const char *folder)
{
    g_autofree char *fresh = g_build_filename(folder, "lock.new", NULL);
    g_autofree char *path = g_build_filename(folder, LOCK, NULL);
    const int lock = g_open(fresh, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (lock < 0 || (flock(lock, LOCK_EX | LOCK_NB) == 0 && g_rename(fresh, path) == 0))
        return lock;
    close(lock);
    g_unlink(fresh);
    return -1;
}

/* The lock of a folder of ours whose server has died; -1: it is none. Others of this machine may
 * have put something else under such a name. */
static int take_from_dead(const char *folder)
{
    struct stat found;
    int lock = -1;
    const int dir = g_open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
    if (dir < 0)
        return -1;
    if (fstat(dir, &found) == 0 && found.st_uid == geteuid())
        lock = openat(dir, LOCK, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    close(dir);
    if (lock < 0 || flock(lock, LOCK_EX | LOCK_NB) == 0)
        return lock;
    close(lock);
    return -1;
}

/* A server that was killed, or whose machine lost its power, left what people had sent it. */
static void remove_dead(void)
{
    const char *const all = g_get_tmp_dir();
    g_autoptr(GDir) dir = g_dir_open(all, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        if (!g_str_has_prefix(name, FOLDER))
            continue;
        g_autofree char *folder = g_build_filename(all, name, NULL);
        const int lock = take_from_dead(folder);
        if (lock < 0)
            continue;
        remove_all(folder);
        close(lock);
    }
}

plx_uploads *plx_uploads_new(GError **error)
{
    g_autoptr(GError) cause = NULL;
    remove_dead();
    char *const folder = g_dir_make_tmp(FOLDER "XXXXXX", &cause);
    if (!folder) {
        plx_error(error, PLX_ERROR_IO, "a folder for files that are sent: %s", cause->message);
        return NULL;
    }
    plx_uploads *const uploads = g_new(plx_uploads, 1);
    uploads->folder = folder;
    uploads->lock = hold(folder);
    return uploads;
}

void plx_uploads_free(plx_uploads *uploads)
{
    if (!uploads)
        return;
    remove_all(uploads->folder);
    if (uploads->lock >= 0)
        close(uploads->lock);
    g_free(uploads->folder);
    g_free(uploads);
}

/* Files --------------------------------------------------------------------------------------- */

/* "ratings.csv" of "C:\\2025\\ratings.csv": without folders, control characters, a dot in front,
 * or what is too long. */
static char *clean_name(const char *name)
{
    const char *base = name;
    for (const char *p = name; *p; p++)
        if (*p == '/' || *p == '\\')
            base = p + 1;
    while (*base == '.' || *base == '-' || *base == ' ')
        base++;
    g_autoptr(GString) clean = g_string_new(NULL);
    for (const char *p = base; *p && clean->len < PLX_UPLOAD_NAME_MAX; p = g_utf8_next_char(p)) {
        const gunichar letter = g_utf8_get_char(p);
        if (g_unichar_isprint(letter))
            g_string_append_unichar(clean, letter);
    }
    return g_strdup(clean->len ? clean->str : "file");
}

/* What a folder counts for. */
static guint64 size_of(const char *folder)
{
    guint64 size = 0;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        GStatBuf found;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_stat(path, &found) == 0)
            size += (guint64)found.st_size;
    }
    return MAX(size, PLX_UPLOAD_LEAST);
}

gboolean plx_uploads_fits(plx_uploads *uploads, gint64 account, guint64 bytes, GError **error)
{
    g_autofree char *own = g_strdup_printf("%" G_GINT64_FORMAT "-", account);
    guint64 all = MAX(bytes, PLX_UPLOAD_LEAST);
    sweep(uploads);
    g_autoptr(GDir) dir = g_dir_open(uploads->folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(uploads->folder, name, NULL);
        all += g_str_has_prefix(name, own) ? size_of(path) : 0;
    }
    return all <= PLX_UPLOADS_BYTES ||
           plx_error(error, PLX_ERROR_INPUT,
                     "very many of your files lie here already; each goes an hour after it came: "
                     "try again later");
}

char *plx_uploads_room(plx_uploads *uploads, gint64 account, const char *name, GError **error)
{
    sweep(uploads);
    char *const ticket = plx_ticket_new();
    g_autofree char *own = g_strdup_printf("%" G_GINT64_FORMAT "-%s", account, ticket);
    g_autofree char *folder = g_build_filename(uploads->folder, own, NULL);
    plx_ticket_free(ticket);
    if (g_mkdir(folder, 0700) != 0) {
        plx_error(error, PLX_ERROR_IO, "%s: %s", folder, g_strerror(errno));
        return NULL;
    }
    g_autofree char *clean = clean_name(name);
    return g_build_filename(folder, clean, NULL);
}

char *plx_uploads_reference(const plx_uploads *uploads, const char *path)
{
    const char *const own = path + strlen(uploads->folder) + 1; /* "3-TICKET/name.csv" */
    return g_strdup(strchr(own, '-') + 1);
}

char *plx_uploads_find(const plx_uploads *uploads, gint64 account, const char *reference,
                       GError **error)
{
    const char *const slash = strchr(reference, '/');
    const gsize length = slash ? (gsize)(slash - reference) : 0;
    if (plx_ticket_is(reference, length) && slash[1] != '.' && !strchr(slash + 1, '/')) {
        g_autofree char *own = g_strdup_printf("%" G_GINT64_FORMAT "-%s", account, reference);
        g_autofree char *path = g_build_filename(uploads->folder, own, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            return g_steal_pointer(&path);
    }
    plx_error(error, PLX_ERROR_NOT_FOUND,
              "the file is not here any more: files wait for an hour; send it again");
    return NULL;
}

void plx_uploads_drop(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    remove_folder(folder);
}

char *plx_uploads_plain(const plx_uploads *uploads, const char *text)
{
    GString *const plain = g_string_new(NULL);
    const gsize length = strlen(uploads->folder);
    for (const char *p = text; *p;) {
        if (strncmp(p, uploads->folder, length) == 0 && p[length] == '/') {
            const char *const name = strchr(p + length + 1, '/');
            p = name ? name + 1 : p + length + 1;
            continue;
        }
        g_string_append_c(plain, *p++);
    }
    return g_string_free(plain, FALSE);
}
