import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../contract/post.js';
import { useNaming } from '../../ui/names.js';
import { Moment, useNumber } from '../../ui/time.js';
import css from './review.module.css';

/** What is known around a post: language, where and when it was said, by whom, to how many. */
export function ContextList({ post }: { post: Post }) {
  const { t } = useTranslation();
  const naming = useNaming();
  const number = useNumber();
  const { assessment, source, place, speaker, reach } = post;
  const language = assessment?.language;
  const reached = reach && (['views', 'followers', 'shares'] as const).flatMap((kind) => (reach[kind] === undefined ? [] : [t(`reach.${kind}`, { count: reach[kind], number: number(reach[kind]) })]));
  const rows: [string, ReactNode][] = [
    [t('context.language'), language && `${naming.language(language.code)}, ${naming.script(language.script)} (${t('percent', { value: Math.round(language.confidence * 100) })})`],
    [t('context.source'), source && <><bdi>{source.name}</bdi> ({t(`sourceKind.${source.kind}`)})</>],
    [t('context.place'), place && [place.name, place.country && naming.country(place.country)].filter((part) => part !== undefined).join(t('list.place'))],
    [t('context.speaker'), speaker && t(`speaker.${speaker}`)],
    [t('context.reach'), reached && reached.length > 0 ? reached.join(t('list.and')) : undefined],
    [t('context.author'), post.author && <bdi>{post.author}</bdi>],
    [t('context.published'), post.publishedAt && <Moment at={post.publishedAt} />],
    [t('context.received'), <Moment key="received" at={post.receivedAt} />],
    [t('context.link'), post.url && <Anchor href={post.url} target="_blank" rel="noreferrer noopener" size="sm">{new URL(post.url).hostname}</Anchor>],
  ];
  return (
    <dl className={css['context']}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? <span className="dim">{t('context.unknown')}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
