import { Button, Table } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../contract/audit.js';
import { auditQuery } from '../../data/audit.js';
import type { AuditFilter } from '../../data/audit.js';
import { Moment, useNumber } from '../../ui/time.js';
import { sentence } from '../../ui/toast.js';
import css from './audit.module.css';

interface Props {
  filter: AuditFilter;
  /** Shows only what this one did. */
  onActor: (id: string) => void;
}

/** The entries, newest first, as many as were asked for. */
export function AuditList({ filter, onActor }: Props) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(auditQuery(filter));
  const { data, error } = list;
  if (error) return <p role="alert">{sentence(t, error)}</p>;
  if (!data) return <p className="dim">{t('audit.loading')}</p>;
  const entries = data.pages.flatMap(({ items }) => items);
  const names: Record<string, string> = Object.assign({}, ...data.pages.map((page) => page.names));
  return (
    <>
      {entries.length === 0 ? (
        <p className="dim">{t(list.hasNextPage ? 'audit.noneYet' : 'audit.none')}</p>
      ) : (
        <Table.ScrollContainer minWidth={720} type="native">
          <Table verticalSpacing={5} className={css['table']}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('audit.number')}</Table.Th>
                <Table.Th>{t('audit.when')}</Table.Th>
                <Table.Th>{t('audit.who')}</Table.Th>
                <Table.Th>{t('audit.what')}</Table.Th>
                <Table.Th>{t('audit.target')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {entries.map((entry) => (
                <Entry key={entry.n} entry={entry} name={names[entry.actor.id]} onActor={onActor} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {list.hasNextPage && (
        <div>
          <Button
            variant="default"
            size="compact-sm"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('audit.older')}
          </Button>
        </div>
      )}
    </>
  );
}

function Entry({
  entry,
  name,
  onActor,
}: {
  entry: AuditEntry;
  name: string | undefined;
  onActor: (id: string) => void;
}) {
  const { t } = useTranslation();
  const number = useNumber();
  const { n, at, doneAt, action, actor, target, detail } = entry;
  const who = name ?? actor.id;
  return (
    <Table.Tr>
      <Table.Td>{number(n)}</Table.Td>
      <Table.Td className={css['when']}>
        <Moment at={doneAt ?? at} />
      </Table.Td>
      <Table.Td>
        <button
          type="button"
          className={css['actor']}
          aria-label={t('audit.onlyActor', { name: who })}
          onClick={() => onActor(actor.id)}
        >
          <bdi>{who}</bdi>
        </button>
        <span className="dim"> {t(`audit.kind.${actor.kind}`)}</span>
      </Table.Td>
      <Table.Td>{t(`audit.action.${action}`)}</Table.Td>
      <Table.Td className={css['target']}>
        {target !== undefined && <code dir="ltr">{target}</code>}
        {detail && (
          <span className="dim">
            <bdi dir="ltr">
              {Object.entries(detail)
                .map(([key, value]) => `${key}: ${String(value)}`)
                .join(' · ')}
            </bdi>
          </span>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
