/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one table of options (option*.c): parsing, help, man pages and completions read it.
 *
 * To add an option: one id here, one row in option_calc.c (calc), option_collect.c (workshops,
 * steps, forms, accounts, the server, visits) or option.c (all else); then name the id in the
 * `options` of the commands that take it, or give it a group. Two rows may have one name where no
 * command takes both: each command then has its own. Test: tests/cli/test_invocation.c. */

#include <glib.h>

enum plx_option_id {
    PLX_OPTION_END, /* ends lists of ids */

    /* general: every command takes them */
    PLX_OPTION_HELP,
    PLX_OPTION_QUIET,
    PLX_OPTION_VERBOSE,
    PLX_OPTION_NO_COLOR,
    PLX_OPTION_THREADS,

    /* input: how a file of answers is read */
    PLX_OPTION_MAP,
    PLX_OPTION_RECIPE,
    PLX_OPTION_SET,
    PLX_OPTION_DECLARE,
    PLX_OPTION_POPULATION,
    PLX_OPTION_NAMED,
    PLX_OPTION_ENCODING,
    PLX_OPTION_DELIMITER,
    PLX_OPTION_IGNORE_COLUMN,
    PLX_OPTION_MAX_ERRORS,
    PLX_OPTION_REJECTS,

    /* selection: which answers count, and how they are split */
    PLX_OPTION_SINCE,
    PLX_OPTION_UNTIL,
    PLX_OPTION_WHERE,
    PLX_OPTION_BY,
    PLX_OPTION_AUDIENCES,
    PLX_OPTION_MEASURE,

    /* in no group: a command names them */
    PLX_OPTION_FORMAT, /* taken by every command that has `formats`; never listed */
    PLX_OPTION_OUTPUT,
    PLX_OPTION_SEED,
    PLX_OPTION_OPEN,
    PLX_OPTION_TRUTH,
    PLX_OPTION_READING,
    PLX_OPTION_ONE_PAGE,
    PLX_OPTION_REDACT,
    PLX_OPTION_BRAND,
    PLX_OPTION_WORKSHOP,
    PLX_OPTION_LEVEL,
    PLX_OPTION_CC,
    PLX_OPTION_Y,
    PLX_OPTION_X,
    PLX_OPTION_RANDOM,
    PLX_OPTION_EFFECTS,
    PLX_OPTION_N,
    PLX_OPTION_METHOD,
    PLX_OPTION_REPLICATES,
    PLX_OPTION_WEIGHT_COLUMN,
    PLX_OPTION_LOW,
    PLX_OPTION_HIGH,
    PLX_OPTION_LANEY,
    PLX_OPTION_CENTER,
    PLX_OPTION_SIGMA,
    PLX_OPTION_SLACK,
    PLX_OPTION_LIMIT,
    PLX_OPTION_LAMBDA,
    PLX_OPTION_PENALTY,
    PLX_OPTION_SHORTEST,
    PLX_OPTION_TIME,
    PLX_OPTION_START,
    PLX_OPTION_NO_SLOPE,
    PLX_OPTION_COUNTS,
    PLX_OPTION_OFFSET,
    PLX_OPTION_PERIOD,
    PLX_OPTION_LAG,
    PLX_OPTION_TREATED,
    PLX_OPTION_AFTER,
    PLX_OPTION_UNIT,
    PLX_OPTION_SCALE,
    PLX_OPTION_WEIGHTS,      /* of 'calc kappa': a word ... */
    PLX_OPTION_WEIGHTS_FILE, /* ... and of all that weight answers: a file; both are --weights */
    PLX_OPTION_ROWS,
    PLX_OPTION_COLS,
    PLX_OPTION_TRIM,
    PLX_OPTION_WEIGHT,
    PLX_OPTION_GROUP,
    PLX_OPTION_JOINT,
    PLX_OPTION_RATERS,
    PLX_OPTION_AIM,
    PLX_OPTION_LOG_ODDS,
    PLX_OPTION_POWER,
    PLX_OPTION_MAN,
    PLX_OPTION_TEMPLATE,
    PLX_OPTION_FROM,
    PLX_OPTION_DATASET,
    PLX_OPTION_DRY_RUN,
    PLX_OPTION_REPLACE,
    PLX_OPTION_CHOICES,
    PLX_OPTION_ANSWERS,
    PLX_OPTION_ONLY_NEW,
    PLX_OPTION_ALLOW_REPEAT,
    PLX_OPTION_REPAIR,
    PLX_OPTION_RESPONDENT,
    PLX_OPTION_BEFORE,
    PLX_OPTION_NUMBER,
    PLX_OPTION_ONTO,
    PLX_OPTION_OURS,
    PLX_OPTION_THEIRS,
    PLX_OPTION_CODES,
    PLX_OPTION_ACCEPT,
    PLX_OPTION_MERGE,
    PLX_OPTION_RENAME,
    PLX_OPTION_TIE,
    PLX_OPTION_UNDO,
    PLX_OPTION_LOG,
    PLX_OPTION_AUDIENCE,
    PLX_OPTION_JOURNEY,
    PLX_OPTION_LANGUAGE,
    PLX_OPTION_TABLES,
    PLX_OPTION_EASIER,
    PLX_OPTION_PREDICTED,
    PLX_OPTION_MOMENT,
    PLX_OPTION_REHEARSAL,
    PLX_OPTION_POINT,
    PLX_OPTION_THEME,
    PLX_OPTION_AS,
    PLX_OPTION_TRANSACTION,
    PLX_OPTION_INTERACTIVE,
    PLX_OPTION_STATE, /* of suggestions */
    PLX_OPTION_WAITING,
    PLX_OPTION_TEXT,
    PLX_OPTION_STEP,
    PLX_OPTION_TOKEN,
    PLX_OPTION_STEP_FROM, /* of steps: --from, --repair, --start and --by mean other things there */
    PLX_OPTION_STEP_REPAIR,
    PLX_OPTION_STEP_START,
    PLX_OPTION_STEP_BY,
    PLX_OPTION_TO,
    PLX_OPTION_SHARE,
    PLX_OPTION_OWNER,
    PLX_OPTION_PLACES,
    PLX_OPTION_COMPARE,
    PLX_OPTION_UNTOUCHED,
    PLX_OPTION_WINDOW,
    PLX_OPTION_MARGIN,
    PLX_OPTION_LOOKS,
    PLX_OPTION_NOTE,
    PLX_OPTION_MEASURES, /* of links to forms */
    PLX_OPTION_QUESTIONS,
    PLX_OPTION_POINTS,
    PLX_OPTION_ONLY,
    PLX_OPTION_IDENTITY,
    PLX_OPTION_OPENS,
    PLX_OPTION_CLOSES,
    PLX_OPTION_QUOTA,
    PLX_OPTION_SINGLE,
    PLX_OPTION_KIOSK,
    PLX_OPTION_PLACE,
    PLX_OPTION_CHANNEL,
    PLX_OPTION_AT,
    PLX_OPTION_A,
    PLX_OPTION_B,
    PLX_OPTION_ROLE, /* of accounts and tokens */
    PLX_OPTION_NAME,
    PLX_OPTION_SCOPE,
    PLX_OPTION_EXPIRES,
    PLX_OPTION_LISTEN,
    PLX_OPTION_CERTIFICATE,
    PLX_OPTION_KEY_FILE,
    PLX_OPTION_PROXY,
    PLX_OPTION_INSECURE,
    PLX_OPTION_BASE_URL,
    PLX_OPTION_SHEET,
    PLX_OPTION_LINKS,
    PLX_OPTION_TRANSACTIONS,
    PLX_OPTION_ACCESS_LOG,
    PLX_OPTION_VISIT_FROM,  /* of visits: --from, --to, --count and --accept mean other things there
                             */
    PLX_OPTION_VISIT_UNTIL, /* not an answer's: beside --from */
    PLX_OPTION_VISIT_TO,
    PLX_OPTION_VISIT_ACCOUNT,
    PLX_OPTION_VISIT_COUNT,
    PLX_OPTION_VISIT_ACCEPT,
    PLX_OPTION_RETURN,
    PLX_OPTION_WITHDRAW,
    PLX_OPTION_OIDC_ISSUER,
    PLX_OPTION_OIDC_CLIENT,
    PLX_OPTION_OIDC_SECRET,
    PLX_OPTION_EVENTS,
    PLX_OPTION_ALLOW_PRIVATE,
    PLX_OPTION_URL,
    PLX_OPTION_CA,
    PLX_OPTION_VERSION, /* of the program itself: before any command */

    PLX_OPTION_COUNT
};

/* Groups of options; a command's `groups` is a set of them. GENERAL need not be named. */
enum plx_option_group {
    PLX_GROUP_NONE = 0,
    PLX_GROUP_GENERAL = 1 << 0,
    PLX_GROUP_INPUT = 1 << 1,
    PLX_GROUP_SELECTION = 1 << 2
};

enum plx_option_kind {
    PLX_OPTION_FLAG,    /* no value */
    PLX_OPTION_STRING,  /* one value as written */
    PLX_OPTION_FILE,    /* one value that names a file */
    PLX_OPTION_INTEGER, /* one whole number from `min` to `max` */
    PLX_OPTION_CHOICE,  /* one of `words` */
    PLX_OPTION_LIST,    /* "a,b", repeatable: split as plx_csv_list does */
    PLX_OPTION_REPEATED /* repeatable, each value whole (it may hold commas) */
};

struct plx_option {
    const char *name;  /* long name without dashes */
    const char *value; /* name of the value in help ("FILE"); NULL for flags */
    const char *help;  /* one sentence without full stop, under 100 characters */
    const char *words; /* "a b c": for CHOICE what is allowed, else what completion offers */
    gint64 min;
    gint64 max;
    enum plx_option_kind kind;
    enum plx_option_group group;
    char letter; /* short form, 0 when there is none */
};

/* The row of an id; never NULL for ids between END and COUNT. */
const struct plx_option *plx_option_get(enum plx_option_id id);
