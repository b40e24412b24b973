// SPDX-License-Identifier: GPL-3.0-or-later
// What a shopper told: moment by moment, in words, levels and pictures.
import type { JSX } from 'preact';
import { fileAt } from '../../lib/api';
import { minuteText } from '../../lib/format';
import { t, together, type Key } from '../../lib/texts';
import { Notice } from '../../parts/parts';

export interface Moment {
  at: string; point: string | null; title: string; level: number | string | null; surprise: number | null; hesitation: number | null;
  words: string | null; photos: string[] | null;
  sense?: string | null; channel?: string | null; // of a walk
}
export interface Report {
  report: string; conflict: string | null; began: string; moments: Moment[]; overall: number | string | null; words: string | null;
  tasks: Record<string, boolean>; promises: Record<string, boolean>;
}

export type Levels = { value: number; text: string }[];
export type Titles = { id: string; title: string }[];

interface ToldProps { visit: number; report: Report; levels: Levels; tasks: Titles; promises: Titles }

const senseKeys: Record<string, Key> = {
  see: 'map.sense.see', hear: 'map.sense.hear', touch: 'map.sense.touch', taste: 'map.sense.taste', smell: 'map.sense.smell', feel: 'map.sense.feel' };

// "see;smell", as a phone writes it.
function sensesText(senses: string): string {
  return together(senses.split(/[;+]/).map((one) => { const key = senseKeys[one.trim()]; return key ? t(key) : one.trim(); }));
}

function levelText(level: number | string | null, levels: Levels): string {
  if (level === 'na') return t('visits.na');
  if (level === null || level === 'declined') return t('visits.unrated');
  return levels.find((one) => one.value === level)?.text ?? String(level);
}

// As the clock on the wall had it there, whatever the reader's time zone: of "2026-12-02T10:01+01:00".
export function clock(time: string): string {
  return minuteText(time.slice(0, 16));
}

function Photos({ visit, ids }: { visit: number; ids: string[] }): JSX.Element {
  return (
    <ul class="photos">
      {ids.map((id, i) => {
        const at = `${fileAt('visit photo', `${id}.jpg`)}?argument=${visit}&argument=${encodeURIComponent(id)}`;
        return <li key={id}><a href={at} download={`${id}.jpg`}><img src={at} alt={t('visits.photo', { n: i + 1 })} loading="lazy" /></a></li>;
      })}
    </ul>
  );
}

function Marks({ marks, titles, yes, no }: { marks: Record<string, boolean>; titles: Titles; yes: string; no: string }): JSX.Element | null {
  const all = Object.entries(marks);
  if (all.length === 0) return null;
  return <ul class="marks">{all.map(([id, kept]) => <li key={id}><span class={kept ? 'tag good' : 'tag trouble'}>{kept ? yes : no}</span> <bdi>{titles.find((one) => one.id === id)?.title ?? id}</bdi></li>)}</ul>;
}

function Tags({ moment, levels }: { moment: Moment; levels: Levels }): JSX.Element {
  return (
    <p class="tags">
      <span class="tag"><bdi>{levelText(moment.level, levels)}</bdi></span>
      {moment.surprise ? <span class="tag">{t(moment.surprise > 0 ? 'visits.surprise.good' : 'visits.surprise.bad')}</span> : null}
      {moment.hesitation ? <span class="tag">{t('visits.hesitation')}</span> : null}
      {moment.sense && <span class="tag">{sensesText(moment.sense)}</span>}
      {moment.channel && <span class="tag"><bdi>{moment.channel}</bdi></span>}
    </p>
  );
}

// What somebody wrote, whichever way their language runs.
export function Words({ text }: { text: string }): JSX.Element {
  return <blockquote><bdi>{text}</bdi></blockquote>;
}

// Moment by moment; `visit`: the number of the visit or walk, which has the pictures.
export function Moments({ visit, moments, levels }: { visit: number; moments: Moment[]; levels: Levels }): JSX.Element {
  return (
    <ol class="moments">
      {moments.map((moment, i) => (
        <li key={`${moment.at} ${i}`}>
          <p><strong><bdi>{moment.title}</bdi></strong> <bdi class="quiet">{clock(moment.at)}</bdi></p>
          <Tags moment={moment} levels={levels} />
          {moment.words && <Words text={moment.words} />}
          {moment.photos && moment.photos.length > 0 && <Photos visit={visit} ids={moment.photos} />}
        </li>
      ))}
    </ol>
  );
}

export function Told({ visit, report, levels, tasks, promises }: ToldProps): JSX.Element {
  return (
    <section class="ask-told">
      <h3>{t('visits.told')}</h3>
      <p class="quiet">{t('visits.began', { time: clock(report.began) })}</p>
      {report.conflict ? <Notice kind="trouble" title={t('visits.conflict')}><p><bdi>{report.conflict}</bdi></p></Notice> : <p class="quiet">{t('visits.conflict.none')}</p>}
      <Moments visit={visit} moments={report.moments} levels={levels} />
      <p><strong>{t('visits.overall')}:</strong> <bdi>{levelText(report.overall, levels)}</bdi></p>
      {report.words && <Words text={report.words} />}
      <Marks marks={report.tasks} titles={tasks} yes={t('visits.task.yes')} no={t('visits.task.no')} />
      <Marks marks={report.promises} titles={promises} yes={t('visits.promise.yes')} no={t('visits.promise.no')} />
    </section>
  );
}
