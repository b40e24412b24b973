// SPDX-License-Identifier: GPL-3.0-or-later
// A text of the map in one of its languages.
import type { JSX } from 'preact';
import { t } from '../../lib/texts';
import { SelectField, TextField } from '../../parts/parts';
import { inLanguage, withLanguage, type Text } from '../ask/map/model';

export function LanguageChoice({ languages, language, onLanguage }: { languages: string[]; language: string; onLanguage: (language: string) => void }): JSX.Element | null {
  if (languages.length < 2) return null;
  return <SelectField label={t('map.field.language')} value={language} onChange={onLanguage} choices={languages.map((value) => ({ value, label: value }))} />;
}

interface TextInProps {
  label: string; hint?: string; text: Text; own: string; language: string; languages: string[]; required?: boolean;
  onWords: (text: Text) => void; onLanguage: (language: string) => void;
}

export function TextIn({ label, hint, text, own, language, languages, required, onWords, onLanguage }: TextInProps): JSX.Element {
  return (
    <>
      <LanguageChoice languages={languages} language={language} onLanguage={onLanguage} />
      <TextField label={label} {...(hint ? { hint } : {})} value={inLanguage(text, own, language)} required={required === true && language === own}
        onInput={(value) => onWords(withLanguage(text, own, language, value))} />
    </>
  );
}
