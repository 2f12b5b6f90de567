import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { uploadColumns } from '../../../contract/upload.js';
import type { UploadColumn } from '../../../contract/upload.js';
import type { Mapping, Sample } from './sample.js';
import css from './uploads.module.css';

interface Props {
  sample: Sample;
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}

/** The first rows of the file, and above each column what it is taken for. */
export function MappingTable({ sample, mapping, onChange }: Props) {
  const { t } = useTranslation();
  const takenFor = (column: string): UploadColumn | null => uploadColumns.find((ours) => mapping[ours] === column) ?? null;
  const options = uploadColumns.map((value) => ({ value, label: t(`upload.column.${value}`) }));
  const choose = (column: string, ours: UploadColumn | null) => {
    const rest = Object.fromEntries(Object.entries(mapping).filter(([key, name]) => name !== column && key !== ours)) as Mapping;
    onChange(ours ? { ...rest, [ours]: column } : rest);
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
                <Select
                  size="xs"
                  aria-label={t('upload.takeFor', { column })}
                  placeholder={t('upload.ignore')}
                  data={options}
                  value={takenFor(column)}
                  onChange={(value) => choose(column, value)}
                  clearable
                  clearButtonProps={{ 'aria-label': t('action.clear') }}
                  comboboxProps={{ width: 200, position: 'bottom-start' }}
                />
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
                <td key={column} data-ignored={takenFor(column) === null || undefined}>
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
