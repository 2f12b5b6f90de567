import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { auditActions } from '../../../contract/audit.js';
import type { AuditFilter } from '../../data/audit.js';
import css from './audit.module.css';

const everything = 'everything';

/** One kind of act, one actor; the actor is chosen in the list. */
export function AuditFilters({ filter, onChange }: { filter: AuditFilter; onChange: (filter: AuditFilter) => void }) {
  const { t, i18n } = useTranslation();
  const { action, actor } = filter;
  const options = auditActions
    .map((value) => ({ value, label: t(`audit.action.${value}`) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, i18n.language));
  return (
    <div className={css['filters']}>
      <Select
        label={t('audit.what')}
        size="xs"
        w={280}
        searchable
        allowDeselect={false}
        data={[{ value: everything, label: t('audit.everything') }, ...options]}
        value={action ?? everything}
        onChange={(value) => onChange({ ...filter, action: auditActions.find((one) => one === value) })}
      />
      {actor !== undefined && (
        <Button variant="default" size="xs" onClick={() => onChange({ ...filter, actor: undefined })}>
          {t('audit.allActors')}
        </Button>
      )}
    </div>
  );
}
