import { Button, Group, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { demoQuery, useRemoveDemo } from '../../data/demo.js';
import { useUser } from '../../data/session.js';
import { useNumber } from '../../ui/time.js';
import { sentence, useToast } from '../../ui/toast.js';
import css from './demo-banner.module.css';

/** Says that invented posts are among those shown, for as long as there are any. Admins remove them here, for good. */
export function DemoBanner() {
  const { t } = useTranslation();
  const toast = useToast();
  const number = useNumber();
  const user = useUser();
  const { data } = useQuery(demoQuery);
  const [asking, setAsking] = useState(false);
  const remove = useRemoveDemo();
  if (!data?.active) return null;
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        setAsking(false);
        toast(t('demo.removed'));
      },
      onError: (error) => toast(sentence(t, error), { error: true }),
    });
  return (
    <aside className={css['banner']} aria-label={t('demo.label')}>
      <b>{t('demo.label')}</b>
      <span>{t('demo.what', { count: data.posted, number: number(data.posted) })}</span>
      {user.role === 'admin' && (
        <Button variant="default" size="compact-xs" onClick={() => setAsking(true)}>
          {t('demo.remove')}
        </Button>
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('demo.sureTitle')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <p>{t('demo.sure')}</p>
        <Group justify="flex-end" mt="md">
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            {t('action.cancel')}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={confirm}>
            {t('demo.remove')}
          </Button>
        </Group>
      </Modal>
    </aside>
  );
}
