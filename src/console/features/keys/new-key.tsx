import { Button, Code, CopyButton, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KeyScope } from '../../../contract/account.js';
import css from './keys.module.css';

interface Props {
  name: string;
  scopes: KeyScope[];
  secret: string;
  onDone: () => void;
}

/** The secret of a new key, once, with a first call to try it. */
export function NewKey({ name, scopes, secret, onDone }: Props) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" role="status">
      <p>
        <b>{t('keys.made', { name })}</b> {t('keys.once')}
      </p>
      <Copyable label={t('keys.secret')} text={secret} />
      <Copyable label={t('keys.example')} text={example(scopes, secret)} />
      <Group>
        <Button variant="default" onClick={onDone}>
          {t('keys.stored')}
        </Button>
      </Group>
    </Stack>
  );
}

function Copyable({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation();
  return (
    <div className={css['copyable']}>
      <div className={css['copyHead']}>
        <span>{label}</span>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-xs" onClick={copy} aria-live="polite">
              {copied ? t('action.copied') : t('action.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      <Code block dir="ltr" tabIndex={0} role="region" aria-label={label}>
        {text}
      </Code>
    </div>
  );
}

/** A call that this key may make, ready for a terminal. */
function example(scopes: readonly KeyScope[], secret: string): string {
  const auth = `-H 'Authorization: Bearer ${secret}'`;
  const origin = window.location.origin;
  const send = (path: string, body: object) =>
    `curl ${origin}${path} ${auth} \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(body)}'`;
  if (scopes.includes('ingest'))
    return send('/v1/posts', {
      text: 'Text of a post',
      source: { name: 'Radio Example', kind: 'radio' },
      place: { country: 'KEN' },
      language: 'swa',
    });
  if (scopes.includes('classify')) return send('/v1/classify', { text: 'Text to assess' });
  return `curl '${origin}/v1/posts?status=open&order=priority' ${auth}`;
}
