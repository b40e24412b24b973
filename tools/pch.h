/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What nearly every file of the layers includes, parsed once a layer where a build asks for it
 * (b_pch; ./dev does in build and build-clang, as parsing GLib is a third of gcc's time and a
 * quarter of clang's). Files name what they use all the same: build-fuzz and build-tsan go without.
 * No guard: it is the main file when it is precompiled. */

#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
