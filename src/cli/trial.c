/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/trial.h"

#include "base/error.h"
#include "cli/cmd_workspace.h"
#include "store/copies.h"

#include <errno.h>
#include <glib/gstdio.h>

/* In a folder that only its owner may enter. */
static gboolean make_folder(struct plx_trial *trial, GError **error)
{
    g_autoptr(GError) cause = NULL;
    trial->folder = g_dir_make_tmp("parallax-XXXXXX", &cause);
    if (!trial->folder)
        return plx_error(error, PLX_ERROR_IO, "no room to try it in: %s", cause->message);
    trial->path = g_build_filename(trial->folder, "trial.plx", NULL);
    return TRUE;
}

plx_store *plx_trial_open(struct plx_trial *trial, plx_store *of, GError **error)
{
    if (!make_folder(trial, error) ||
        !plx_copies_backup(of, trial->path, plx_cmd_go_on, NULL, error))
        return NULL;
    return plx_store_open(trial->path, PLX_STORE_WRITE, error);
}

void plx_trial_clear(struct plx_trial *trial)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (gsize i = 0; trial->path && i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *file = g_strconcat(trial->path, endings[i], NULL);
        g_unlink(file);
    }
    if (trial->folder)
        g_rmdir(trial->folder);
    g_clear_pointer(&trial->folder, g_free);
    g_clear_pointer(&trial->path, g_free);
}
