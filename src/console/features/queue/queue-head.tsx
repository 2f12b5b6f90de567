import { Button, Pill, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { countsQuery } from '../../data/posts.js';
import { FilterIcon } from '../../ui/icons.js';
import { useNaming } from '../../ui/names.js';
import type { Naming } from '../../ui/names.js';
import { useNumber } from '../../ui/time.js';
import { QueueFilters } from './queue-filters.js';
import { listFilters, tabs } from './search.js';
import type { ListFilter, QueueSearch, Tab } from './search.js';
import css from './queue.module.css';

/** Tabs with how many posts wait behind each, and the filters with what is chosen. */
export function QueueHead({ search, seen }: { search: QueueSearch; seen: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const number = useNumber();
  const naming = useNaming();
  const navigate = useNavigate();
  const { data } = useQuery(countsQuery(search.workspace));
  const current = search.tab ?? 'open';
  const count: Record<Tab, number | undefined> = {
    open: data?.open,
    escalated: data?.escalated,
    decided: data && data.confirmed + data.not_hate,
  };
  const change = (part: Partial<QueueSearch>) =>
    navigate({ to: '/', replace: true, search: (before: QueueSearch) => ({ ...before, ...part, post: undefined }) });
  const chosen = listFilters.flatMap((name) => (search[name]?.split(',') ?? []).map((value) => ({ name, value })));
  const filters = chosen.length + (search.q ? 1 : 0);
  const without = (name: ListFilter, value: string) =>
    search[name]
      ?.split(',')
      .filter((other) => other !== value)
      .join(',') || undefined;
  return (
    <div className={css['head']}>
      <div className={css['tabs']}>
        <nav aria-label={t('queue.tabs')} className={css['tabs']}>
          {tabs.map((tab) => (
            <Link
              key={tab}
              to="/"
              search={(before: QueueSearch) => ({ ...before, post: undefined, tab: tab === 'open' ? undefined : tab })}
              className={css['tab']}
              aria-current={tab === current ? 'page' : undefined}
              activeOptions={{ includeSearch: true, exact: true }}
            >
              {t(`queue.tab.${tab}`)} {count[tab] !== undefined && <span className="num">{number(count[tab])}</span>}
            </Link>
          ))}
        </nav>
        <span className={css['spring']} />
        <Popover position="bottom-end" width={320} trapFocus returnFocus withRoles={false} shadow="md">
          <Popover.Target>
            <Button variant="default" size="compact-sm" aria-haspopup="dialog" title={t('filter.title')}>
              <FilterIcon />
              <span className="visually-hidden">{t('filter.title')}</span>
              {filters > 0 && <span className={css['count']}>{number(filters)}</span>}
            </Button>
          </Popover.Target>
          <Popover.Dropdown role="dialog" aria-label={t('filter.title')}>
            <QueueFilters search={search} seen={seen} onChange={(part) => void change(part)} />
          </Popover.Dropdown>
        </Popover>
      </div>
      {(chosen.length > 0 || search.workspace || search.q) && (
        <div className={css['chosen']}>
          {chosen.map(({ name, value }) => (
            <Chosen
              key={`${name}:${value}`}
              label={labelOf(naming, name, value, t)}
              onRemove={() => void change({ [name]: without(name, value) })}
            />
          ))}
          {search.q && <Chosen label={`“${search.q}”`} onRemove={() => void change({ q: undefined })} />}
          {search.workspace && (
            <Chosen
              label={t(`filter.workspaces.${search.workspace}`)}
              onRemove={() => void change({ workspace: undefined })}
            />
          )}
        </div>
      )}
    </div>
  );
}

function Chosen({ label, onRemove }: { label: string; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <Pill
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{ 'aria-label': t('filter.remove', { label }), 'aria-hidden': false, tabIndex: 0 }}
    >
      {label}
    </Pill>
  );
}

const labelOf = (naming: Naming, name: ListFilter, value: string, t: ReturnType<typeof useTranslation>['t']): string =>
  name === 'level' ? t(`level.${value}` as 'level.bottom') : naming[name](value);
