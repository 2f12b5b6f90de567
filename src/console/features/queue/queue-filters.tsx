import { Button, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { taxonomyQuery } from '../../data/taxonomy.js';
import { alpha2 } from '../../ui/country-codes.js';
import { useNaming } from '../../ui/names.js';
import type { ListFilter, QueueSearch } from './search.js';

interface Props {
  search: QueueSearch;
  /** Languages of the posts on the screen: offered first. */
  seen: ReadonlySet<string>;
  onChange: (part: Partial<QueueSearch>) => void;
}

/** Languages offered before any post in them was seen; any other can be given by its ISO 639-3 code. */
const common =
  'amh ara ben deu eng fas fra guj hau heb hin ibo ind ita jpn kan kaz khm kin kir kor kur lin lug mal mar mya nep orm pan pol por pus ron run rus sag sin som spa srp swa tam tel tgk tha tir tur uig ukr urd uzb vie wol xho yor zho zul'.split(
    ' ',
  );

interface Option {
  value: string;
  label: string;
}

/** The filters of the queue. What is chosen is in the address, so that a view can be sent to a colleague. */
export function QueueFilters({ search, seen, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const naming = useNaming();
  const { data: taxonomy } = useQuery(taxonomyQuery);
  const [typed, setTyped] = useState('');
  const [words, setWords] = useState(search.q ?? '');
  const options = useMemo(() => {
    const sorted = (ids: Iterable<string>, name: (id: string) => string): Option[] =>
      [...new Set(ids)]
        .map((value) => ({ value, label: name(value) }))
        .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
    const code = typed.trim().toLowerCase();
    const asked = /^[a-z]{3}$/u.test(code) ? [code] : [];
    return {
      level: ['top-candidate', 'intermediate', 'bottom'].map((value) => ({
        value,
        label: t(`level.${value as 'bottom'}`),
      })),
      language: sorted([...seen, ...common, ...(search.language?.split(',') ?? []), ...asked], naming.language),
      country: sorted(alpha2.keys(), naming.country),
      group: sorted(
        (taxonomy?.groups ?? []).map((group) => group.id),
        naming.group,
      ),
      category: sorted(
        (taxonomy?.categories ?? []).map((category) => category.id),
        naming.category,
      ),
    } satisfies Record<ListFilter, Option[]>;
  }, [i18n.language, naming, search.language, seen, t, taxonomy, typed]);
  const select = (name: ListFilter) => (
    <MultiSelect
      key={name}
      size="xs"
      label={t(`filter.${name}`)}
      placeholder={search[name] ? '' : t('filter.any')}
      data={options[name]}
      value={search[name]?.split(',') ?? []}
      onChange={(values) => onChange({ [name]: values.length > 0 ? values.join(',') : undefined })}
      searchable
      limit={60}
      openOnFocus={false}
      nothingFoundMessage={t('filter.nothing')}
      comboboxProps={{ withinPortal: false }}
      {...(name === 'language' && { searchValue: typed, onSearchChange: setTyped })}
    />
  );
  const none = {
    level: undefined,
    language: undefined,
    country: undefined,
    group: undefined,
    category: undefined,
    workspace: undefined,
    q: undefined,
  };
  return (
    <Stack gap="xs">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onChange({ q: words.trim() || undefined });
        }}
      >
        <TextInput
          size="xs"
          type="search"
          label={t('filter.words')}
          maxLength={500}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          enterKeyHint="search"
        />
      </form>
      {(['language', 'country', 'group', 'category', 'level'] as const).map(select)}
      <Select
        size="xs"
        label={t('filter.workspace')}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        openOnFocus={false}
        data={(['all', 'main', 'demo'] as const).map((value) => ({ value, label: t(`filter.workspaces.${value}`) }))}
        value={search.workspace ?? 'all'}
        onChange={(value) => onChange({ workspace: value === 'all' ? undefined : (value as 'main' | 'demo') })}
      />
      <Button
        variant="default"
        onClick={() => {
          setWords('');
          onChange(none);
        }}
      >
        {t('filter.clear')}
      </Button>
    </Stack>
  );
}
