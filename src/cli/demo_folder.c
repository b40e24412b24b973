/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/demo_folder.h"

#include "base/error.h"
#include "cli/demo_workspace.h"
#include "sim/demo_map.h"
#include "sim/row.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define HINT "; name another folder, as in \"parallax demo %s-demo\""

/* TRUE when the file begins with `start`, or is absent and may be. */
static gboolean begins(const char *folder, const char *name, const char *start, gboolean may_lack)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    FILE *file = fopen(path, "rbe");
    if (!file)
        return errno == ENOENT && may_lack;
    const gsize length = strlen(start);
    g_autofree char *text = g_malloc(length + 1);
    const gsize got = fread(text, 1, length, file);
    fclose(file);
    return got == length && memcmp(text, start, length) == 0;
}

/* The smallest name in byte order, so that the message is the same everywhere; NULL: empty. */
static char *first_name(GDir *dir)
{
    char *first = NULL;
    const char *name;
    while ((name = g_dir_read_name(dir))) {
        if (first && strcmp(first, name) <= 0)
            continue;
        g_free(first);
        first = g_strdup(name);
    }
    return first;
}

/* "demo/" and "demo//" name the same folder as "demo". */
static char *without_slashes(const char *path)
{
    gsize length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return g_strndup(path, length);
}

static gboolean check_folder(const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GDir) dir = g_dir_open(path, 0, &cause);
    if (!dir)
        return plx_error(error, PLX_ERROR_IO, "cannot read the folder %s: %s", path,
                         cause->message);
    g_autofree char *name = first_name(dir);
    if (!name)
        return TRUE;
    if (!begins(path, "map.yaml", PLX_DEMO_MARK, FALSE))
        return plx_error(error, PLX_ERROR_USAGE,
                         "%s holds '%s' and is not a demo: nothing was written" HINT, path, name,
                         path);
    g_autoptr(GString) header = g_string_new(NULL);
    plx_row_write_header(header);
    if (!begins(path, "ratings.csv", header->str, TRUE))
        return plx_error(error, PLX_ERROR_USAGE,
                         "%s/ratings.csv is not the demo's own: nothing was written" HINT, path,
                         path);
    g_autofree char *store = g_build_filename(path, PLX_DEMO_WORKSPACE, NULL);
    if (!plx_demo_workspace_is_own(store))
        return plx_error(error, PLX_ERROR_USAGE,
                         "%s/" PLX_DEMO_WORKSPACE
                         " is not the demo's own: nothing was written" HINT,
                         path, path);
    return TRUE;
}

gboolean plx_demo_folder_check(const char *path, GError **error)
{
    g_autofree char *folder = without_slashes(path);
    if (!g_file_test(folder, G_FILE_TEST_EXISTS))
        return TRUE;
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR))
        return plx_error(error, PLX_ERROR_USAGE, "%s is a file, expected a folder or a new name",
                         folder);
    return check_folder(folder, error);
}

static gboolean fail(GError **error, const char *what, const char *path)
{
    return plx_error(error, PLX_ERROR_IO, "cannot %s %s: %s", what, path, g_strerror(errno));
}

static gboolean write_file(const char *path, const struct plx_demo_file *file, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (file->make)
        return file->make(path, file->data, error);
    return g_file_set_contents_full(path, file->text, (gssize)file->length,
                                    G_FILE_SET_CONTENTS_CONSISTENT, 0666, &cause) ||
           plx_error(error, PLX_ERROR_IO, "cannot write %s: %s", path, cause->message);
}

static gboolean write_files(const char *folder, const struct plx_demo_file *files, gsize n,
                            GError **error)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *path = g_build_filename(folder, files[i].name, NULL);
        if (!write_file(path, &files[i], error))
            return FALSE;
    }
    return TRUE;
}

/* What SQLite keeps beside a workspace belongs to that one alone. */
static void unlink_beside(const char *path)
{
    static const char *const endings[] = {"-wal", "-shm"};
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *file = g_strconcat(path, endings[i], NULL);
        g_unlink(file);
    }
}

/* Moves the new folder to its name, or its files into the one that is there. */
static gboolean move_in(const char *fresh, const char *folder, const struct plx_demo_file *files,
                        gsize n, GError **error)
{
    if (!g_file_test(folder, G_FILE_TEST_EXISTS))
        return g_rename(fresh, folder) == 0 || fail(error, "make the folder", folder);
    for (gsize i = 0; i < n; i++) {
        g_autofree char *from = g_build_filename(fresh, files[i].name, NULL);
        g_autofree char *to = g_build_filename(folder, files[i].name, NULL);
        if (files[i].make)
            unlink_beside(to);
        if (g_rename(from, to) != 0)
            return fail(error, "write", to);
    }
    return TRUE;
}

static void sweep(const char *fresh, const struct plx_demo_file *files, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        g_autofree char *path = g_build_filename(fresh, files[i].name, NULL);
        g_unlink(path);
        if (files[i].make)
            unlink_beside(path);
    }
    g_rmdir(fresh);
}

gboolean plx_demo_folder_write(const char *path, const struct plx_demo_file *files, gsize n,
                               GError **error)
{
    g_autofree char *folder = without_slashes(path);
    /* "." and ".." have no name to put one beside; inside they are on the same disk as well. */
    g_autofree char *base = g_path_get_basename(folder);
    g_autofree char *fresh = strcmp(base, ".") == 0 || strcmp(base, "..") == 0
                                 ? g_build_filename(folder, ".parallax-XXXXXX", NULL)
                                 : g_strconcat(folder, ".XXXXXX", NULL);
    g_autofree char *parent = g_path_get_dirname(fresh);
    if (g_mkdir_with_parents(parent, 0777) != 0)
        return fail(error, "make the folder", parent);
    if (!g_mkdtemp_full(fresh, 0777))
        return fail(error, "make a folder in", parent);
    const gboolean done =
        write_files(fresh, files, n, error) && move_in(fresh, folder, files, n, error);
    sweep(fresh, files, n);
    return done;
}
