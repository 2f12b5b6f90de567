import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { packsQuery } from '../../data/packs.js';
import { useNaming } from '../../ui/names.js';
import { sentence } from '../../ui/toast.js';
import css from './packs.module.css';

const counts = ['groups', 'terms', 'unverified', 'predicates', 'cues', 'sources'] as const;

/** Every pack with its status and what is in it. */
export function PackTable() {
  const { t, i18n } = useTranslation();
  const naming = useNaming();
  const { data, error } = useQuery(packsQuery);
  if (error) return <p role="alert">{sentence(t, error)}</p>;
  const number = new Intl.NumberFormat(i18n.language);
  const rows = (data?.packs ?? [])
    .map((pack) => ({ ...pack, title: naming.language(pack.lang) }))
    .sort((a, b) => a.title.localeCompare(b.title, i18n.language));
  const drafts = rows.filter(({ status }) => status === 'draft').length;
  return (
    <>
      {data && (
        <p className="dim">
          {t('packs.drafts', { count: drafts, number: number.format(drafts), all: number.format(rows.length) })}
        </p>
      )}
      <Table.ScrollContainer minWidth={720} type="native" role="region" aria-label={t('packs.byLanguage')} tabIndex={0}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('packs.language')}</Table.Th>
              <Table.Th scope="col">{t('packs.status')}</Table.Th>
              {counts.map((name) => (
                <Table.Th key={name} scope="col" className={css['number']}>
                  {t(`packs.count.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((pack) => (
              <Table.Tr key={pack.lang}>
                <Table.Th scope="row">
                  <bdi>{pack.title}</bdi> <code dir="ltr">{pack.lang}</code>
                </Table.Th>
                <Table.Td>{t(`packs.statuses.${pack.status as 'draft'}`)}</Table.Td>
                {counts.map((name) => (
                  <Table.Td key={name} className={css['number']}>
                    {number.format(pack[name])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}
