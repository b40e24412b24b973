// SPDX-License-Identifier: GPL-3.0-or-later
// @ts-check
// The sheets of the tables are for paper: a button that prints them.
'use strict';

document.getElementById('print')?.addEventListener('click', () => { print(); });
