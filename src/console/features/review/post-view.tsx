import { Button, Kbd } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../contract/post.js';
import { Reasoning, Section } from '../../ui/assessment/assessment-view.js';
import { Score, Severity, StatusBadge, Verdict } from '../../ui/assessment/badges.js';
import { PriorityParts, RabatTable } from '../../ui/assessment/grades.js';
import { Legend, MarkedText } from '../../ui/assessment/marked-text.js';
import { CoverageNotice } from '../../ui/assessment/notices.js';
import { isMasked } from '../../ui/assessment/roles.js';
import { EyeIcon, EyeOffIcon } from '../../ui/icons.js';
import { useNaming } from '../../ui/names.js';
import { ContextList } from './context-list.js';
import { DecidedByOther } from './decided-by-other.js';
import { History } from './history.js';
import { Tombstone } from './tombstone.js';
import css from './review.module.css';

interface Props {
  post: Post;
  revealed: boolean;
  onReveal: (revealed: boolean) => void;
  /** The decision bar: under the text, above everything that explains it. */
  bar: ReactNode;
}

/** One post with everything a decision needs: its words, why the machine flagged it, and what is known around it. */
export function PostView({ post, revealed, onReveal, bar }: Props) {
  const { t } = useTranslation();
  const naming = useNaming();
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which React would take for a clean-up.
    scroller.current?.scrollTo({ top: 0 });
  }, [post.id]);
  const verdict = post.assessment;
  const mask = revealed ? 'none' : 'hurtful';
  const hidden =
    verdict?.findings.some((finding) => finding.evidence.some((evidence) => isMasked(evidence, 'hurtful'))) ?? false;
  const decided = post.status === 'confirmed' || post.status === 'not_hate' || post.status === 'escalated';
  return (
    <article className={css['post']} aria-labelledby="post-title" data-testid="post">
      <header className={css['head']}>
        <h2 id="post-title" className="visually-hidden">
          {t('post.title', { source: post.source?.name ?? t('context.unknown') })}
        </h2>
        {verdict?.flagged && <Score value={verdict.priority.score} large />}
        {verdict && <Verdict assessment={verdict} />}
        {verdict && verdict.severity > 0 && <Severity value={verdict.severity} label />}
        {decided && <StatusBadge post={post} />}
        <span className={css['who']}>{(verdict?.groups ?? []).map(naming.group).join(t('list.and'))}</span>
        <span className={css['spring']} />
        <Button
          variant="default"
          size="compact-sm"
          aria-pressed={revealed}
          disabled={!hidden}
          aria-keyshortcuts="R"
          leftSection={revealed ? <EyeOffIcon /> : <EyeIcon />}
          rightSection={
            <Kbd size="xs" aria-hidden="true">
              R
            </Kbd>
          }
          onClick={() => onReveal(!revealed)}
        >
          {revealed ? t('mask.hide') : t('mask.reveal')}
        </Button>
      </header>
      {/* Scrolled with the keyboard too, so it takes the focus. */}
      <div className={css['body']} ref={scroller} tabIndex={0} role="region" aria-label={t('post.region')}>
        <DecidedByOther post={post} />
        {post.parent && (
          <blockquote className={css['parent']}>
            <span className="dim">{t('context.parent')}</span>
            <p dir="auto">{post.parent.text}</p>
          </blockquote>
        )}
        {post.erased ? (
          <Tombstone erased={post.erased} />
        ) : (
          <MarkedText
            className={css['text'] ?? ''}
            text={post.text}
            language={verdict?.language.code}
            findings={verdict?.findings ?? []}
            mask={mask}
          />
        )}
        {verdict && verdict.findings.length > 0 && <Legend />}
        {verdict && <CoverageNotice assessment={verdict} />}
        <div className={css['columns']}>
          <div className={css['column']}>
            {verdict && !post.erased && <Reasoning assessment={verdict} mask={mask} />}
          </div>
          <div className={css['column']}>
            <Section title={t('context.title')}>
              <ContextList post={post} />
            </Section>
            {verdict && verdict.flagged && (
              <Section title={t('rabat.title')}>
                <RabatTable assessment={verdict} known={post} />
              </Section>
            )}
            {verdict && verdict.priority.parts.length > 0 && (
              <Section title={t('priority.title')}>
                <PriorityParts assessment={verdict} known={post} />
              </Section>
            )}
            {post.review && post.review.history.length > 0 && (
              <Section title={t('history.title')}>
                <History records={post.review.history} />
              </Section>
            )}
          </div>
        </div>
      </div>
      {/* There is nothing left to decide on. */}
      {!post.erased && bar}
    </article>
  );
}
