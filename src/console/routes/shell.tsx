import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LiveContext, useOpenLive } from '../data/live-context.js';
import { sessionQuery } from '../data/session.js';
import { DemoBanner } from '../features/demo/demo-banner.js';
import { ShortcutsProvider } from '../ui/shortcuts-sheet.js';
import { TopBar } from '../features/top-bar/top-bar.js';
import css from './shell.module.css';

/** Every page behind the sign-in: the bar above, the notice about invented posts, the live stream underneath. */
export function Shell() {
  const { data } = useSuspenseQuery(sessionQuery);
  const router = useRouter();
  useEffect(() => {
    // The session ended, here or elsewhere: the routes decide where to go, and where to come back to.
    if (!data) void router.invalidate();
  }, [data, router]);
  return data ? <SignedIn /> : null;
}

function SignedIn() {
  const { t } = useTranslation();
  const live = useOpenLive();
  return (
    <LiveContext value={live}>
      <ShortcutsProvider>
        <div className={css['shell']}>
          <a className="skip" href="#main">
            {t('app.skip')}
          </a>
          <TopBar />
          <DemoBanner />
          <main id="main" className={css['main']} tabIndex={-1}>
            <Outlet />
          </main>
        </div>
      </ShortcutsProvider>
    </LiveContext>
  );
}
