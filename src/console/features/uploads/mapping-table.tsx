import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { recognise } from '../../../contract/columns.js';
import type { Mapping } from '../../../contract/columns.js';
import { uploadColumns } from '../../../contract/upload.js';
import type { UploadColumn } from '../../../contract/upload.js';
import type { Sample } from './sample.js';
import css from './uploads.module.css';

interface Props {
  sample: Sample;
  /** What the person chose; the rest the service recognises by name. `''` leaves a recognised column out. */
  chosen: Mapping;
  onChange: (chosen: Mapping) => void;
}

/** The first rows of the file, and above each column what it is taken for. */
export function MappingTable({ sample, chosen, onChange }: Props) {
  const { t } = useTranslation();
  const mapping = recognise(sample.columns, chosen);
  const takenFor = (column: string): UploadColumn | null =>
    uploadColumns.find((ours) => mapping[ours] === column) ?? null;
  const options = [
    { value: '', label: t('upload.ignore') },
    ...uploadColumns.map((value) => ({ value, label: t(`upload.column.${value}`) })),
  ];
  const choose = (column: string, ours: UploadColumn | null) => {
    const before = takenFor(column);
    const rest = Object.fromEntries(
      Object.entries(chosen).filter(([key, name]) => name !== column && key !== ours),
    ) as Mapping;
    onChange(ours ? { ...rest, [ours]: column } : before ? { ...rest, [before]: '' } : rest);
  };
  return (
    <div className={css['scroll']} tabIndex={0} role="region" aria-label={t('upload.preview')}>
      <table className={css['preview']}>
        <caption>{t('upload.previewHint', { count: sample.rows.length })}</caption>
        <thead>
          <tr>
            {sample.columns.map((column) => (
              <th key={column} scope="col">
                <bdi>{column}</bdi>
                {sample.own.has(column) ? (
                  <span className="dim">{t('upload.own')}</span>
                ) : (
                  <Select
                    size="xs"
                    aria-label={t('upload.takeFor', { column })}
                    data={options}
                    value={takenFor(column) ?? ''}
                    onChange={(value) => choose(column, (value || null) as UploadColumn | null)}
                    allowDeselect={false}
                    comboboxProps={{ width: 200, position: 'bottom-start' }}
                  />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.rows.map((row, at) => (
            // Rows of a preview have no identity and never move.
            // eslint-disable-next-line react/no-array-index-key
            <tr key={at}>
              {sample.columns.map((column, cell) => (
                <td key={column} data-ignored={(takenFor(column) === null && !sample.own.has(column)) || undefined}>
                  <bdi>{row[cell]}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
