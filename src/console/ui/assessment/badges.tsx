import { useTranslation } from 'react-i18next';
import type { AssessmentWire } from '../../../contract/assessment.js';
import type { Post } from '../../../contract/post.js';
import css from './badges.module.css';

type Level = AssessmentWire['level'] | 'top';

/** The proposed or decided level: a word and a shape, not only a colour. */
export function LevelBadge({ level, decided = false }: { level: Level; decided?: boolean }) {
  const { t } = useTranslation();
  const label = t(`level.${level}`);
  return (
    <span
      className={css['level']}
      data-level={level}
      data-decided={decided || undefined}
      title={decided ? t('level.decided') : t('level.proposed')}
    >
      <i aria-hidden="true" />
      {label}
    </span>
  );
}

/** What the machine says of a text. Where no lexicon reads the language it says nothing, and this says so. */
export function Verdict({ assessment }: { assessment: AssessmentWire }) {
  const { t } = useTranslation();
  if (assessment.coverage.covered || assessment.flagged) return <LevelBadge level={assessment.level} />;
  return (
    <span className={css['status']} data-status="unread">
      {t('level.unread')}
    </span>
  );
}

/** What a person decided, in a word; nothing for posts that wait. */
export function StatusBadge({ post }: { post: Post }) {
  const { t } = useTranslation();
  if (post.status === 'confirmed' && post.review?.level) return <LevelBadge level={post.review.level} decided />;
  return (
    <span className={css['status']} data-status={post.status}>
      {t(`status.${post.status}`)}
    </span>
  );
}

/** Severity 1–5 as five steps and a number. */
export function Severity({ value, label = false }: { value: number; label?: boolean }) {
  const { t } = useTranslation();
  return (
    <span
      className={css['severity']}
      role="img"
      aria-label={t('severity.of', { value })}
      title={t('severity.of', { value })}
    >
      {label && <span aria-hidden="true">{t('severity.label')}</span>}
      <span className={css['steps']} aria-hidden="true">
        {[1, 2, 3, 4, 5].map((step) => (
          <i key={step} data-on={step <= value || undefined} />
        ))}
      </span>
      <span className="num" aria-hidden="true">
        {value}/5
      </span>
    </span>
  );
}

/** Triage priority, 0–100. */
export function Score({ value, large = false }: { value: number; large?: boolean }) {
  const { t } = useTranslation();
  const whole = Math.round(value);
  return (
    <span
      className={css['score']}
      data-large={large || undefined}
      role="img"
      aria-label={t('priority.of', { score: whole })}
      title={t('priority.of', { score: whole })}
    >
      <span className="num" aria-hidden="true">
        {whole}
      </span>
    </span>
  );
}
