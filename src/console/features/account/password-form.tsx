import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../data/problem.js';
import { useSetPassword } from '../../data/session.js';
import { sentence, useToast } from '../../ui/toast.js';

/** The service takes no shorter one. */
const least = 12;

/** Sets a new password. */
export function PasswordForm() {
  const { t } = useTranslation();
  const toast = useToast();
  const setPassword = useSetPassword();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const short = next !== '' && next.length < least;
  const differs = again !== '' && again !== next;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (short || differs) return;
    setPassword.mutate(
      { ...(current !== '' && { current }), next },
      {
        onSuccess: () => {
          for (const clear of [setCurrent, setNext, setAgain]) clear('');
          toast(t('account.passwordSet'));
        },
      },
    );
  };
  const wrong =
    setPassword.error instanceof ApiProblem && setPassword.error.fields.some(({ field }) => field === 'current');
  const toggle = { 'aria-label': t('signIn.showPassword') };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={380}>
        <PasswordInput
          label={t('account.current')}
          description={t('account.currentHint')}
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={wrong && t('account.wrongCurrent')}
          visibilityToggleButtonProps={toggle}
        />
        <PasswordInput
          label={t('account.new')}
          description={t('account.newHint', { least })}
          autoComplete="new-password"
          required
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          error={short && t('account.tooShort', { least })}
          visibilityToggleButtonProps={toggle}
        />
        <PasswordInput
          label={t('account.again')}
          autoComplete="new-password"
          required
          value={again}
          onChange={(event) => setAgain(event.currentTarget.value)}
          error={differs && t('account.differs')}
          visibilityToggleButtonProps={toggle}
        />
        {setPassword.error && !wrong && <div role="alert">{sentence(t, setPassword.error)}</div>}
        <Group>
          <Button type="submit" size="sm" loading={setPassword.isPending}>
            {t('account.set')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
