/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Is an installation as it should be? Looks at a workspace's files, at what is in it, and at the
 * server that runs, and says what to do. Nothing is changed. Tests: tests/cli/cases/doctor-*,
 * tests/serve/test_doctor.py. */

#include <glib.h>

enum plx_doctor_state { PLX_DOCTOR_OK, PLX_DOCTOR_WARNING, PLX_DOCTOR_BAD };
const char *plx_doctor_state_name(enum plx_doctor_state state);

struct plx_doctor_check {
    const char *name; /* "disk" */
    enum plx_doctor_state state;
    char *what; /* how it is, in words */
    char *todo; /* or NULL: nothing */
};

/* Checks, in order: struct plx_doctor_check; to be unreffed. */
GPtrArray *plx_doctor_new(void);

/* Of the file and its folder: rights, room; of what is in it: is it whole, the audit log, who
 * administers, tokens, answers that wait, webhooks. A file that is damaged is a check that is bad.
 * `now`: seconds UTC. Errors: PLX_ERROR_NOT_FOUND, PLX_ERROR_INPUT for what is no workspace. */
gboolean plx_doctor_workspace(GPtrArray *checks, const char *path, gint64 now, GError **error);

/* Of a server that runs at `url` ("https://ask.example.org"): does it answer, is the way to it
 * encrypted, does it send the headers that keep browsers safe, and are its counts for anybody?
 * `ca`: a file of the certificates that are trusted (PEM); NULL: those of this machine. */
void plx_doctor_server(GPtrArray *checks, const char *url, const char *ca);

/* The worst of all. */
enum plx_doctor_state plx_doctor_worst(const GPtrArray *checks);
