// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// The page of the room, behind slides.js: every screen has one step.
'use strict';

deck.start({});
