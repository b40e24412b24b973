/* SPDX-License-Identifier: GPL-3.0-or-later */
/* audit: who did what (docs/accounts.md). */
#include "base/json.h"
#include "cli/cmd_access.h"
#include "cli/cmd_step.h"
#include "report/story.h"
#include "store/accounts.h"
#include "store/audit.h"

#include <stdlib.h>
#include <string.h>

#define HEX (2 * PLX_AUDIT_CHAIN)

static void write_hex(const guint8 *bytes, char text[HEX + 1])
{
    for (guint i = 0; i < PLX_AUDIT_CHAIN; i++)
        g_snprintf(text + (gsize)2 * i, 3, "%02x", bytes[i]);
}

/* Listing ------------------------------------------------------------------------------------- */

struct listing {
    GPtrArray *accounts;
    plx_story *story; /* one of the two */
    plx_json *json;
};

/* "account 3" and whose it is, to be freed. */
static char *with_login(const struct listing *listing, const char *text)
{
    static const char begin[] = "account ";
    if (!g_str_has_prefix(text, begin))
        return g_strdup(text);
    char *rest;
    const gint64 id = g_ascii_strtoll(text + strlen(begin), &rest, 10);
    for (guint i = 0; i < listing->accounts->len; i++) {
        const plx_account *const account = listing->accounts->pdata[i];
        if (account->id == id)
            return g_strdup_printf("%s%" G_GINT64_FORMAT " (%s)%s", begin, id, account->login,
                                   rest);
    }
    return g_strdup(text);
}

static void list_entry(const struct plx_audit_entry *entry, gpointer data)
{
    const struct listing *const listing = data;
    g_autofree char *actor = with_login(listing, entry->actor);
    g_autofree char *about = with_login(listing, entry->about);
    if (listing->json) {
        plx_json_begin_object(listing->json, NULL);
        plx_json_integer(listing->json, "entry", entry->number);
        plx_json_string(listing->json, "time", entry->time);
        plx_json_string(listing->json, "actor", actor);
        plx_json_string(listing->json, "act", entry->act);
        plx_json_string(listing->json, "about", about);
        plx_json_end_object(listing->json);
        return;
    }
    plx_story_cellf(listing->story, "%" G_GINT64_FORMAT, entry->number);
    plx_story_cell(listing->story, entry->time);
    plx_story_cell(listing->story, actor);
    plx_story_cell(listing->story, entry->act);
    plx_story_cell(listing->story, about);
}

static gboolean list_json(plx_app *app, plx_store *store, struct listing *listing, GError **error)
{
    struct plx_audit_state state;
    g_autoptr(plx_json) json =
        plx_cmd_json_begin_list(plx_app_out(app), "parallax.audit/1", "entries");
    listing->json = json;
    const gboolean ok = plx_audit_read(store, list_entry, listing, &state, error);
    plx_cmd_json_end_list(json);
    return ok;
}

static gboolean list_table(plx_app *app, plx_store *store, struct listing *listing, GError **error)
{
    static const struct plx_story_column columns[] = {{"Entry", PLX_STORY_NUMBER},
                                                      {"Time", PLX_STORY_WHOLE},
                                                      {"Who", PLX_STORY_WHOLE},
                                                      {"Did", PLX_STORY_WHOLE},
                                                      {"About", PLX_STORY_WIDE}};
    struct plx_audit_state state;
    const struct plx_table_options options = plx_cmd_step_form(app);
    g_autoptr(plx_story) story = plx_story_new("audit", "Audit log");
    listing->story = story;
    plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    if (!plx_audit_read(store, list_entry, listing, &state, error))
        return FALSE;
    if (state.entries == 0)
        g_string_append(plx_app_out(app), "Nothing was done yet that is logged.\n");
    else
        plx_story_text(story, &options, plx_app_out(app));
    return TRUE;
}

static gboolean run_list(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const gboolean json = plx_cmd_is_json(invocation);
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(GPtrArray) accounts = store ? plx_accounts_list(store, error) : NULL;
    struct listing listing = {.accounts = accounts};
    return accounts && (json ? list_json : list_table)(app, store, &listing, error);
}

/* Verifying ----------------------------------------------------------------------------------- */

struct search {
    const char *wanted; /* a chain that was noted down */
    gint64 found;       /* the entry that has it, or -1 */
};

static void compare_entry(const struct plx_audit_entry *entry, gpointer data)
{
    struct search *const search = data;
    char chain[HEX + 1];
    write_hex(entry->chain, chain);
    if (strcmp(chain, search->wanted) == 0)
        search->found = entry->number;
}

static gboolean verify(plx_app *app, plx_store *store, const char *wanted, GError **error)
{
    struct plx_audit_state state;
    char chain[HEX + 1];
    struct search search = {wanted, -1};
    if (!plx_audit_read(store, wanted ? compare_entry : NULL, &search, &state, error))
        return FALSE;
    write_hex(state.chain, chain);
    if (wanted && search.found < 0)
        return plx_error(error, PLX_ERROR_IO,
                         "%s: no entry of the audit log ends in this chain: the log was changed "
                         "since, or the chain is another workspace's",
                         plx_store_path(store));
    g_autofree char *n = plx_cmd_count((guint64)state.entries, "entry", "entries");
    g_string_append_printf(plx_app_out(app), "%s: the audit log is whole (%s)\n%s\n",
                           plx_store_path(store), n, chain);
    if (wanted)
        plx_app_note(app, "unchanged up to entry %" G_GINT64_FORMAT ", of which that was the chain",
                     search.found);
    else
        plx_app_note(app, "note this chain down: parallax audit verify WS CHAIN proves later that "
                          "nothing before it was changed");
    return TRUE;
}

static gboolean run_verify(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const wanted = plx_invocation_argument(invocation, 1);
    if (wanted && (strlen(wanted) != HEX || strspn(wanted, "0123456789abcdef") != HEX))
        return plx_error(error, PLX_ERROR_USAGE,
                         "\"%s\": expected a chain as audit verify writes it, 64 digits of 0-9 a-f",
                         wanted);
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    return store && verify(app, store, wanted, error);
}

/* What they are called ------------------------------------------------------------------------ */

static const struct plx_example list_examples[] = {
    {"audit list shop.plx", "who did what, the oldest first"},
    {0},
};
static const struct plx_example verify_examples[] = {
    {"audit verify shop.plx", "nothing is changed or gone; the chain to note down"},
    {0},
};

const struct plx_command plx_commands_audit[] = {
    {.name = "audit",
     .summary = "See who did what",
     .details = "Logins, accounts, tokens, links, webhooks, and what commands did to visits. "
                " The log is only added to; each entry is chained to all "
                "before it, so that none can be changed or taken away unnoticed."},
    {.name = "audit",
     .verb = "list",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "List what was done, the oldest first",
     .formats = "table json",
     .examples = list_examples,
     .run = run_list},
    {.name = "audit",
     .verb = "verify",
     .arguments = "WS [CHAIN]",
     .min_arguments = 1,
     .max_arguments = 2,
     .summary = "Verify that nothing was changed",
     .details = "Writes the chain of the last entry. Kept elsewhere and given back later as CHAIN "
                "it proves that nothing before it was changed, even by somebody who holds the file "
                "and could make a whole new chain.",
     .examples = verify_examples,
     .run = run_verify},
    {0},
};
