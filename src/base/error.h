/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Errors and where in the user's input they arose.
 *
 * Every fallible function takes a `GError **` last and leaves its out-parameters untouched on
 * failure. The codes are the exit statuses of the program (docs/architecture.md), so that no
 * table translates between them. Test: tests/base/test_error.c. */

#include <glib.h>

#define PLX_ERROR (plx_error_quark())

enum plx_error {
    PLX_ERROR_USAGE = 1,     /* the call itself is wrong: option, argument */
    PLX_ERROR_INPUT = 2,     /* the data are wrong: file, line, column are in the message */
    PLX_ERROR_NOT_FOUND = 3, /* a named thing does not exist */
    PLX_ERROR_NOT_SHOWN = 4, /* nothing asked for may be shown */
    PLX_ERROR_IO = 5,        /* reading or writing failed */
    PLX_ERROR_BUG = 70       /* cannot happen */
};

/* A place in an input. Lines and columns count from 1; columns count bytes. 0 = unknown: a loc
 * with line 0 prints as "FILE", with column 0 as "FILE:LINE". `file` is borrowed. */
struct plx_loc {
    const char *file;
    guint64 line;
    guint64 column;
};

GQuark plx_error_quark(void);

/* Sets *error to "FILE:LINE:COLUMN: MESSAGE". Always returns FALSE, so that callers can write
 * `return plx_error_at(...)`. */
gboolean plx_error_at(GError **error, enum plx_error code, const struct plx_loc *loc,
                      const char *format, ...) G_GNUC_PRINTF(4, 5);

/* The same without a place. Always returns FALSE. */
gboolean plx_error(GError **error, enum plx_error code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* clang-tidy looks at one file at a time; it must not follow paths on which these return TRUE. */
#ifdef __clang_analyzer__
#define plx_error_at(...) ((void)plx_error_at(__VA_ARGS__), FALSE)
#define plx_error(...) ((void)plx_error(__VA_ARGS__), FALSE)
#endif

/* Is it that what was asked for does not exist, or may not be shown? Who asks for many things
 * leaves such ones out. */
gboolean plx_error_is_nothing(const GError *error);

/* The exit status for an error: its code in our domain, 5 for GIO and errno domains, else 70. */
int plx_error_exit_status(const GError *error);
