// SPDX-License-Identifier: GPL-3.0-or-later
// Settings: people, programs, data, who did what, health.
import type { JSX } from 'preact';
import { Link, useWay } from '../../lib/router';
import { may, session } from '../../lib/session';
import { t, type Key } from '../../lib/texts';
import { Lost } from '../../parts/lost';
import { Heading, Notice, Tabs } from '../../parts/parts';
import { Asked } from './asked';
import { Audit } from './audit';
import { BrandPage } from './brand';
import { Data } from './data';
import { Health } from './health';
import { People } from './people';
import { Programs } from './programs';

const tabs: { name: string; title: Key; page: () => JSX.Element }[] = [
  { name: '', title: 'settings.tab.people', page: People },
  { name: 'programs', title: 'settings.tab.programs', page: Programs },
  { name: 'asked', title: 'settings.tab.asked', page: Asked },
  { name: 'brand', title: 'settings.tab.brand', page: BrandPage },
  { name: 'data', title: 'settings.tab.data', page: Data },
  { name: 'audit', title: 'settings.tab.audit', page: Audit },
  { name: 'health', title: 'settings.tab.health', page: Health },
];

export function Settings(): JSX.Element {
  const [, here = '', more] = useWay().parts;
  const chosen = more ? undefined : tabs.find((tab) => tab.name === here);
  const Page = chosen?.page;
  if (!may('administrator')) {
    return (
      <>
        <Heading title={t('place.settings')} />
        <Notice title={t('settings.only')}><p>{t('settings.only.about', { role: t(`role.${session.role}`) })}</p>
          <p><Link to="/app">{t('lost.home')}</Link></p></Notice>
      </>
    );
  }
  return (
    <>
      <Heading title={t('place.settings')} lead={t('settings.about')} />
      <Tabs label={t('settings.tabs')} tabs={tabs.map((tab) => ({
        text: t(tab.title),
        here: tab === chosen,
        link: (props) => <Link to={tab.name ? `/app/settings/${tab.name}` : '/app/settings'} {...props}>{t(tab.title)}</Link>,
      }))} />
      {Page ? <Page /> : <Lost within place="place.settings" to="/app/settings" />}
    </>
  );
}
