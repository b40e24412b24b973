/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/tryout.h"

#include "base/error.h"
#include "cli/cmd_workspace.h"
#include "store/copies.h"

#include <errno.h>
#include <glib/gstdio.h>

/* In a folder that only its owner may enter. */
static gboolean make_folder(struct plx_tryout *tryout, GError **error)
{
    g_autoptr(GError) cause = NULL;
    tryout->folder = g_dir_make_tmp("parallax-XXXXXX", &cause);
    if (!tryout->folder)
        return plx_error(error, PLX_ERROR_IO, "no room to try it in: %s", cause->message);
    tryout->path = g_build_filename(tryout->folder, "trial.plx", NULL);
    return TRUE;
}

plx_store *plx_tryout_open(struct plx_tryout *tryout, plx_store *of, GError **error)
{
    if (!make_folder(tryout, error) ||
        !plx_copies_backup(of, tryout->path, plx_cmd_go_on, NULL, error))
        return NULL;
    return plx_store_open(tryout->path, PLX_STORE_WRITE, error);
}

void plx_tryout_clear(struct plx_tryout *tryout)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (gsize i = 0; tryout->path && i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *file = g_strconcat(tryout->path, endings[i], NULL);
        g_unlink(file);
    }
    if (tryout->folder)
        g_rmdir(tryout->folder);
    g_clear_pointer(&tryout->folder, g_free);
    g_clear_pointer(&tryout->path, g_free);
}
