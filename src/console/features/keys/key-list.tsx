import { Button, Group, Modal, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKeyView } from '../../../contract/account.js';
import { keysQuery, useRevokeKey } from '../../data/keys.js';
import { Moment } from '../../ui/time.js';
import { sentence, useToast } from '../../ui/toast.js';

/** Every key there is, with what it may do; revoking asks first. */
export function KeyList() {
  const { t } = useTranslation();
  const toast = useToast();
  const { data, error } = useQuery(keysQuery);
  const revoke = useRevokeKey();
  const [asking, setAsking] = useState<ApiKeyView>();
  if (error) return <p role="alert">{sentence(t, error)}</p>;
  if (data?.length === 0) return <p className="dim">{t('keys.none')}</p>;
  const confirm = (key: ApiKeyView) =>
    revoke.mutate(key.id, {
      onSuccess: () => {
        setAsking(undefined);
        toast(t('keys.revokedToast', { name: key.name }));
      },
      onError: (problem) => toast(sentence(t, problem), { error: true }),
    });
  return (
    <>
      <Table.ScrollContainer minWidth={560} type="native">
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('keys.name')}</Table.Th>
              <Table.Th>{t('keys.begins')}</Table.Th>
              <Table.Th>{t('keys.scopes')}</Table.Th>
              <Table.Th>{t('keys.created')}</Table.Th>
              <Table.Th>
                <span className="visually-hidden">{t('keys.revoke')}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data?.map((key) => (
              <Table.Tr key={key.id}>
                <Table.Td>
                  <bdi>{key.name}</bdi>
                </Table.Td>
                <Table.Td>
                  <code dir="ltr">{key.prefix}…</code>
                </Table.Td>
                <Table.Td>{key.scopes.map((scope) => t(`keys.short.${scope}`)).join(t('list.and'))}</Table.Td>
                <Table.Td>
                  <Moment at={key.createdAt} />
                </Table.Td>
                <Table.Td ta="end">
                  {key.revokedAt ? (
                    <span className="dim">{t('keys.revoked')}</span>
                  ) : (
                    <Button
                      variant="default"
                      size="compact-xs"
                      onClick={() => setAsking(key)}
                      aria-label={t('keys.revokeNamed', { name: key.name })}
                    >
                      {t('keys.revoke')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Modal
        opened={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={t('keys.revokeTitle')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {asking && (
          <>
            <p>{t('keys.revokeSure', { name: asking.name })}</p>
            <Group justify="flex-end" mt="md">
              <Button variant="default" data-autofocus onClick={() => setAsking(undefined)}>
                {t('action.cancel')}
              </Button>
              <Button color="red" loading={revoke.isPending} onClick={() => confirm(asking)}>
                {t('keys.revoke')}
              </Button>
            </Group>
          </>
        )}
      </Modal>
    </>
  );
}
