/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Files of ours that pages load: scripts and pictures that are part of the program. Their addresses
 * hold a hash of their content, so that browsers may keep them for good; scripts of the app, which
 * name each other, one hash of all of them. Test:
 * tests/serve/test_kiosk.py, tests/serve/test_commands.py. */

#include <glib.h>

/* All of them, put together, hashed and packed once, at the start of a server; never changed: for
 * any thread. */
typedef struct plx_assets plx_assets;
plx_assets *plx_assets_new(void);
void plx_assets_free(plx_assets *assets); /* NULL: nothing */

/* "/asset/visit-0123456789abcdef.js" of "visit.js", one that there is. */
const char *plx_asset_path(const plx_assets *assets, const char *name);

/* A file that is embedded (serve.gresource.xml), one of those that there are: "web/visit.css". It
 * ends with a zero byte behind its size. */
GBytes *plx_asset_embedded(const char *path);
