/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/commands.h"

#include <string.h>

static const struct plx_act acts[] = {
    {.name = "info", .needs = PLX_MAY_VIEW},
    {.name = "map", .verb = "show", .needs = PLX_MAY_VIEW},
    {.name = "map", .verb = "log", .needs = PLX_MAY_VIEW},
    {.name = "map", .verb = "export", .needs = PLX_MAY_VIEW, .writes = TRUE},
    {.name = "template", .verb = "list", .needs = PLX_MAY_VIEW},
    {.name = "step", .verb = "list", .needs = PLX_MAY_VIEW},
    {.name = "step", .verb = "show", .needs = PLX_MAY_VIEW},
    {.name = "step", .verb = "verify", .needs = PLX_MAY_VIEW},
    {.name = "step", .verb = "verify", .needs = PLX_MAY_VIEW, .writes = TRUE},
    {.name = "next", .needs = PLX_MAY_VIEW},
    {.name = "ledger", .needs = PLX_MAY_VIEW},
    {.name = "ledger", .needs = PLX_MAY_VIEW, .writes = TRUE},
    {.name = "report", .needs = PLX_MAY_VIEW, .writes = TRUE},
    {.name = "compare", .needs = PLX_MAY_VIEW, .writes = TRUE},

    {.name = "step", .verb = "add", .needs = PLX_MAY_ANALYSE},
    {.name = "step", .verb = "start", .needs = PLX_MAY_ANALYSE},
    {.name = "step", .verb = "stop", .needs = PLX_MAY_ANALYSE},
    {.name = "step", .verb = "amend", .needs = PLX_MAY_ANALYSE},
    {.name = "suggestion", .verb = "list", .needs = PLX_MAY_ANALYSE},
    {.name = "suggestion", .verb = "show", .needs = PLX_MAY_ANALYSE},
    {.name = "suggestion", .verb = "answer", .needs = PLX_MAY_ANALYSE},
    {.name = "suggestion", .verb = "link", .needs = PLX_MAY_ANALYSE},
    {.name = "suggestion", .verb = "link", .needs = PLX_MAY_ANALYSE, .writes = TRUE},

    {.name = "link", .verb = "create", .needs = PLX_MAY_EDIT},
    {.name = "link", .verb = "list", .needs = PLX_MAY_EDIT},
    {.name = "link", .verb = "show", .needs = PLX_MAY_EDIT},
    {.name = "link", .verb = "close", .needs = PLX_MAY_EDIT},
    {.name = "qr", .needs = PLX_MAY_EDIT, .writes = TRUE},
    {.name = "visit", .verb = "plan", .needs = PLX_MAY_EDIT},
    {.name = "visit", .verb = "list", .needs = PLX_MAY_EDIT},
    {.name = "visit", .verb = "show", .needs = PLX_MAY_EDIT},
    {.name = "visit", .verb = "show", .needs = PLX_MAY_EDIT, .writes = TRUE},
    {.name = "visit", .verb = "photo", .needs = PLX_MAY_EDIT, .writes = TRUE},
    {.name = "visit", .verb = "assign", .needs = PLX_MAY_EDIT},
    {.name = "visit", .verb = "review", .needs = PLX_MAY_EDIT},
    {.name = "walk", .verb = "create", .needs = PLX_MAY_EDIT},
    {.name = "walk", .verb = "list", .needs = PLX_MAY_EDIT},
    {.name = "walk", .verb = "show", .needs = PLX_MAY_EDIT},
    {.name = "walk", .verb = "close", .needs = PLX_MAY_EDIT},
    {.name = "walk", .verb = "adopt", .needs = PLX_MAY_EDIT, .writes = TRUE},
    {.name = "workshop", .verb = "open", .needs = PLX_MAY_EDIT},
    {.name = "workshop", .verb = "list", .needs = PLX_MAY_EDIT},
    {.name = "workshop", .verb = "lead", .needs = PLX_MAY_EDIT},
    {.name = "workshop", .verb = "close", .needs = PLX_MAY_EDIT},
    {.name = "workshop", .verb = "guess", .needs = PLX_MAY_EDIT, .writes = TRUE},
    {.name = "workshop", .verb = "print", .needs = PLX_MAY_EDIT, .writes = TRUE},
    {.name = "map", .verb = "apply", .needs = PLX_MAY_EDIT, .reads_files = TRUE, .once = TRUE},
    {.name = "map", .verb = "draft", .needs = PLX_MAY_EDIT, .reads_files = TRUE},
    {.name = "recipe", .verb = "suggest", .needs = PLX_MAY_EDIT, .reads_files = TRUE},
    {.name = "import", .needs = PLX_MAY_EDIT, .reads_files = TRUE},
    {.name = "imports", .verb = "list", .needs = PLX_MAY_EDIT},
    {.name = "imports", .verb = "undo", .needs = PLX_MAY_EDIT},
    {.name = "export", .needs = PLX_MAY_ADMINISTER, .writes = TRUE},

    {.name = "user", .verb = "add", .needs = PLX_MAY_ADMINISTER},
    {.name = "user", .verb = "list", .needs = PLX_MAY_ADMINISTER},
    {.name = "user", .verb = "role", .needs = PLX_MAY_ADMINISTER},
    {.name = "user", .verb = "reset", .needs = PLX_MAY_ADMINISTER},
    {.name = "user", .verb = "disable", .needs = PLX_MAY_ADMINISTER},
    {.name = "user", .verb = "enable", .needs = PLX_MAY_ADMINISTER},
    {.name = "user", .verb = "remove", .needs = PLX_MAY_ADMINISTER},
    {.name = "token", .verb = "create", .needs = PLX_MAY_ADMINISTER},
    {.name = "token", .verb = "list", .needs = PLX_MAY_ADMINISTER},
    {.name = "token", .verb = "revoke", .needs = PLX_MAY_ADMINISTER},
    {.name = "webhook", .verb = "add", .needs = PLX_MAY_ADMINISTER},
    {.name = "webhook", .verb = "list", .needs = PLX_MAY_ADMINISTER},
    {.name = "webhook", .verb = "remove", .needs = PLX_MAY_ADMINISTER},
    {.name = "webhook", .verb = "test", .needs = PLX_MAY_ADMINISTER},
    {.name = "webhook", .verb = "deliveries", .needs = PLX_MAY_ADMINISTER},
    {.name = "webhook", .verb = "replay", .needs = PLX_MAY_ADMINISTER},
    {.name = "audit", .verb = "list", .needs = PLX_MAY_ADMINISTER},
    {.name = "audit", .verb = "verify", .needs = PLX_MAY_ADMINISTER},
    {.name = "brand", .verb = "set", .needs = PLX_MAY_ADMINISTER, .reads_files = TRUE, .once = TRUE},
    {.name = "brand", .verb = "show", .needs = PLX_MAY_VIEW},
    {.name = "brand", .verb = "show", .needs = PLX_MAY_VIEW, .writes = TRUE},
    {.name = "brand", .verb = "remove", .needs = PLX_MAY_ADMINISTER},
    {.name = "doctor", .needs = PLX_MAY_ADMINISTER},
    {.name = "backup", .needs = PLX_MAY_ADMINISTER, .writes = TRUE, .writes_argument = TRUE},
};

const struct plx_act *plx_act_find(const char *name, const char *verb, gboolean writes)
{
    for (guint i = 0; i < G_N_ELEMENTS(acts); i++)
        if (strcmp(acts[i].name, name) == 0 && g_strcmp0(acts[i].verb, verb) == 0 &&
            acts[i].writes == writes)
            return &acts[i];
    return NULL;
}
