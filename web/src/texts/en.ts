// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of the app, in English. Keys begin with the place that has them; {n} is filled in.
import { enImport } from './en_import';
import { enAudit } from './en_audit';
import { enAsk } from './en_ask';
import { enMap } from './en_map';
import { enNext } from './en_next';
import { enPicture } from './en_picture';
import { enSettings } from './en_settings';

export const en = {
  'again': 'Try again',
  'busy': 'One moment…',
  'close': 'Close',
  'copy': 'Copy',
  'copied': 'Copied',
  'comma': ', ',
  'skip': 'Skip to the content',
  'cancel': 'Cancel',
  'line.title': 'The same as a command',
  'line.copy': 'Copy the command',
  'trouble.title': 'That did not work',
  'trouble.network': 'The server was not reached. Nothing is lost; try again in a moment.',
  'lost.title': 'There is no such page',
  'lost.about': 'Perhaps the address was cut short or mistyped.',
  'lost.place': 'Go to “{place}”',
  'lost.home': 'Go to the picture',

  'place.all': 'Places',
  'place.picture': 'Picture',
  'place.ask': 'Ask',
  'place.next': 'Next',
  'place.settings': 'Settings',
  'place.account': 'Your account',
  'me.visits': 'Your visits',
  'me.out': 'Sign out',
  'me.language': 'Language',

  'help.title': 'Keyboard shortcuts',
  'help.key': 'Key',
  'help.does': 'What it does',
  'help.this': 'Show this',
  'help.map': 'The map',
  'help.on': 'Single keys do something',

  'tour.title': 'A tour in five steps',
  'tour.offer': 'New here? See what there is in five steps.',
  'tour.start': 'Show me',
  'tour.away': 'Not now',
  'tour.at': '{n} of {of}',
  'tour.next': 'Next',
  'tour.back': 'Back',
  'tour.end': 'End the tour',
  'tour.1.title': 'One service, seen from several sides',
  'tour.1.text': 'From left to right: the moments of your service. The higher a mark, the better it is rated there. Where leaders stand above customers, they do not see yet what customers see.',
  'tour.2.title': 'Each moment has its evidence',
  'tour.2.text': 'Choose a moment: who said what, how sure that is, where and when. Too few answers are said as such, never guessed.',
  'tour.3.title': 'Ask',
  'tour.3.text': 'Change the map until it is your service, then ask: forms for customers and staff, codes to print, kiosks, secret visits, workshops. Files you already have come in here, too.',
  'tour.4.title': 'One next step',
  'tour.4.text': 'Of all that could be done, three steps are proposed and one is recommended, with its reasons. Choose it, and write down before it starts how you will know.',
  'tour.5.title': 'Did it work?',
  'tour.5.text': 'Weeks later the board says whether it did: up, not shown, or too early. What works here is remembered.',

  ...enImport,
  ...enAsk,
  ...enMap,
  ...enNext,
  ...enPicture,
  ...enSettings,
  ...enAudit,
} as const satisfies Record<string, string>;

globalThis.parallaxTexts = en;
