import { useTranslation } from 'react-i18next';
import type { Upload } from '../../../contract/upload.js';
import { Panel } from '../../ui/page.js';
import { useNumber } from '../../ui/time.js';
import css from './uploads.module.css';

/** What became of a file: counts, and the rows that were not taken with what was expected of them. */
export function UploadResult({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('upload.result', { name: upload.fileName })}>
      <div role="status">
        {upload.status === 'failed' && <p role="alert">{t('upload.failed', { why: upload.problem ?? '' })}</p>}
        <Counts upload={upload} />
      </div>
      {upload.errors.length > 0 && <RejectedRows upload={upload} />}
    </Panel>
  );
}

export function Counts({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const number = useNumber();
  return (
    <dl className={css['counts']}>
      {(['accepted', 'duplicates', 'rejected'] as const).map((kind) => (
        <div key={kind} data-kind={kind}>
          <dt>{t(`upload.${kind}`)}</dt>
          <dd className="num">{number(upload[kind])}</dd>
        </div>
      ))}
    </dl>
  );
}

export function RejectedRows({ upload }: { upload: Upload }) {
  const { t } = useTranslation();
  const number = useNumber();
  return (
    <div
      className={css['scroll']}
      tabIndex={0}
      role="group"
      aria-label={t('upload.whyNamed', { name: upload.fileName })}
    >
      <table className={css['errors']}>
        <caption>
          {upload.errors.length < upload.rejected
            ? t('upload.firstErrors', { shown: number(upload.errors.length), all: number(upload.rejected) })
            : t('upload.rejectedRows')}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('upload.line')}</th>
            <th scope="col">{t('upload.field')}</th>
            <th scope="col">{t('upload.expected')}</th>
          </tr>
        </thead>
        <tbody>
          {upload.errors.flatMap(({ line, errors }) =>
            errors.map(({ field, expected }) => (
              <tr key={`${line}-${field}-${expected}`}>
                <td className="num">{number(line)}</td>
                <td>
                  <code dir="ltr">{field || '–'}</code>
                </td>
                <td>
                  <bdi lang="en">{expected}</bdi>
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
