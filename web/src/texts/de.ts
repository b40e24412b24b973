// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of the app, in German (en.ts).
import type { Texts } from '../lib/texts';
import { deImport } from './de_import';
import { deAudit } from './de_audit';
import { deAsk } from './de_ask';
import { deMap } from './de_map';
import { deNext } from './de_next';
import { dePicture } from './de_picture';
import { deSettings } from './de_settings';
import type { en } from './en';

export const de: Texts<typeof en> = {
  'again': 'Noch einmal versuchen',
  'busy': 'Einen Moment …',
  'close': 'Schließen',
  'copy': 'Kopieren',
  'copied': 'Kopiert',
  'comma': ', ',
  'skip': 'Zum Inhalt springen',
  'cancel': 'Abbrechen',
  'line.title': 'Dasselbe als Befehl',
  'line.copy': 'Den Befehl kopieren',
  'trouble.title': 'Das hat nicht geklappt',
  'trouble.network': 'Der Server war nicht zu erreichen. Nichts ist verloren; versuchen Sie es gleich noch einmal.',
  'lost.title': 'Diese Seite gibt es nicht',
  'lost.about': 'Vielleicht ist die Adresse abgeschnitten oder vertippt.',
  'lost.place': 'Zu „{place}“',
  'lost.home': 'Zum Bild',

  'place.all': 'Bereiche',
  'place.picture': 'Bild',
  'place.ask': 'Fragen',
  'place.next': 'Schritte',
  'place.settings': 'Einstellungen',
  'place.account': 'Ihr Konto',
  'me.visits': 'Ihre Besuche',
  'me.out': 'Abmelden',
  'me.language': 'Sprache',

  'help.title': 'Tastenkürzel',
  'help.key': 'Taste',
  'help.does': 'Was sie tut',
  'help.this': 'Das hier zeigen',
  'help.map': 'Die Karte',
  'help.on': 'Einzelne Tasten lösen etwas aus',

  'tour.title': 'Ein Rundgang in fünf Schritten',
  'tour.offer': 'Neu hier? In fünf Schritten sehen Sie, was es gibt.',
  'tour.start': 'Zeigen Sie es mir',
  'tour.away': 'Jetzt nicht',
  'tour.at': '{n} von {of}',
  'tour.next': 'Weiter',
  'tour.back': 'Zurück',
  'tour.end': 'Rundgang beenden',
  'tour.1.title': 'Ein Service, von mehreren Seiten gesehen',
  'tour.1.text': 'Von links nach rechts: die Momente Ihres Service. Je höher eine Marke steht, desto besser wird es dort bewertet. Wo Führungskräfte über den Kundinnen und Kunden stehen, sehen sie noch nicht, was diese sehen.',
  'tour.2.title': 'Zu jedem Moment gibt es Belege',
  'tour.2.text': 'Wählen Sie einen Moment: wer was gesagt hat, wie sicher das ist, wo und wann. Sind es zu wenige Antworten, steht das da; geraten wird nie.',
  'tour.3.title': 'Fragen',
  'tour.3.text': 'Ändern Sie die Karte, bis sie Ihr Service ist. Dann fragen Sie: Formulare für Kunden und Mitarbeitende, Codes zum Drucken, Kioske, Testbesuche, Workshops. Auch Dateien, die Sie schon haben, kommen hier herein.',
  'tour.4.title': 'Ein nächster Schritt',
  'tour.4.text': 'Von allem, was sich tun ließe, werden drei Schritte vorgeschlagen und einer empfohlen, mit Gründen. Wählen Sie ihn, und schreiben Sie auf, bevor er beginnt, woran Sie den Erfolg erkennen.',
  'tour.5.title': 'Hat es gewirkt?',
  'tour.5.text': 'Wochen später sagt die Tafel, ob es gewirkt hat: besser, nicht gezeigt oder zu früh. Was hier wirkt, bleibt im Gedächtnis.',

  ...deImport,
  ...deAsk,
  ...deMap,
  ...deNext,
  ...dePicture,
  ...deSettings,
  ...deAudit,
};

globalThis.parallaxTexts = de;
