import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLiveState } from '../../data/live-context.js';
import { useSignOut, useUser } from '../../data/session.js';
import { LanguageMenu, SchemeSwitch } from '../../ui/appearance.js';
import { BellIcon, KeyboardIcon, UserIcon } from '../../ui/icons.js';
import { useShortcutsSheet } from '../../ui/shortcuts-sheet.js';
import css from './top-bar.module.css';

const pages = [
  { to: '/', label: 'nav.queue' },
  { to: '/uploads', label: 'nav.uploads' },
  { to: '/try', label: 'nav.try' },
  { to: '/packs', label: 'nav.packs' },
] as const;

/** Where one can go, whether the queue is live, and how the console looks and speaks. */
export function TopBar() {
  const { t } = useTranslation();
  const user = useUser();
  const openSheet = useShortcutsSheet();
  return (
    <header className={css['bar']}>
      <Link to="/" className={css['name']}>
        <BellIcon />
        {t('app.name')}
      </Link>
      <nav aria-label={t('nav.label')} className={css['nav']}>
        {pages.map(({ to, label }) => (
          <PageLink key={to} to={to} label={t(label)} />
        ))}
        {user.role === 'admin' && <PageLink to="/keys" label={t('nav.keys')} />}
        {user.role === 'admin' && <PageLink to="/audit" label={t('nav.audit')} />}
      </nav>
      <span className={css['spring']} />
      <LiveMark />
      <Tooltip label={t('shortcuts.title')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('shortcuts.title')}
          aria-keyshortcuts="?"
          onClick={openSheet}
        >
          <KeyboardIcon />
        </ActionIcon>
      </Tooltip>
      <SchemeSwitch />
      <LanguageMenu />
      <UserMenu />
    </header>
  );
}

function PageLink({ to, label }: { to: '/' | '/uploads' | '/try' | '/packs' | '/keys' | '/audit'; label: string }) {
  return (
    <Link
      to={to}
      className={css['link']}
      activeOptions={{ exact: true, includeSearch: false }}
      activeProps={{ 'aria-current': 'page' }}
    >
      {label}
    </Link>
  );
}

function LiveMark() {
  const { t } = useTranslation();
  const state = useLiveState();
  return (
    <span className={css['live']} data-state={state} role="status" title={t(`live.${state}Why`)}>
      <i aria-hidden="true" />
      {t(`live.${state}`)}
    </span>
  );
}

function UserMenu() {
  const { t } = useTranslation();
  const user = useUser();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={css['button']}>
          <UserIcon />
          <bdi>{user.name}</bdi>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t(`account.role.${user.role}`)}</Menu.Label>
        <Menu.Item component={Link} to="/account">
          {t('nav.account')}
        </Menu.Item>
        <Menu.Item onClick={() => signOut.mutate()}>{t('account.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
