import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssessmentWire } from '../../../contract/assessment.js';
import { Reasoning, Section } from '../../ui/assessment/assessment-view.js';
import { Score, Severity, Verdict } from '../../ui/assessment/badges.js';
import { PriorityParts, RabatTable } from '../../ui/assessment/grades.js';
import { Legend, MarkedText } from '../../ui/assessment/marked-text.js';
import { CoverageNotice } from '../../ui/assessment/notices.js';
import { useNaming } from '../../ui/names.js';
import { Panel } from '../../ui/page.js';
import css from './try.module.css';

/** The assessment of a pasted text, as the review page would show it. */
export function TryResult({ text, assessment }: { text: string; assessment: AssessmentWire }) {
  const { t } = useTranslation();
  const naming = useNaming();
  const [revealed, setRevealed] = useState(false);
  const mask = revealed ? 'none' : 'hurtful';
  return (
    <Panel title={t('try.result')}>
      <div className={css['head']} role="status">
        {assessment.flagged && <Score value={assessment.priority.score} large />}
        <Verdict assessment={assessment} />
        {assessment.severity > 0 && <Severity value={assessment.severity} label />}
        <b>{assessment.groups.map(naming.group).join(t('list.and'))}</b>
        <span className={css['spring']} />
        <Button variant="default" size="compact-sm" aria-pressed={revealed} onClick={() => setRevealed(!revealed)}>
          {revealed ? t('mask.hide') : t('mask.reveal')}
        </Button>
      </div>
      <MarkedText
        className={css['text'] ?? ''}
        text={text}
        language={assessment.language.code}
        findings={assessment.findings}
        mask={mask}
      />
      {assessment.findings.length > 0 && <Legend />}
      <CoverageNotice assessment={assessment} />
      <Reasoning assessment={assessment} mask={mask} />
      {assessment.flagged && (
        <div className={css['columns']}>
          <Section title={t('rabat.title')}>
            <RabatTable assessment={assessment} known={{}} />
          </Section>
          <Section title={t('priority.title')}>
            <PriorityParts assessment={assessment} known={{}} />
          </Section>
        </div>
      )}
    </Panel>
  );
}
