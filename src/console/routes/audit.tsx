import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useUser } from '../data/session.js';
import type { AuditFilter } from '../data/audit.js';
import { AuditFilters } from '../features/audit/audit-filters.js';
import { AuditList } from '../features/audit/audit-list.js';
import { ChainState } from '../features/audit/chain-state.js';
import { Page, Panel } from '../ui/page.js';

/** Who did what and when, and whether nothing of it was altered. Admins only. */
export function AuditRoute() {
  const { t } = useTranslation();
  const { role } = useUser();
  const filter = useSearch({ from: '/shell/audit' });
  const navigate = useNavigate();
  const choose = (search: AuditFilter) => void navigate({ to: '/audit', search, replace: true });
  if (role !== 'admin')
    return (
      <Page title={t('audit.title')} lead={t('error.forbidden')}>
        {null}
      </Page>
    );
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      <Panel title={t('audit.stateTitle')}>
        <ChainState />
      </Panel>
      <Panel title={t('audit.list')}>
        <AuditFilters filter={filter} onChange={choose} />
        <AuditList filter={filter} onActor={(actor) => choose({ ...filter, actor })} />
      </Panel>
    </Page>
  );
}
