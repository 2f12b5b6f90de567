import { useTranslation } from 'react-i18next';
import { useUser } from '../data/session.js';
import { KeyForm } from '../features/keys/key-form.js';
import { KeyList } from '../features/keys/key-list.js';
import { Page, Panel } from '../ui/page.js';

/** API keys of partners. Admins only. */
export function KeysRoute() {
  const { t } = useTranslation();
  const { role } = useUser();
  if (role !== 'admin')
    return (
      <Page title={t('keys.title')} lead={t('error.forbidden')}>
        {null}
      </Page>
    );
  return (
    <Page title={t('keys.title')} lead={t('keys.lead')}>
      <Panel title={t('keys.create')}>
        <KeyForm />
      </Panel>
      <Panel title={t('keys.list')}>
        <KeyList />
      </Panel>
    </Page>
  );
}
