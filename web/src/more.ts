// SPDX-License-Identifier: GPL-3.0-or-later
// What is loaded when it is first gone to (parts/later.tsx), so that the first page is there sooner.
export { ImportPage } from './places/ask/import';
export { MapPage } from './places/ask/map';
export { Settings } from './places/settings';
