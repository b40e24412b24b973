// SPDX-License-Identifier: GPL-3.0-or-later
// Every text of the app, in Chinese (en.ts).
import type { Texts } from '../lib/texts';
import { zhImport } from './zh_import';
import { zhAudit } from './zh_audit';
import { zhAsk } from './zh_ask';
import { zhMap } from './zh_map';
import { zhNext } from './zh_next';
import { zhPicture } from './zh_picture';
import { zhSettings } from './zh_settings';
import type { en } from './en';

export const zh: Texts<typeof en> = {
  'again': '再试一次',
  'busy': '请稍候……',
  'close': '关闭',
  'copy': '复制',
  'copied': '已复制',
  'comma': '、',
  'skip': '跳到内容',
  'cancel': '取消',
  'line.title': '用命令做同样的事',
  'line.copy': '复制命令',
  'trouble.title': '操作没有成功',
  'trouble.network': '无法连接服务器。没有任何丢失；请稍后再试。',
  'lost.title': '没有这个页面',
  'lost.about': '网址也许不完整，或者输入有误。',
  'lost.place': '前往“{place}”',
  'lost.home': '前往全景图',

  'place.all': '栏目',
  'place.picture': '全景图',
  'place.ask': '提问',
  'place.next': '下一步',
  'place.settings': '设置',
  'place.account': '您的账号',
  'me.visits': '您的走访',
  'me.out': '退出登录',
  'me.language': '语言',

  'help.title': '键盘快捷键',
  'help.key': '按键',
  'help.does': '作用',
  'help.this': '显示本页',
  'help.map': '地图',
  'help.on': '启用单键快捷键',

  'tour.title': '五步导览',
  'tour.offer': '第一次来？用五步看看这里有什么。',
  'tour.start': '带我看看',
  'tour.away': '现在不用',
  'tour.at': '{n} / {of}',
  'tour.next': '下一步',
  'tour.back': '上一步',
  'tour.end': '结束导览',
  'tour.1.title': '一项服务，从几个角度看',
  'tour.1.text': '从左到右是您服务的各个环节。标记越高，那里的评价越好。管理者高于顾客的地方，就是他们还没有看到顾客所看到的。',
  'tour.2.title': '每个环节都有依据',
  'tour.2.text': '选择一个环节：谁说了什么，有多大把握，在哪里，什么时候。回答太少会如实说明，绝不猜测。',
  'tour.3.title': '提问',
  'tour.3.text': '修改地图，直到它就是您的服务，然后提问：给顾客和员工的问卷、可打印的二维码、自助终端、神秘探访、研讨会。您已有的文件也从这里进来。',
  'tour.4.title': '下一步做一件事',
  'tour.4.text': '在所有可做的事中，提出三个步骤并推荐一个，附上理由。选定它，并在开始之前写下您将如何判断成败。',
  'tour.5.title': '有效果吗？',
  'tour.5.text': '几周之后，看板会说是否有效：提升、未显示，或为时过早。在这里有效的做法会被记住。',

  ...zhImport,
  ...zhAsk,
  ...zhMap,
  ...zhNext,
  ...zhPicture,
  ...zhSettings,
  ...zhAudit,
};

globalThis.parallaxTexts = zh;
