/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* When an audience was first shown results. */

#include <glib.h>

struct plx_reveal {
    const char *audience; /* id */
    gint64 utc_seconds;
};
