// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of the app, in Arabic (en.ts).
import type { Texts } from '../lib/texts';
import { arImport } from './ar_import';
import { arAudit } from './ar_audit';
import { arAsk } from './ar_ask';
import { arMap } from './ar_map';
import { arNext } from './ar_next';
import { arPicture } from './ar_picture';
import { arSettings } from './ar_settings';
import type { en } from './en';

export const ar: Texts<typeof en> = {
  'again': 'حاول مرة أخرى',
  'busy': 'لحظة من فضلك…',
  'close': 'إغلاق',
  'copy': 'نسخ',
  'copied': 'تم النسخ',
  'comma': '، ',
  'skip': 'انتقل إلى المحتوى',
  'cancel': 'إلغاء',
  'line.title': 'الشيء نفسه كأمر',
  'line.copy': 'نسخ الأمر',
  'trouble.title': 'لم ينجح ذلك',
  'trouble.network': 'لم يمكن الوصول إلى الخادم. لم يضع شيء؛ حاول مرة أخرى بعد قليل.',
  'lost.title': 'لا توجد صفحة كهذه',
  'lost.about': 'ربما قُطع العنوان أو كُتب بخطأ.',
  'lost.place': 'إلى «{place}»',
  'lost.home': 'إلى الصورة',

  'place.all': 'الأقسام',
  'place.picture': 'الصورة',
  'place.ask': 'اسأل',
  'place.next': 'الخطوة',
  'place.settings': 'الإعدادات',
  'place.account': 'حسابك',
  'me.visits': 'زياراتك',
  'me.out': 'تسجيل الخروج',
  'me.language': 'اللغة',

  'help.title': 'اختصارات لوحة المفاتيح',
  'help.key': 'المفتاح',
  'help.does': 'ماذا يفعل',
  'help.this': 'عرض هذه القائمة',
  'help.map': 'الخريطة',
  'help.on': 'المفاتيح المفردة تفعل شيئًا',

  'tour.title': 'جولة في خمس خطوات',
  'tour.offer': 'جديد هنا؟ شاهد ما يوجد في خمس خطوات.',
  'tour.start': 'أرني',
  'tour.away': 'ليس الآن',
  'tour.at': '{n} من {of}',
  'tour.next': 'التالي',
  'tour.back': 'السابق',
  'tour.end': 'إنهاء الجولة',
  'tour.1.title': 'خدمة واحدة، كما تُرى من عدة جوانب',
  'tour.1.text': 'على امتداد الصورة: لحظات خدمتك. كلما ارتفعت العلامة كان التقييم هناك أفضل. وحيث يقف المديرون فوق العملاء، فهم لا يرون بعد ما يراه العملاء.',
  'tour.2.title': 'لكل لحظة أدلتها',
  'tour.2.text': 'اختر لحظة: من قال ماذا، وما مدى التأكد من ذلك، وأين ومتى. وإذا كانت الإجابات قليلة جدًا قيل ذلك صراحة، ولا يُخمَّن أبدًا.',
  'tour.3.title': 'اسأل',
  'tour.3.text': 'غيّر الخريطة حتى تصبح خدمتك، ثم اسأل: نماذج للعملاء والموظفين، ورموز للطباعة، وأكشاك، وزيارات خفية، وورش عمل. والملفات التي لديك من قبل تدخل من هنا أيضًا.',
  'tour.4.title': 'خطوة تالية واحدة',
  'tour.4.text': 'من كل ما يمكن فعله تُقترح ثلاث خطوات ويوصى بواحدة منها، مع أسبابها. اخترها، واكتب قبل أن تبدأ كيف ستعرف أنها نجحت.',
  'tour.5.title': 'هل نجحت؟',
  'tour.5.text': 'بعد أسابيع تقول اللوحة هل نجحت: أفضل، أو لم يظهر، أو من المبكر القول. وما ينجح هنا يبقى محفوظًا.',

  ...arImport,
  ...arAsk,
  ...arMap,
  ...arNext,
  ...arPicture,
  ...arSettings,
  ...arAudit,
};

globalThis.parallaxTexts = ar;
