import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CountryCoverage } from '../features/packs/country-coverage.js';
import { PackTable } from '../features/packs/pack-table.js';
import { Page, Panel } from '../ui/page.js';

/** What the packs hold, language by language and group by group: how far one may rely on "nothing found". */
export function PacksRoute() {
  const { t } = useTranslation();
  const { country } = useSearch({ from: '/shell/packs' });
  const navigate = useNavigate();
  const choose = (chosen: string | undefined) => void navigate({ to: '/packs', search: { country: chosen } });
  return (
    <Page title={t('packs.title')} lead={t('packs.lead')}>
      <Panel title={t('packs.byCountry')}>
        <CountryCoverage country={country} onChoose={choose} />
      </Panel>
      <Panel title={t('packs.byLanguage')}>
        <PackTable />
      </Panel>
    </Page>
  );
}
