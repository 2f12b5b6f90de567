import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../contract/post.js';
import { LevelBadge, Score, Severity, StatusBadge } from '../../ui/assessment/badges.js';
import { usePriorityWords } from '../../ui/assessment/grades.js';
import { MarkedText } from '../../ui/assessment/marked-text.js';
import type { Naming } from '../../ui/names.js';
import { Ago } from '../../ui/time.js';
import css from './queue.module.css';

interface Props {
  post: Post;
  selected: boolean;
  fresh: boolean;
  now: number;
  naming: Naming;
}

const firstWords = 170;

/** One post of the list: how urgent and why, where from, about whom, and its first words with every attacking word hidden. */
export const QueueRow = memo(function QueueRow({ post, selected, fresh, now, naming }: Props) {
  const { t } = useTranslation();
  const verdict = post.assessment;
  const decided = post.status !== 'open' && post.status !== 'received' && post.status !== 'unflagged';
  return (
    <li className={css['row']} data-id={post.id} data-selected={selected || undefined} data-fresh={fresh || undefined}>
      <Link
        to="/"
        search={(search: object) => ({ ...search, post: post.id })}
        replace
        aria-current={selected ? 'true' : undefined}
        className={css['link']}
      >
        <span className={css['top']}>
          {verdict && <Score value={verdict.priority.score} />}
          {decided ? <StatusBadge post={post} /> : verdict && <LevelBadge level={verdict.level} />}
          {verdict && verdict.severity > 0 && <Severity value={verdict.severity} />}
          <span className={css['when']}>
            <Ago at={post.receivedAt} now={now} />
          </span>
        </span>
        {post.erased ? (
          <span className="dim">{t('erased.title')}</span>
        ) : (
          <MarkedText
            className={css['words'] ?? ''}
            text={post.text}
            language={verdict?.language.code}
            findings={verdict?.findings ?? []}
            mask="attacks"
            first={firstWords}
          />
        )}
        {verdict && (
          <span className={css['about']}>
            <Targets post={post} naming={naming} />
            {!decided && <Reasons post={post} verdict={verdict} />}
          </span>
        )}
        <Origin post={post} naming={naming} />
      </Link>
    </li>
  );
});

function Targets({ post, naming }: { post: Post; naming: Naming }) {
  const { t } = useTranslation();
  const names = [
    ...(post.assessment?.groups ?? []).map(naming.group),
    ...(post.assessment?.functions ?? []).map(naming.func),
  ];
  if (names.length === 0) return null;
  return (
    <>
      <span className="visually-hidden">{t('queue.about')} </span>
      {names.map((name) => (
        <bdi key={name} className={css['target']}>
          {name}
        </bdi>
      ))}
    </>
  );
}

function Origin({ post, naming }: { post: Post; naming: Naming }) {
  const { t } = useTranslation();
  const { place, source, assessment } = post;
  const parts = [
    post.workspace === 'demo' ? t('demo.mark') : undefined,
    assessment && naming.language(assessment.language.code),
    assessment && naming.script(assessment.language.script),
    place?.name,
    place?.country && naming.country(place.country),
    source?.name,
  ].filter((part) => part !== undefined);
  return (
    <span className={css['origin']}>
      {parts.map((part, at) => (
        // The dots stand outside: names may be written in either direction.
        // eslint-disable-next-line react/no-array-index-key
        <span key={at}>
          <bdi>{part}</bdi>
        </span>
      ))}
    </span>
  );
}

/** The two parts that weigh most: enough to see why it stands where it stands. */
function Reasons({ post, verdict }: { post: Post; verdict: NonNullable<Post['assessment']> }) {
  const words = usePriorityWords(verdict, post);
  const weighty = verdict.priority.parts
    .filter((part) => part.part !== 'severity')
    .toSorted((a, b) => b.value * b.weight - a.value * a.weight);
  const shown = weighty.filter((part) => part.part !== 'confidence' && part.value >= 0.5).slice(0, 2);
  if (shown.length === 0) return null;
  return <span className={css['reasons']}>{shown.map(words).join(' · ')}</span>;
}
