import { useTranslation } from 'react-i18next';
import { TryForm } from '../features/try/try-form.js';
import { Page } from '../ui/page.js';

/** Assesses a text that somebody pastes. Nothing is stored. */
export function TryRoute() {
  const { t } = useTranslation();
  return (
    <Page title={t('try.title')} lead={t('try.lead')}>
      <TryForm />
    </Page>
  );
}
