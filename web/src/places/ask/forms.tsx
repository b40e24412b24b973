// SPDX-License-Identifier: GPL-3.0-or-later
// The addresses at which people answer.
import type { JSX } from 'preact';
import { command, fileAt } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { count, dayText } from '../../lib/format';
import { useLive } from '../../lib/live';
import { Link } from '../../lib/router';
import { plural, t, together } from '../../lib/texts';
import { Busy, CommandLine, Copy, Empty, Notice, Table, Trouble } from '../../parts/parts';
import { links, titleOf, useChoices, type Choices, type FormLink } from './data';

export function State({ link }: { link: FormLink }): JSX.Element {
  return <span class={link.state === 'open' ? 'tag good' : 'tag'}>{t(`ask.state.${link.state}`)}</span>;
}

export function Address({ link }: { link: FormLink }): JSX.Element {
  if (link.url) return <Copy text={link.url} label={t('ask.address.copy')} />;
  return <span class="quiet">{t('ask.address.once')}</span>;
}

// An address is called by what it is; in the list stands beside it whom it asks, and where.
export function titleOfLink(link: FormLink): string {
  return t(link.kind === 'kiosk' ? 'ask.link.kiosk' : link.kind === 'single' ? 'ask.link.single' : 'ask.link', { n: link.link });
}

// A kiosk is among the kiosks.
export function pageOfLink(link: FormLink): string {
  return `/app/ask/${link.kind === 'kiosk' ? 'kiosks' : 'forms'}/${link.link}`;
}

// Answered, and yet in no reading: why, and until when.
export function Waiting({ links: rows }: { links: FormLink[] }): JSX.Element | null {
  const some = rows.some((link) => link.identity === 'anonymous' && link.completed > 0);
  const info = useAsk(`waiting ${rows.reduce((sum, link) => sum + link.completed, 0)}`, async () => (some ? command<{ waiting: number }>('info') : null));
  const n = info.data?.document.waiting ?? 0;
  return some && n > 0 ? <Notice title={t('ask.waiting', { n: count(n) })}><p>{t('ask.waiting.about')}</p></Notice> : null;
}

export function answeredText(link: FormLink): string {
  return link.quota ? t('ask.of', { n: count(link.completed), of: count(link.quota) }) : count(link.completed);
}

function About({ link, choices }: { link: FormLink; choices: Choices | null }): JSX.Element {
  return (
    <>
      <Link to={pageOfLink(link)}>{titleOfLink(link)}</Link><br />
      <span class="quiet">{together([titleOf(choices?.audiences, link.audience), link.place], ' · ')}</span>
    </>
  );
}

export function LinkTable({ rows, choices, caption }: { rows: FormLink[]; choices: Choices | null; caption: string }): JSX.Element {
  return (
    <Table caption={caption} rows={rows} rowKey={(link) => link.link} columns={[
      { title: t('ask.form'), cell: (link) => <About link={link} choices={choices} /> },
      { title: t('ask.journey'), cell: (link) => link.asks.journey ? titleOf(choices?.journeys, link.asks.journey) : t('ask.journey.any') },
      { title: t('ask.completed'), number: true, cell: answeredText },
      { title: t('ask.state'), cell: (link) => <><State link={link} />{link.closes && <><br /><span class="quiet">{t('ask.until', { day: dayText(link.closes) })}</span></>}</> },
      { title: t('ask.address'), cell: (link) => <Address link={link} /> },
    ]} />
  );
}

export function Forms(): JSX.Element {
  const asked = useAsk('links', links);
  const choices = useChoices();
  useLive(['links'], asked.again);
  const rows = asked.data?.document.links.filter((link) => link.kind !== 'kiosk') ?? [];
  const printable = rows.some((link) => link.state === 'open' && link.url);
  return (
    <section class="block first-block">
      <div class="page-head">
        <div><h2>{t('ask.forms')}</h2><p class="lead-text">{t('ask.forms.lead')}</p></div>
        <div class="acts">
          {printable && <a class="button" href={fileAt('qr', 'codes.html')} download="codes.html">{t('ask.qr.all')}</a>}
          <Link to="/app/ask/forms/new" class="button first">{t('ask.new')}</Link>
        </div>
      </div>
      <Trouble problem={asked.problem} again={asked.again} />
      <Waiting links={rows} />
      {!asked.data ? asked.busy && <Busy /> : rows.length === 0
        ? <Empty title={t('ask.forms.none')}><p>{t('ask.forms.none.about')}</p><Link to="/app/ask/forms/new" class="button first">{t('ask.forms.first')}</Link></Empty>
        : <LinkTable rows={rows} choices={choices.data} caption={t('ask.forms')} />}
      <p><Link to="/app/ask/kiosks">{t('ask.kiosks.see')}</Link> {asked.data && <span class="quiet">({number(asked.data.document.links)})</span>}</p>
      {asked.data && <CommandLine line={asked.data.line} />}
    </section>
  );
}

function number(all: FormLink[]): string {
  const n = all.filter((link) => link.kind === 'kiosk').length;
  return t(plural(n, 'ask.kiosk.one', 'ask.kiosk'), { n: count(n) });
}
