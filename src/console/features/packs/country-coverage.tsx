import { Select, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CoverageView } from '../../../contract/packs.js';
import { coverageQuery, packsQuery } from '../../data/packs.js';
import { useNaming } from '../../ui/names.js';
import { sentence } from '../../ui/toast.js';
import css from './packs.module.css';

interface Props {
  country: string | undefined;
  onChoose: (country: string | undefined) => void;
}

/** Chooses a country, and shows for each of its groups what the packs that are read there hold. */
export function CountryCoverage({ country, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const naming = useNaming();
  const { data, error } = useQuery(packsQuery);
  const options = useMemo(
    () =>
      (data?.countries ?? [])
        .map((value) => ({ value, label: naming.country(value) }))
        .sort((a, b) => a.label.localeCompare(b.label, i18n.language)),
    [data, i18n.language, naming],
  );
  if (error) return <p role="alert">{sentence(t, error)}</p>;
  return (
    <>
      <Select
        className={css['country'] ?? ''}
        label={t('filter.country')}
        placeholder={t('packs.choose')}
        data={options}
        value={country ?? null}
        onChange={(value) => onChoose(value ?? undefined)}
        searchable
        clearable
        limit={300}
        openOnFocus={false}
        nothingFoundMessage={t('filter.nothing')}
        comboboxProps={{ withinPortal: false }}
        clearButtonProps={{ 'aria-label': t('action.clear') }}
      />
      {country !== undefined && <GroupTables country={country} />}
    </>
  );
}

function GroupTables({ country }: { country: string }) {
  const { t, i18n } = useTranslation();
  const naming = useNaming();
  const { data, error } = useQuery(coverageQuery(country));
  if (error) return <p role="alert">{sentence(t, error)}</p>;
  if (!data) return null;
  const number = new Intl.NumberFormat(i18n.language);
  const gaps = data.groups.filter(({ gap }) => gap);
  const open = gaps.filter(({ reason }) => reason?.status !== 'accepted').length;
  const grounds = [...new Set(data.groups.map(({ ground }) => ground))];
  return (
    <>
      <p role="status">
        {t('packs.summary', {
          groups: number.format(data.groups.length),
          gaps: number.format(gaps.length),
          open: number.format(open),
        })}
      </p>
      <Table.ScrollContainer
        minWidth={560}
        type="native"
        role="region"
        aria-label={naming.country(country)}
        tabIndex={0}
      >
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('filter.group')}</Table.Th>
              <Table.Th scope="col" className={css['number']}>
                {t('packs.count.groups')}
              </Table.Th>
              <Table.Th scope="col" className={css['number']}>
                {t('packs.count.terms')}
              </Table.Th>
              <Table.Th scope="col">{t('packs.why')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          {grounds.map((ground) => (
            <Table.Tbody key={ground}>
              <Table.Tr className={css['ground'] ?? ''}>
                <Table.Th scope="rowgroup" colSpan={4}>
                  {naming.ground(ground)}
                </Table.Th>
              </Table.Tr>
              {data.groups
                .filter((row) => row.ground === ground)
                .map((row) => (
                  <GroupRow key={row.group} row={row} number={number} />
                ))}
            </Table.Tbody>
          ))}
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

function GroupRow({ row, number }: { row: CoverageView['groups'][number]; number: Intl.NumberFormat }) {
  const { t } = useTranslation();
  const naming = useNaming();
  const { group, names, terms, gap, reason } = row;
  return (
    <Table.Tr>
      <Table.Th scope="row" className={css['group'] ?? ''}>
        <bdi>{naming.group(group)}</bdi>
        {group.startsWith('X.') && <span className="dim"> {t('packs.acrossBorders')}</span>}
      </Table.Th>
      <Table.Td className={css['number']}>{number.format(names)}</Table.Td>
      <Table.Td className={css['number']}>{number.format(terms)}</Table.Td>
      <Table.Td>
        {gap && (
          <>
            <strong>{t(`packs.gap.${reason?.status ?? 'unexplained'}`)}</strong>{' '}
            {reason && (
              <span className={css['reason']} lang="en" dir="ltr">
                {reason.text}
              </span>
            )}
          </>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
