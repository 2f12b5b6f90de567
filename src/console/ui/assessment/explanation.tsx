import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AssessmentWire } from '../../../contract/assessment.js';
import { useNaming } from '../names.js';
import type { Naming } from '../names.js';
import type { Mask } from './roles.js';
import { hideWords } from './segments.js';
import css from './panels.module.css';

type Step = AssessmentWire['explanation'][number];

/** The engine's ordered steps in the console's language; a step it does not know yet in the engine's own English. */
export function Explanation({ assessment, mask }: { assessment: AssessmentWire; mask: Mask }) {
  const { t, i18n } = useTranslation();
  const naming = useNaming();
  return (
    <ol className={css['steps']}>
      {assessment.explanation.map((step, at) => {
        const known = i18n.exists(`step.${step.code}`);
        const said = known ? say(t, naming, step) : step.text;
        return (
          // Steps have no id of their own and never change their order.
          // eslint-disable-next-line react/no-array-index-key
          <li key={at} data-code={step.code} {...(!known && { lang: 'en', dir: 'ltr' })}>
            {hideWords(said, assessment.findings, mask)}
          </li>
        );
      })}
    </ol>
  );
}

/** Keeps words of another direction from reordering the sentence around them. */
const isolate = (text: string): string => `\u2068${text}\u2069`;

function say(t: TFunction, naming: Naming, { code, params, text }: Step): string {
  const given = (name: string): string => String(params[name] ?? '');
  const groups = given('groups')
    .split(',')
    .filter((id) => id !== '');
  const who = groups.length > 0 ? groups.map(naming.group).join(t('list.and')) : given('who');
  const rule = given('rule');
  return t(`step.${code}` as 'step.nothing', {
    ...params,
    language: naming.language(given('code') || given('lang')),
    script: naming.script(given('script')),
    words: given('words')
      .split(' + ')
      .map((word) => t('list.quote', { word: isolate(word.replaceAll(/^“|”$/gu, '')) }))
      .join(' + '),
    who: isolate(who),
    category: naming.category(given('category')),
    rule: t(`rule.${rule}` as 'rule.slur', { defaultValue: '' }),
    level: t(`level.${given('level')}` as 'level.bottom', { defaultValue: given('level') }),
    defaultValue: text,
  });
}
