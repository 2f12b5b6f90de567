import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { keyScopes } from '../../../contract/account.js';
import type { KeyScope } from '../../../contract/account.js';
import { useCreateKey } from '../../data/keys.js';
import { sentence } from '../../ui/toast.js';
import { NewKey } from './new-key.js';

/** Creates a key and shows its secret once. */
export function KeyForm() {
  const { t } = useTranslation();
  const create = useCreateKey();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<KeyScope[]>(['ingest']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (scopes.length > 0) create.mutate({ name: name.trim(), scopes }, { onSuccess: () => setName('') });
  };
  if (create.data)
    return (
      <NewKey
        name={create.data.key.name}
        scopes={create.data.key.scopes}
        secret={create.data.secret}
        onDone={create.reset}
      />
    );
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={520}>
        <TextInput
          label={t('keys.name')}
          description={t('keys.nameHint')}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group
          label={t('keys.scopes')}
          value={scopes}
          onChange={(values) => setScopes(keyScopes.filter((scope) => values.includes(scope)))}
          error={scopes.length === 0 && t('keys.noScope')}
        >
          <Stack gap={6} mt={4}>
            {keyScopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={t(`keys.scope.${scope}`)} size="xs" />
            ))}
          </Stack>
        </Checkbox.Group>
        {create.error && <div role="alert">{sentence(t, create.error)}</div>}
        <Group>
          <Button type="submit" size="sm" loading={create.isPending}>
            {t('keys.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
