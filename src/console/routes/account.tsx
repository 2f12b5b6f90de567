import { useTranslation } from 'react-i18next';
import { PasswordForm } from '../features/account/password-form.js';
import { WhoAmI } from '../features/account/who-am-i.js';
import { Page, Panel } from '../ui/page.js';

/** The moderator's own page. */
export function AccountRoute() {
  const { t } = useTranslation();
  return (
    <Page title={t('account.title')}>
      <Panel>
        <WhoAmI />
      </Panel>
      <Panel title={t('account.password')}>
        <PasswordForm />
      </Panel>
    </Page>
  );
}
