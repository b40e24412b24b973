// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of the app, in French (en.ts).
import type { Texts } from '../lib/texts';
import { frImport } from './fr_import';
import { frAudit } from './fr_audit';
import { frAsk } from './fr_ask';
import { frMap } from './fr_map';
import { frNext } from './fr_next';
import { frPicture } from './fr_picture';
import { frSettings } from './fr_settings';
import type { en } from './en';

export const fr: Texts<typeof en> = {
  'again': 'Réessayer',
  'busy': 'Un instant…',
  'close': 'Fermer',
  'copy': 'Copier',
  'copied': 'Copié',
  'comma': ', ',
  'skip': 'Aller au contenu',
  'cancel': 'Annuler',
  'line.title': 'La même chose en commande',
  'line.copy': 'Copier la commande',
  'trouble.title': 'Cela n’a pas marché',
  'trouble.network': 'Le serveur n’a pas pu être joint. Rien n’est perdu ; réessayez dans un instant.',
  'lost.title': 'Cette page n’existe pas',
  'lost.about': 'L’adresse est peut-être coupée ou mal saisie.',
  'lost.place': 'Aller à « {place} »',
  'lost.home': 'Vers l’image',

  'place.all': 'Espaces',
  'place.picture': 'Image',
  'place.ask': 'Demander',
  'place.next': 'Étape',
  'place.settings': 'Réglages',
  'place.account': 'Votre compte',
  'me.visits': 'Vos visites',
  'me.out': 'Se déconnecter',
  'me.language': 'Langue',

  'help.title': 'Raccourcis clavier',
  'help.key': 'Touche',
  'help.does': 'Ce qu’elle fait',
  'help.this': 'Afficher ceci',
  'help.map': 'La carte',
  'help.on': 'Les touches seules font quelque chose',

  'tour.title': 'Un tour en cinq étapes',
  'tour.offer': 'Première fois ici ? Découvrez en cinq étapes ce qu’il y a.',
  'tour.start': 'Montrez-moi',
  'tour.away': 'Pas maintenant',
  'tour.at': '{n} sur {of}',
  'tour.next': 'Suivant',
  'tour.back': 'Retour',
  'tour.end': 'Terminer le tour',
  'tour.1.title': 'Un service, vu de plusieurs côtés',
  'tour.1.text': 'De gauche à droite : les moments de votre service. Plus une marque est haute, mieux il y est noté. Là où les responsables sont au-dessus des clients, ils ne voient pas encore ce que voient les clients.',
  'tour.2.title': 'Chaque moment a ses preuves',
  'tour.2.text': 'Choisissez un moment : qui a dit quoi, avec quelle certitude, où et quand. S’il y a trop peu de réponses, c’est dit ; rien n’est deviné.',
  'tour.3.title': 'Demander',
  'tour.3.text': 'Changez la carte jusqu’à ce qu’elle soit votre service, puis demandez : formulaires pour les clients et le personnel, codes à imprimer, bornes, visites mystères, ateliers. Les fichiers que vous avez déjà entrent aussi par ici.',
  'tour.4.title': 'Une prochaine étape',
  'tour.4.text': 'De tout ce qui pourrait être fait, trois étapes sont proposées et une est recommandée, avec ses raisons. Choisissez-la, et écrivez avant qu’elle commence comment vous saurez si elle a marché.',
  'tour.5.title': 'Est-ce que cela a marché ?',
  'tour.5.text': 'Des semaines plus tard, le tableau dit si cela a marché : mieux, non démontré ou trop tôt. Ce qui marche ici est retenu.',

  ...frImport,
  ...frAsk,
  ...frMap,
  ...frNext,
  ...frPicture,
  ...frSettings,
  ...frAudit,
};

globalThis.parallaxTexts = fr;
