import { Button, Group, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSignOut, useUser } from '../../data/session.js';
import { useShortcutsSwitch } from '../../ui/shortcuts.js';
import { sentence, useToast } from '../../ui/toast.js';

/** Who is signed in, as what, and the way out. */
export function WhoAmI() {
  const { t } = useTranslation();
  const toast = useToast();
  const user = useUser();
  const signOut = useSignOut();
  const [on, setOn] = useShortcutsSwitch();
  return (
    <>
      <Group justify="space-between">
        <div>
          <b>
            <bdi>{user.name}</bdi>
          </b>
          <div className="dim">
            <bdi>{user.email}</bdi> – {t(`account.role.${user.role}`)}
          </div>
        </div>
        <Button
          variant="default"
          loading={signOut.isPending}
          onClick={() => signOut.mutate(undefined, { onError: (error) => toast(sentence(t, error), { error: true }) })}
        >
          {t('account.signOut')}
        </Button>
      </Group>
      <Switch
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
        label={t('shortcuts.switch')}
        description={t('shortcuts.switchWhy')}
      />
    </>
  );
}
