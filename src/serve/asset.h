/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Files of ours that pages load: scripts and pictures that are part of the program. Their addresses
 * hold a hash of their content, so that browsers may keep them for good. Test:
 * tests/serve/test_kiosk.py. */

#include <glib.h>

/* "/asset/visit-0123456789abcdef.js" of "visit.js", to be freed. The name is one that there is. */
char *plx_asset_path(const char *name);

/* The content of an asset whose name and hash are these, with its type; NULL: there is none. */
GBytes *plx_asset_find(const char *file, const char **type);

/* A file that is embedded (serve.gresource.xml), one of those that there are: "web/visit.css". It
 * ends with a zero byte behind its size. */
GBytes *plx_asset_embedded(const char *path);
