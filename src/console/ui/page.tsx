import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import css from './page.module.css';

/** Names the page in the browser's tab. */
export function useTitle(title: string): void {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} – ${t('app.name')}`;
  }, [title, t]);
}

/** A page of text and forms: a heading, a sentence about what it is for, and its parts. */
export function Page({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  useTitle(title);
  return (
    <div className={css['page']}>
      <div className={css['inner']}>
        <h1>{title}</h1>
        {lead && <p className={css['lead']}>{lead}</p>}
        {children}
      </div>
    </div>
  );
}

/** A part of a page, framed. */
export function Panel({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className={css['panel']}>
      {title && <h2>{title}</h2>}
      {children}
    </section>
  );
}
