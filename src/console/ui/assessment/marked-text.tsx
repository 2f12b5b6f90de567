import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { languageTag } from '../language-tag.js';
import { dots } from './roles.js';
import type { FindingWire, Mask } from './roles.js';
import { firstWords, segments } from './segments.js';
import type { Segment } from './segments.js';
import css from './marked-text.module.css';

interface Props {
  text: string;
  /** ISO 639-3, for fonts, hyphenation and screen readers. */
  language: string | undefined;
  findings: readonly FindingWire[];
  mask: Mask;
  /** Shows only the first words. */
  first?: number;
  className?: string;
}

/** A post's words in their own script and direction, its evidence marked by line and weight as well as by colour. */
export function MarkedText({ text, language, findings, mask, first, className }: Props) {
  const parts = useMemo(() => {
    const all = segments(text, findings, mask);
    return first === undefined ? all : firstWords(all, first);
  }, [text, findings, mask, first]);
  return (
    <p className={`${css['text']} ${className ?? ''}`} dir="auto" lang={languageTag(language)}>
      {parts.map((part) => (part.role === undefined ? part.text : <Marked key={part.start} part={part} />))}
    </p>
  );
}

function Marked({ part }: { part: Segment }) {
  const { t } = useTranslation();
  const role = part.role ?? 'cue';
  const kind = part.kind ? t(`class.${part.kind}`) : '';
  const said = `${t(`role.${role}`)}: ${kind}`;
  if (part.masked) {
    // The word itself is not in the page while it is hidden: no screen reader, search or copy brings it out.
    return (
      <mark className={css['mark']} data-role={role} data-masked="">
        <span role="img" aria-label={t('mask.word', { kind })} title={said}>
          {dots(part.text)}
        </span>
      </mark>
    );
  }
  return (
    <mark className={css['mark']} data-role={role} title={said}>
      {part.text}
    </mark>
  );
}

/** What the three kinds of marks mean. */
export function Legend() {
  const { t } = useTranslation();
  return (
    <ul className={css['legend']} aria-label={t('role.legend')}>
      {(['target', 'attack', 'cue'] as const).map((role) => (
        <li key={role}>
          <mark className={css['mark']} data-role={role}>
            {t(`role.${role}`)}
          </mark>
        </li>
      ))}
    </ul>
  );
}
