import { useTranslation } from 'react-i18next';
import type { DecisionRecord } from '../../../contract/review.js';
import { Moment } from '../../ui/time.js';
import { decisionWords } from './words.js';
import css from './review.module.css';

/** Every decision on a post, newest first. Taking one back is a decision of its own; nothing is ever erased. */
export function History({ records }: { records: readonly DecisionRecord[] }) {
  const { t } = useTranslation();
  return (
    <ol className={css['history']} reversed>
      {records.toReversed().map((record) => (
        <li key={`${record.at}-${record.by}-${record.decision}`}>
          <b>{decisionWords(t, record)}</b>
          <span className="dim">
            {' '}
            – <bdi>{record.byName}</bdi>, <Moment at={record.at} />
          </span>
          {record.note && <p dir="auto">{record.note}</p>}
        </li>
      ))}
    </ol>
  );
}
