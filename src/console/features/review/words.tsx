import { Button, Kbd } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { DecisionRecord } from '../../../contract/review.js';
import type { Decision } from '../../data/decisions.js';

/** A decision in a few words: "confirmed, intermediate". */
export function decisionWords(t: TFunction, record: Pick<DecisionRecord, 'decision' | 'level'> | undefined): string {
  if (!record) return '';
  return record.level
    ? t('decision.confirmLevel', { level: t(`level.${record.level}`) })
    : t(`decision.${record.decision}`);
}

/** What the passing message after a decision says, with the way back. */
export function decisionToast(t: TFunction, decision: Decision, undo: () => void) {
  return (
    <span style={{ display: 'flex', gap: 12, alignItems: 'center', justifyContent: 'space-between' }}>
      <span>{decisionWords(t, decision)}</span>
      <Button variant="default" size="compact-xs" onClick={undo} rightSection={<Kbd size="xs">U</Kbd>}>
        {t('decide.undo')}
      </Button>
    </span>
  );
}
