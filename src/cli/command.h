/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Commands: what each is called, takes, says about itself, and runs.
 *
 * A file cmd_NOUN.c defines a table of rows that ends with an empty row, and its run functions:
 *
 *     static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_SEED, 0};
 *     static const struct plx_example examples[] = {
 *         {"gaps ratings.csv", "who sees what, from a file"},
 *         {0},
 *     };
 *     const struct plx_command plx_commands_gaps[] = {
 *         {.name = "gaps", .arguments = "SOURCE", .min_arguments = 1, .max_arguments = 1,
 *          .summary = "Show where voices differ, point by point",
 *          .details = "First paragraph.\n\nSecond paragraph.",
 *          .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION, .options = options,
 *          .formats = "table json csv", .examples = examples, .main = TRUE, .run = plx_cmd_gaps},
 *         {0},
 *     };
 *
 * and is registered by its one word in PLX_COMMAND_TABLES below, in the order of the help. A row
 * with a `verb` is `NOUN VERB` ("map check"); a row with neither `verb` nor `run` heads the verbs
 * of its noun ("calc": what all methods have in common) and comes first. A noun whose first row
 * runs without a verb is both ("workshop SOURCE", "workshop code WS"): its first argument is a verb
 * when it is called like one; a file of that name is written ./code.
 *
 * Parsing, --help, `help`, man pages and completions read these rows and nothing else.
 * Tests: tests/cli/test_invocation.c, tests/cli/cases. */

#include <glib.h>

#include "cli/app.h"
#include "cli/invocation.h"
#include "cli/option.h"

/* The registry: X(word) stands for `plx_commands_WORD` of cmd_WORD.c. */
#define PLX_COMMAND_TABLES(X)                                                                      \
    X(demo)                                                                                        \
    X(gaps)                                                                                        \
    X(point)                                                                                       \
    X(beliefs)                                                                                     \
    X(workshop)                                                                                    \
    X(friction)                                                                                    \
    X(consistency)                                                                                 \
    X(journey)                                                                                     \
    X(drivers)                                                                                     \
    X(promises)                                                                                    \
    X(trend)                                                                                       \
    X(vignettes)                                                                                   \
    X(next)                                                                                        \
    X(compare)                                                                                     \
    X(step)                                                                                        \
    X(step_verify)                                                                                 \
    X(ledger)                                                                                      \
    X(suggestion)                                                                                  \
    X(link)                                                                                        \
    X(qr)                                                                                          \
    X(visit)                                                                                       \
    X(walk)                                                                                        \
    X(report)                                                                                      \
    X(serve)                                                                                       \
    X(init)                                                                                        \
    X(import)                                                                                      \
    X(imports)                                                                                     \
    X(export)                                                                                      \
    X(info)                                                                                        \
    X(sql)                                                                                         \
    X(backup)                                                                                      \
    X(doctor)                                                                                      \
    X(erase)                                                                                       \
    X(user)                                                                                        \
    X(token)                                                                                       \
    X(webhook)                                                                                     \
    X(audit)                                                                                       \
    X(brand)                                                                                       \
    X(map)                                                                                         \
    X(template)                                                                                    \
    X(recipe)                                                                                      \
    X(calc)                                                                                        \
    X(calc_models)                                                                                 \
    X(calc_drivers)                                                                                \
    X(calc_charts)                                                                                 \
    X(calc_funnel)                                                                                 \
    X(calc_agree)                                                                                  \
    X(calc_varcomp)                                                                                \
    X(calc_gstudy)                                                                                 \
    X(calc_rake)                                                                                   \
    X(calc_frechet)                                                                                \
    X(calc_vignettes)                                                                              \
    X(calc_bootstrap)                                                                              \
    X(calc_plans)                                                                                  \
    X(calc_changes)                                                                                \
    X(help)                                                                                        \
    X(completion)

/* As `words` of a row: the names of all commands. */
#define PLX_WORDS_COMMANDS "COMMANDS"

/* `line` without the leading "parallax "; `what` says in a few words what it does. */
struct plx_example {
    const char *line;
    const char *what;
};

/* What an option means with this command, where that is not what it means elsewhere. */
struct plx_option_help {
    enum plx_option_id id;
    const char *help; /* as in struct plx_option; of --format: all of it, without the list; "":
                         taken only to be refused with a reason, and not offered */
};

/* An option that people try because other programs have it, and how it is written here. */
struct plx_tried {
    const char *names; /* "port p": long ones and letters, without dashes */
    const char *instead;
};

/* Is what a command changes in its workspace put into the audit log (store/audit.h) by itself, with
 * the command's name and the number of what it is about? Commands that log more do so themselves.
 */
enum plx_command_audit {
    PLX_AUDIT_NOTHING,
    PLX_AUDIT_ANSWERS, /* each change of what readings see */
    PLX_AUDIT_CHANGE   /* its first change */
};

/* Runs the command: appends its output to plx_app_out(app). TRUE when done; else *error says why
 * and its code becomes the exit status. */
typedef gboolean (*plx_command_run)(plx_app *app, const plx_invocation *invocation, GError **error);

/* Those of forms and other served pages (serve/texts.h), by name. Test: tests/cli/test_invocation.c
 */
#define PLX_PAGE_LANGUAGES "ar de en es fr zh"

struct plx_command {
    const char *name;      /* the command, or the noun */
    const char *verb;      /* NULL when it has none */
    const char *arguments; /* as shown: "SOURCE POINT", "[DIR]"; NULL when there are none */
    guint min_arguments;
    guint max_arguments; /* G_MAXUINT: any number */
    const char *words;   /* "a b c": what completion offers as argument; NULL: files */
    const char *summary; /* one line, under 60 characters, no full stop */
    const char *details; /* paragraphs, separated by an empty line; re-wrapped when shown */
    const struct plx_example *examples; /* ended by an empty row; may be NULL */
    unsigned groups; /* of enum plx_option_group; general options come by themselves */
    const enum plx_option_id *options;         /* its own, ended by PLX_OPTION_END; may be NULL */
    const struct plx_option_help *option_help; /* ended by an empty row; may be NULL */
    const enum plx_option_id *single; /* lists of which it takes one; as `options`; may be NULL */
    const struct plx_tried *tried;    /* ended by an empty row; may be NULL */
    const char *formats;   /* "table json csv": allowed for --format, first = default; or NULL */
    const char *by;        /* what completion offers for --by; NULL: as the option says */
    const char *languages; /* what completion offers for --language; NULL: as the option says */
    const char *methods;   /* allowed for --method, first = default; NULL: as the option says */
    gboolean
        own_output; /* writes -o FILE itself: too long to be collected first, or more follows */
    gboolean pages; /* -o FILE.html writes a page: of those whose text goes to the terminal */
    gboolean main;  /* one of the dozen that people need: shown by --help */
    enum plx_command_audit audit;
    plx_command_run run;
};

/* The i-th row over all tables, in order; NULL behind the last. */
const struct plx_command *plx_command_get(guint i);

/* The row of a command; `verb` NULL finds a command without verbs, or the noun's first row. NULL
 * when there is none. */
const struct plx_command *plx_command_find(const char *name, const char *verb);

/* Do commands of this name take a verb? */
gboolean plx_command_is_noun(const char *name);

/* What the option may be with this command (of a CHOICE), or what completion offers; NULL: files.
 */
const char *plx_command_words(const struct plx_command *command, enum plx_option_id id);

/* Does the command take the option? A NULL command takes the general ones and --version. */
gboolean plx_command_takes(const struct plx_command *command, enum plx_option_id id);

/* Is it offered by help, man page and completion? What is taken only to be refused is not. */
gboolean plx_command_offers(const struct plx_command *command, enum plx_option_id id);

/* What to write in place of an option that the command does not have; NULL: nothing is known. */
const char *plx_command_instead(const struct plx_command *command, const char *name);

/* What the row says of an option that it takes; NULL: nothing else than the option itself. */
const char *plx_command_option_help(const struct plx_command *command, enum plx_option_id id);
/* What help calls the value of an option with this command ("CODE,...", or "CODE" where it takes
 * one of a list); NULL: it has none. To be freed. */
char *plx_command_option_value(const struct plx_command *command, enum plx_option_id id);

/* Whether --output may be written by a command whose file people edit by hand: refused when it
 * exists, otherwise noted as written. Errors: PLX_ERROR_IO. */
gboolean plx_command_new_file(plx_app *app, const plx_invocation *invocation, GError **error);

/* "map check", to be freed. */
char *plx_command_full_name(const struct plx_command *command);

#define PLX_COMMAND_DECLARE(word) extern const struct plx_command plx_commands_##word[];
PLX_COMMAND_TABLES(PLX_COMMAND_DECLARE)
