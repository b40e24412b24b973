// SPDX-License-Identifier: GPL-3.0-or-later
// One link: where it is, what it asks, how many answered; closing it.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { command } from '../../lib/api';
import { useAsk } from '../../lib/ask';
import { dayText } from '../../lib/format';
import { useLive } from '../../lib/live';
import { go, Link, useWay } from '../../lib/router';
import { t, together, type Key } from '../../lib/texts';
import { Confirm } from '../../parts/confirm';
import { Busy, Button, CommandLine, Trouble } from '../../parts/parts';
import { Code } from './code';
import { titleOf, useChoices, type Choices, type FormLink } from './data';
import { Address, answeredText, pageOfLink, State, titleOfLink, Waiting } from './forms';
import { measureKeys, questionKeys } from './newform_parts';

function list(names: string[], keys: Record<string, Key>): string {
  return together(names.map((name) => (keys[name] ? t(keys[name]) : name))) || t('ask.nothing');
}

function Asks({ link, choices }: { link: FormLink; choices: Choices | null }): JSX.Element {
  const { asks } = link;
  const kiosk = link.kind === 'kiosk'; // asks for levels alone, whatever forms ask

  const language = Array.isArray(asks.language) ? together(asks.language) : asks.language;
  const rows: [Key, string][] = [
    ['ask.audience', titleOf(choices?.audiences, link.audience)],
    ['ask.journey', asks.journey ? titleOf(choices?.journeys, asks.journey) : t('ask.journey.any')],
    ['ask.points', asks.only ? asks.only.join(', ') : asks.all_points ? t('ask.points.all') : t('ask.points.n', { n: asks.points })],
    ['ask.measures', list(kiosk ? ['level'] : asks.measures, measureKeys)],
    ...(kiosk ? [] : [['ask.questions', list(asks.questions, questionKeys)] satisfies [Key, string]]),
    ['ask.language', language ?? t('ask.language.any')],
    ['ask.identity', t(`ask.identity.${link.identity}`)],
    ['ask.opens', link.opens ? dayText(link.opens) : t('ask.opens.now')],
    ['ask.closes', link.closes ? dayText(link.closes) : t('ask.closes.never')],
  ];
  return <dl class="ask-facts">{rows.map(([key, value]) => <div key={key}><dt>{t(key)}</dt><dd>{value}</dd></div>)}</dl>;
}

export function FormPage({ link: which }: { link: string }): JSX.Element {
  const asked = useAsk(`link ${which}`, () => command<FormLink>('link show', [which]));
  const choices = useChoices();
  const [closing, setClosing] = useState(false);
  useLive(['links'], asked.again);
  const link = asked.data?.document;
  const way = useWay();
  const page = link && pageOfLink(link);
  useEffect(() => { if (page && page !== `/app/${way.parts.join('/')}`) go(page, { replace: true }); }, [page]);
  if (!link) return <><Trouble problem={asked.problem} again={asked.again} />{asked.busy && <Busy />}</>;
  const ended = link.state === 'closed';
  return (
    <section class="block first-block">
      <p><Link to={link.kind === 'kiosk' ? '/app/ask/kiosks' : '/app/ask/forms'}>{t(link.kind === 'kiosk' ? 'ask.kiosks' : 'ask.forms')}</Link></p>
      <div class="page-head">
        <div>
          <h2>{titleOfLink(link)}{link.place && <> · <bdi>{link.place}</bdi></>} <State link={link} /></h2>
          <p class="lead-text">{t('ask.completed.n', { n: answeredText(link) })}</p>
        </div>
        <div class="acts">
          {link.path && !ended && <a class="button" href={link.path} target="_blank" rel="noopener">{t('ask.see')}</a>}
          {!ended && <Button kind="danger" onClick={() => setClosing(true)}>{t('ask.close')}</Button>}
        </div>
      </div>
      <Trouble problem={asked.problem} />
      <Waiting links={[link]} />
      <div class="beside">
        <div class="block-part"><h3>{t('ask.address')}</h3><Address link={link} /><h3>{t('ask.asks')}</h3><Asks link={link} choices={choices.data} /></div>
        {link.url && !ended && link.kind !== 'kiosk' && <Code links={[link.link]} name={`code-${link.link}`} />}
      </div>
      {asked.data && <CommandLine line={asked.data.line} />}
      {closing && (
        <Confirm title={t('ask.close.title')} about={t(link.kind === 'kiosk' ? 'ask.close.kiosk.about' : 'ask.close.about')} act={t('ask.close.do')} onClose={() => setClosing(false)}
          run={async () => { await command('link close', [String(link.link)]); setClosing(false); asked.again(); }} />
      )}
    </section>
  );
}
