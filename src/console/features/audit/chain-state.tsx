import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { auditStateQuery } from '../../data/audit.js';
import { Moment, useNumber } from '../../ui/time.js';
import { sentence } from '../../ui/toast.js';
import css from './audit.module.css';

/** Whether nothing in the chain was changed, left out or put in, with the hash by which its end can be held against the log. */
export function ChainState() {
  const { t } = useTranslation();
  const number = useNumber();
  const { data, error, isFetching, refetch } = useQuery(auditStateQuery);
  const holds = data && !data.broken;
  return (
    <div className={css['state']} data-holds={holds} role="status">
      {error ? (
        <p>{sentence(t, error)}</p>
      ) : data ? (
        <>
          <p className={css['verdict']}>
            {data.broken
              ? t('audit.broken', { n: number(data.broken.n) })
              : t('audit.holds', { count: data.entries, number: number(data.entries) })}
          </p>
          {data.broken && (
            <p>
              <bdi lang="en">{data.broken.reason}</bdi>
            </p>
          )}
          <p className="dim">
            {t('audit.checked')} <Moment at={data.checkedAt} />
            {data.setBack.length > 0 && ` · ${t('audit.setBack', { count: data.setBack.length })}`}
          </p>
          <p className="dim">
            {t('audit.head')} <code dir="ltr">{data.head.hash}</code>
          </p>
        </>
      ) : (
        <p className="dim">{t('audit.checking')}</p>
      )}
      <Button variant="default" size="compact-sm" loading={isFetching} onClick={() => void refetch()}>
        {t('audit.check')}
      </Button>
    </div>
  );
}
