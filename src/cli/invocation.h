/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What was asked on the command line, checked against the tables; commands parse nothing.
 *
 * Long options `--name VALUE` or `--name=VALUE`, short ones `-o FILE` or `-oFILE`, flags may be
 * joined (`-qv`), `--` ends options, `-` and negative numbers ("-3", "-.5,1") are arguments. An
 * option that is not repeatable and given twice is an error. Names are never abbreviated, but a
 * near miss is named. Test: tests/cli/test_invocation.c. */

#include <glib.h>

#include "cli/app.h"
#include "cli/option.h"

struct plx_command;

/* Parses argv[1..]. NULL with PLX_ERROR_USAGE (and what to do) when something is unknown, missing
 * or out of range. The number of arguments is not checked here: --help needs none. */
plx_invocation *plx_invocation_parse(int argc, const char *const *argv, GError **error);
void plx_invocation_free(plx_invocation *invocation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_invocation, plx_invocation_free)

/* FALSE with PLX_ERROR_USAGE unless the command exists and has as many arguments as it needs. */
gboolean plx_invocation_check(const plx_invocation *invocation, GError **error);

/* The same about argument `argument` alone, with these further tests of --where, and these dates
 * where they are given. */
plx_invocation *plx_invocation_side(const plx_invocation *invocation, guint argument,
                                    const char *since, const char *until, const char *const *where);

/* Who does this, where it is not whoever has the shell: `author` as people call them ("anna"),
 * `actor` for the audit log ("account 3"). Commands then ask neither --by nor the environment. Only
 * who `administers` may loosen how answers are hidden. */
void plx_invocation_act_as(plx_invocation *invocation, const char *author, const char *actor,
                           gboolean administers);
/* NULL: whoever has the shell. */
const char *plx_invocation_author(const plx_invocation *invocation);
const char *plx_invocation_actor(const plx_invocation *invocation);
gboolean plx_invocation_administers(const plx_invocation *invocation);

/* The command; NULL when none was named. A noun without its verb gives the noun's first row:
 * plx_invocation_noun_only() tells. */
const struct plx_command *plx_invocation_command(const plx_invocation *invocation);
gboolean plx_invocation_noun_only(const plx_invocation *invocation);

/* Arguments after the command (and verb). argument(i) is NULL beyond the last. All strings are
 * borrowed and live as long as the invocation. */
guint plx_invocation_n_arguments(const plx_invocation *invocation);
const char *plx_invocation_argument(const plx_invocation *invocation, guint i);
const char *const *plx_invocation_arguments(const plx_invocation *invocation);

/* Was the option given? (For flags this is its value.) */
gboolean plx_invocation_has(const plx_invocation *invocation, enum plx_option_id id);

/* The value of a STRING, FILE or CHOICE option, NULL when not given. PLX_OPTION_FORMAT is never
 * NULL for a command with `formats`: not given, it is the first of them. */
const char *plx_invocation_string(const plx_invocation *invocation, enum plx_option_id id);

/* The values of a LIST or REPEATED option, ended by NULL; empty, never NULL, when not given. */
const char *const *plx_invocation_list(const plx_invocation *invocation, enum plx_option_id id);

/* The value of an INTEGER option, `fallback` when not given. */
gint64 plx_invocation_integer(const plx_invocation *invocation, enum plx_option_id id,
                              gint64 fallback);
