import { Button, Code, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../data/problem.js';
import { useSignIn } from '../../data/session.js';
import { LanguageMenu, SchemeSwitch } from '../../ui/appearance.js';
import { BellIcon } from '../../ui/icons.js';
import { sentence } from '../../ui/toast.js';
import css from './sign-in.module.css';

interface Props {
  /** The visitor came by a one-time link that was used before or is too old. */
  linkFailed: boolean;
  onSignedIn: () => void;
}

/** E-mail and password, and how to get in without one. */
export function SignInForm({ linkFailed, onSignedIn }: Props) {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email: email.trim(), password }, { onSuccess: onSignedIn });
  };
  const wrong = signIn.error instanceof ApiProblem && (signIn.error.status === 401 || signIn.error.status === 400);
  const problem = signIn.error ? (wrong ? t('signIn.wrong') : sentence(t, signIn.error)) : undefined;
  return (
    <div className={css['screen']}>
      <div className={css['corner']}>
        <SchemeSwitch />
        <LanguageMenu />
      </div>
      <main className={css['card']}>
        <h1>
          <BellIcon /> {t('app.name')}
        </h1>
        <p className="dim">{t('app.what')}</p>
        {linkFailed && (
          <p className={css['failed']} role="alert">
            {t('signIn.linkFailed')}
          </p>
        )}
        <form onSubmit={submit} className={css['form']}>
          <TextInput
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            dir="ltr"
          />
          <PasswordInput
            label={t('signIn.password')}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          />
          <div role="alert" className={css['problem']}>
            {problem}
          </div>
          <Button type="submit" size="sm" loading={signIn.isPending} fullWidth>
            {t('signIn.submit')}
          </Button>
        </form>
        <section className={css['help']}>
          <h2>{t('signIn.noPassword')}</h2>
          <p>{t('signIn.askAdmin')}</p>
          <p>
            {t('signIn.adminRuns')} <Code dir="ltr">npx tocsin user link you@example.org</Code>
          </p>
        </section>
      </main>
    </div>
  );
}
