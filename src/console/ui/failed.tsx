import { Button } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sentence } from './toast.js';
import css from './page.module.css';

/** A page that could not be shown: why, and the way on. */
export function Failed({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className={css['middle']} role="alert">
      <h1>{t('error.title')}</h1>
      <p>{sentence(t, error)}</p>
      <Button onClick={again}>{t('action.again')}</Button>
    </main>
  );
}

/** There is no page at this address. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <main className={css['middle']}>
      <h1>{t('error.noPage')}</h1>
      <Link to="/">{t('nav.queue')}</Link>
    </main>
  );
}
