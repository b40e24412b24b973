/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* CRC-32 (ISO 3309, as zlib has it) of bytes: tells flipped bits in rows that SQLite cannot tell.
 */

#include <glib.h>
#include <zlib.h>

static inline gint64 plx_crc(const void *bytes, gsize n)
{
    return (gint64)crc32_z(crc32_z(0, NULL, 0), bytes, n);
}
