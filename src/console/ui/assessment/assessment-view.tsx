import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssessmentWire } from '../../../contract/assessment.js';
import { Explanation } from './explanation.js';
import { FindingCard } from './finding-card.js';
import type { Mask } from './roles.js';
import css from './panels.module.css';

/** A titled part of a page about one text. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={css['section']}>
      <h3>
        {title}
        {aside}
      </h3>
      {children}
    </section>
  );
}

/** Why the engine says what it says: the steps, then what counts, then what was found and does not count. */
export function Reasoning({ assessment, mask }: { assessment: AssessmentWire; mask: Mask }) {
  const { t } = useTranslation();
  const counting = assessment.findings.filter((finding) => !finding.cleared);
  const cleared = assessment.findings.filter((finding) => finding.cleared);
  const language = assessment.language.code;
  return (
    <>
      <Section title={t('post.why')}>
        <Explanation assessment={assessment} mask={mask} />
      </Section>
      {counting.length > 0 && (
        <Section title={t('post.findings', { count: counting.length })}>
          {counting.map((finding) => (
            <FindingCard key={`${finding.rule}-${finding.start}`} finding={finding} language={language} mask={mask} />
          ))}
        </Section>
      )}
      {cleared.length > 0 && (
        <Section title={t('post.cleared', { count: cleared.length })}>
          {cleared.map((finding) => (
            <FindingCard key={`${finding.rule}-${finding.start}`} finding={finding} language={language} mask={mask} />
          ))}
        </Section>
      )}
    </>
  );
}
