import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AssessmentWire } from '../../../contract/assessment.js';
import type { Post } from '../../../contract/post.js';
import { useNumber } from '../time.js';
import css from './panels.module.css';

/** What is known besides the text, for saying in words what the grades rest on. */
export type Known = Pick<Post, 'speaker' | 'reach'>;

type Part = AssessmentWire['priority']['parts'][number];
const factors = ['context', 'speaker', 'intent', 'content', 'extent', 'likelihood'] as const;

/** The six Rabat factors, each with its grade and what it rests on. `U` is "unknown", never nought. */
export function RabatTable({ assessment, known }: { assessment: AssessmentWire; known: Known }) {
  const { t } = useTranslation();
  const say = useReasons(assessment, known);
  return (
    <table className={css['table']}>
      <caption className="visually-hidden">{t('rabat.title')}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('rabat.factor')}</th>
          <th scope="col">{t('rabat.grade')}</th>
          <th scope="col">{t('rabat.reason')}</th>
        </tr>
      </thead>
      <tbody>
        {factors.map((factor) => {
          const { grade, reason } = assessment.rabat[factor];
          return (
            <tr key={factor}>
              <th scope="row">{t(`rabat.${factor}`)}</th>
              <td>
                <span
                  className={css['grade']}
                  data-grade={grade}
                  title={grade === 'U' ? t('rabat.unknown') : t('rabat.of', { grade })}
                >
                  {grade}
                </span>
              </td>
              <td>{say(factor, reason, grade === 'U')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What the triage priority is made of. */
export function PriorityParts({ assessment, known }: { assessment: AssessmentWire; known: Known }) {
  const { t } = useTranslation();
  const words = usePriorityWords(assessment, known);
  return (
    <table className={css['table']}>
      <caption className="visually-hidden">{t('priority.title')}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('priority.part')}</th>
          <th scope="col">{t('priority.share')}</th>
          <th scope="col">{t('priority.reason')}</th>
        </tr>
      </thead>
      <tbody>
        {assessment.priority.parts.map((part) => (
          <tr key={part.part}>
            <th scope="row">{t(`priority.${part.part}`)}</th>
            <td style={{ width: '22%' }}>
              <span className="visually-hidden">
                {t('priority.points', { points: Math.round(part.value * part.weight), weight: part.weight })}
              </span>
              <span className={css['bar']} aria-hidden="true">
                <i style={{ width: `${Math.round(part.value * 100)}%` }} />
              </span>
            </td>
            <td>{words(part)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The engine's reasons are English sentences; the console says the same in its own language from the grades and what is known. */
function useReasons(assessment: AssessmentWire, known: Known) {
  const { t, i18n } = useTranslation();
  const number = useNumber();
  return (factor: (typeof factors)[number], reason: string, unknown: boolean): string => {
    if (unknown) return i18n.language === 'en' ? reason : t(`rabat.no.${factor}`);
    if (factor === 'speaker' && known.speaker) return t(`speaker.${known.speaker}`);
    if (factor === 'extent' && known.reach) return t('reach.about', { people: number(peopleOf(known.reach)) });
    const strongest = assessment.findings.find((finding) => !finding.cleared);
    if (factor === 'content' && strongest) return t(`rule.${strongest.rule}` as 'rule.slur', { defaultValue: reason });
    return reason;
  };
}

/** A priority part in words of the console's language. */
export function usePriorityWords(assessment: AssessmentWire, known: Known): (part: Part) => string {
  const { t } = useTranslation();
  const number = useNumber();
  return (part) => priorityWords(t, number, assessment, known, part);
}

function priorityWords(
  t: TFunction,
  number: (value: number) => string,
  assessment: AssessmentWire,
  known: Known,
  { part, value }: Part,
): string {
  const people = known.reach ? peopleOf(known.reach) : 0;
  const words: Record<Part['part'], () => string> = {
    severity: () => t('severity.of', { value: assessment.severity }),
    confidence: () => t('priority.sure', { percent: Math.round(value * 100) }),
    imminence: () => (value >= 0.5 ? t('priority.call') : t('priority.noCall')),
    reach: () => (people > 0 ? t('reach.about', { people: number(people) }) : t('reach.unknown')),
    speaker: () =>
      known.speaker && known.speaker !== 'unknown' ? t(`speaker.${known.speaker}`) : t('speaker.unknownCounted'),
  };
  return words[part]();
}

const peopleOf = (reach: NonNullable<Known['reach']>): number =>
  Math.max(reach.views ?? 0, reach.followers ?? 0, (reach.shares ?? 0) * 50);
