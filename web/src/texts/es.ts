// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of the app, in Spanish (en.ts).
import type { Texts } from '../lib/texts';
import { esImport } from './es_import';
import { esAudit } from './es_audit';
import { esAsk } from './es_ask';
import { esMap } from './es_map';
import { esNext } from './es_next';
import { esPicture } from './es_picture';
import { esSettings } from './es_settings';
import type { en } from './en';

export const es: Texts<typeof en> = {
  'again': 'Volver a intentarlo',
  'busy': 'Un momento…',
  'close': 'Cerrar',
  'copy': 'Copiar',
  'copied': 'Copiado',
  'comma': ', ',
  'skip': 'Ir al contenido',
  'cancel': 'Cancelar',
  'line.title': 'Lo mismo como comando',
  'line.copy': 'Copiar el comando',
  'trouble.title': 'No ha funcionado',
  'trouble.network': 'No se pudo llegar al servidor. No se ha perdido nada; inténtelo otra vez dentro de un momento.',
  'lost.title': 'Esta página no existe',
  'lost.about': 'Quizá la dirección se cortó o tiene una errata.',
  'lost.place': 'Ir a «{place}»',
  'lost.home': 'Ir a la imagen',

  'place.all': 'Lugares de la aplicación',
  'place.picture': 'Imagen',
  'place.ask': 'Preguntar',
  'place.next': 'Paso',
  'place.settings': 'Ajustes',
  'place.account': 'Su cuenta',
  'me.visits': 'Sus visitas',
  'me.out': 'Cerrar sesión',
  'me.language': 'Idioma',

  'help.title': 'Atajos de teclado',
  'help.key': 'Tecla',
  'help.does': 'Qué hace',
  'help.this': 'Mostrar esto',
  'help.map': 'El mapa',
  'help.on': 'Las teclas sueltas hacen algo',

  'tour.title': 'Una vuelta en cinco pasos',
  'tour.offer': '¿Es su primera vez? Vea en cinco pasos lo que hay.',
  'tour.start': 'Enséñemelo',
  'tour.away': 'Ahora no',
  'tour.at': '{n} de {of}',
  'tour.next': 'Siguiente',
  'tour.back': 'Atrás',
  'tour.end': 'Terminar la vuelta',
  'tour.1.title': 'Un servicio, visto desde varios lados',
  'tour.1.text': 'De izquierda a derecha: los momentos de su servicio. Cuanto más alta está una marca, mejor se valora allí. Donde los directivos están por encima de los clientes, todavía no ven lo que ven los clientes.',
  'tour.2.title': 'Cada momento tiene sus pruebas',
  'tour.2.text': 'Elija un momento: quién dijo qué, con qué seguridad, dónde y cuándo. Si hay demasiado pocas respuestas, se dice así; nunca se adivina.',
  'tour.3.title': 'Preguntar',
  'tour.3.text': 'Cambie el mapa hasta que sea su servicio y después pregunte: formularios para clientes y empleados, códigos para imprimir, quioscos, visitas secretas, talleres. También entran aquí los archivos que ya tiene.',
  'tour.4.title': 'Un paso siguiente',
  'tour.4.text': 'De todo lo que se podría hacer se proponen tres pasos y se recomienda uno, con sus razones. Elíjalo y escriba, antes de que empiece, cómo sabrá si funcionó.',
  'tour.5.title': '¿Ha funcionado?',
  'tour.5.text': 'Semanas después el tablero dice si funcionó: mejor, no se ve o demasiado pronto. Lo que aquí funciona se recuerda.',

  ...esImport,
  ...esAsk,
  ...esMap,
  ...esNext,
  ...esPicture,
  ...esSettings,
  ...esAudit,
};

globalThis.parallaxTexts = es;
