// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of the app, in English. Keys begin with the place that has them; {n} is filled in.
import { importing } from './en_import';
import { settings } from './en_settings';

export const en = {
  ...importing,
  ...settings,
  'again': 'Try again',
  'busy': 'One moment…',
  'close': 'Close',
  'copy': 'Copy',
  'copied': 'Copied',
  'skip': 'Skip to the content',
  'cancel': 'Cancel',
  'line.title': 'The same as a command',
  'line.copy': 'Copy the command',
  'trouble.title': 'That did not work',
  'trouble.network': 'The server was not reached. Nothing is lost; try again in a moment.',
  'lost.title': 'There is nothing at this address',
  'lost.home': 'Go to the picture',

  'place.all': 'Places',
  'place.picture': 'Picture',
  'place.ask': 'Ask',
  'place.next': 'Next',
  'place.settings': 'Settings',
  'place.account': 'Your account',

  'picture.title': 'Who sees what',
} as const satisfies Record<string, string>;
