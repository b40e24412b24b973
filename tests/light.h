/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much of a test that repeats itself is enough: in `./dev check --long`, which sets PLX_LONG,
 * all of it; else a part, and with AddressSanitizer, under which the same code takes ten times as
 * long, a small one. */

#pragma once

#include <glib.h>

static inline gboolean is_light(void)
{
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
    return g_getenv("PLX_LONG") == NULL;
#endif
#endif
    return FALSE;
}

static inline guint effort(guint all, guint usual, guint light)
{
    return is_light() ? light : g_getenv("PLX_LONG") ? all : usual;
}
