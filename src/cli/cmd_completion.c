/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/suggest.h"
#include "cli/command.h"
#include "cli/completion.h"

static const struct {
    const char *shell;
    void (*append)(GString *out);
} writers[] = {
    {"bash", plx_completion_bash},
    {"zsh", plx_completion_zsh},
    {"fish", plx_completion_fish},
};

static gboolean plx_cmd_completion(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *shell = plx_invocation_argument(invocation, 0);
    const char *names[G_N_ELEMENTS(writers)];
    for (gsize i = 0; i < G_N_ELEMENTS(writers); i++) {
        names[i] = writers[i].shell;
        if (strcmp(writers[i].shell, shell) == 0) {
            writers[i].append(plx_app_out(app));
            return TRUE;
        }
    }
    g_autofree char *near = plx_suggest_text(shell, names, G_N_ELEMENTS(names));
    return plx_error(error, PLX_ERROR_USAGE,
                     "no completion for '%s'%s (there are: bash, zsh, fish)", shell, near);
}

static const struct plx_example examples[] = {
    {"completion bash > ~/.local/share/bash-completion/completions/parallax", "for bash"},
    {"completion zsh > ~/.zfunc/_parallax", "for zsh, with ~/.zfunc in fpath"},
    {"completion fish > ~/.config/fish/completions/parallax.fish", "for fish"},
    {0},
};

const struct plx_command plx_commands_completion[] = {
    {.name = "completion",
     .arguments = "SHELL",
     .min_arguments = 1,
     .max_arguments = 1,
     .words = "bash zsh fish",
     .summary = "Print the completion script for a shell",
     .details = "An installed Parallax brings its completions along; this is for a binary that was "
                "only copied.",
     .examples = examples,
     .run = plx_cmd_completion},
    {0},
};
