import { Button } from '@mantine/core';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUploads } from '../../data/uploads.js';
import { Moment, useNumber } from '../../ui/time.js';
import { sentence } from '../../ui/toast.js';
import { RejectedRows } from './upload-result.js';
import css from './uploads.module.css';

/** Files sent so far, each with its counts and, on demand, its rejected rows. */
export function UploadList() {
  const { t } = useTranslation();
  const number = useNumber();
  const { data, error } = useUploads();
  const [shown, setShown] = useState<string>();
  if (error) return <p role="alert">{sentence(t, error)}</p>;
  if (data?.length === 0) return <p className="dim">{t('upload.noneYet')}</p>;
  return (
    <div className={css['scroll']} tabIndex={0} role="region" aria-label={t('upload.earlier')}>
      <table className={css['errors']}>
        <thead>
          <tr>
            <th scope="col">{t('upload.file')}</th>
            <th scope="col">{t('upload.when')}</th>
            <th scope="col">{t('upload.by')}</th>
            <th scope="col">{t('upload.accepted')}</th>
            <th scope="col">{t('upload.duplicates')}</th>
            <th scope="col">{t('upload.rejected')}</th>
          </tr>
        </thead>
        <tbody>
          {data?.map((upload) => (
            <Fragment key={upload.id}>
              <tr>
                <td>
                  <bdi>{upload.fileName}</bdi>{' '}
                  {upload.status !== 'done' && <b>{t(`upload.status.${upload.status}`)}</b>}
                </td>
                <td>
                  <Moment at={upload.startedAt} />
                </td>
                <td>
                  <bdi>{upload.byName}</bdi>
                </td>
                <td className="num">{number(upload.accepted)}</td>
                <td className="num">{number(upload.duplicates)}</td>
                <td className="num">
                  {number(upload.rejected)}{' '}
                  {upload.errors.length > 0 && (
                    <Button
                      variant="default"
                      size="compact-xs"
                      aria-expanded={shown === upload.id}
                      aria-label={t('upload.whyNamed', { name: upload.fileName })}
                      onClick={() => setShown(shown === upload.id ? undefined : upload.id)}
                    >
                      {t('upload.why')}
                    </Button>
                  )}
                </td>
              </tr>
              {shown === upload.id && (
                <tr>
                  <td colSpan={6}>
                    <RejectedRows upload={upload} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
