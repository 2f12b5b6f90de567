import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../contract/post.js';
import { useNaming } from '../../ui/names.js';
import { Moment, useNumber } from '../../ui/time.js';
import css from './review.module.css';

/** A town and its country, each in its own direction. */
function Place({ name, country }: { name: string | undefined; country: string | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      {name && <bdi>{name}</bdi>}
      {name && country && t('list.place')}
      {country && <bdi>{country}</bdi>}
    </>
  );
}

/** What is known around a post: language, where and when it was said, by whom, to how many. */
export function ContextList({ post }: { post: Post }) {
  const { t } = useTranslation();
  const naming = useNaming();
  const number = useNumber();
  const { assessment, source, place, speaker, reach } = post;
  const language = assessment?.language;
  const reached =
    reach &&
    (['views', 'followers', 'shares'] as const).flatMap((kind) =>
      reach[kind] === undefined ? [] : [t(`reach.${kind}`, { count: reach[kind], number: number(reach[kind]) })],
    );
  const rows: [string, ReactNode][] = [
    [
      t('context.language'),
      language &&
        `${naming.language(language.code)}${t('list.and')}${naming.script(language.script)} (${t('percent', { value: Math.round(language.confidence * 100) })})`,
    ],
    [
      t('context.source'),
      source && (
        <>
          <bdi>{source.name}</bdi> ({t(`sourceKind.${source.kind}`)})
        </>
      ),
    ],
    [t('context.place'), place && <Place name={place.name} country={place.country && naming.country(place.country)} />],
    [t('context.speaker'), speaker && t(`speaker.${speaker}`)],
    [t('context.reach'), reached && reached.length > 0 ? reached.join(t('list.and')) : undefined],
    [t('context.received'), <Moment key="received" at={post.receivedAt} />],
  ];
  if (post.publishedAt) rows.push([t('context.published'), <Moment key="published" at={post.publishedAt} />]);
  if (post.author) rows.push([t('context.author'), <bdi key="author">{post.author}</bdi>]);
  if (post.url)
    rows.push([
      t('context.link'),
      <Anchor key="link" href={post.url} target="_blank" rel="noreferrer noopener" size="sm">
        {new URL(post.url).hostname}
      </Anchor>,
    ]);
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
