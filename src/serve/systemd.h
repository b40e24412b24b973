/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What systemd wants of a service: sockets that it listens on already (sd_listen_fds(3)), and to be
 * told how it goes (sd_notify(3)). Both are a few lines; libsystemd is not needed for them.
 * Test: tests/serve/test_systemd.c. */

#include "serve/address.h"

#include <glib.h>

enum { PLX_SYSTEMD_FIRST = 3 };

/* The socket that was given to this process: `pid` and `fds` are $LISTEN_PID and $LISTEN_FDS (or
 * NULL), `first` is PLX_SYSTEMD_FIRST but in tests. -1 without an error: none was given. Errors:
 * PLX_ERROR_USAGE: there is more than one, or it does not listen. */
int plx_systemd_listener(const char *pid, const char *fds, int first, GError **error);

/* Where such a socket listens; FALSE: at a path, not at an address of the internet. */
gboolean plx_systemd_endpoint(int listener, struct plx_endpoint *endpoint);

/* Says "READY=1", "STOPPING=1", "RELOADING=1" or the like to `socket`, $NOTIFY_SOCKET; NULL: nobody
 * wants to know. FALSE: it was not heard. */
gboolean plx_systemd_notify(const char *socket, const char *state);
