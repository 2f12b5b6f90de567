import { Group, Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sourceKinds } from '../../../contract/post.js';
import type { PostInput } from '../../../contract/post.js';
import { alpha2 } from '../../ui/country-codes.js';
import { useNaming } from '../../ui/names.js';

type Kind = (typeof sourceKinds)[number];

/** What holds for every row that does not say otherwise. */
export function Defaults({
  value,
  onChange,
}: {
  value: Partial<PostInput>;
  onChange: (value: Partial<PostInput>) => void;
}) {
  const { t, i18n } = useTranslation();
  const naming = useNaming();
  const [name, setName] = useState(value.source?.name ?? '');
  const [kind, setKind] = useState<Kind>(value.source?.kind ?? 'other');
  const [language, setLanguage] = useState(value.language ?? '');
  const countries = useMemo(
    () =>
      [...alpha2.keys()]
        .map((code) => ({ value: code, label: naming.country(code) }))
        .sort((a, b) => a.label.localeCompare(b.label, i18n.language)),
    [i18n.language, naming],
  );
  const source = (newName: string, newKind: Kind) => {
    setName(newName);
    setKind(newKind);
    const { source: _, ...rest } = value;
    onChange(newName.trim() === '' ? rest : { ...rest, source: { name: newName.trim(), kind: newKind } });
  };
  const country = (code: string | null) => {
    const { place: _, ...rest } = value;
    onChange(code === null ? rest : { ...rest, place: { country: code } });
  };
  const speak = (code: string) => {
    setLanguage(code);
    const { language: _, ...rest } = value;
    onChange(/^[a-z]{3}$/u.test(code) ? { ...rest, language: code } : rest);
  };
  const badLanguage = language !== '' && value.language === undefined;
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend style={{ fontWeight: 600, paddingBlockEnd: 6 }}>{t('upload.defaults')}</legend>
      <Group align="flex-start" grow>
        <TextInput
          size="xs"
          label={t('upload.column.sourceName')}
          maxLength={200}
          value={name}
          onChange={(event) => source(event.currentTarget.value, kind)}
          dir="auto"
        />
        <Select
          size="xs"
          label={t('upload.column.sourceKind')}
          data={sourceKinds.map((code) => ({ value: code, label: t(`sourceKind.${code}`) }))}
          value={kind}
          allowDeselect={false}
          onChange={(chosen) => source(name, chosen ?? 'other')}
        />
        <Select
          size="xs"
          label={t('upload.column.country')}
          placeholder={t('upload.none')}
          data={countries}
          value={value.place?.country ?? null}
          onChange={country}
          searchable
          clearable
          limit={60}
          clearButtonProps={{ 'aria-label': t('action.clear') }}
        />
        <TextInput
          size="xs"
          label={t('upload.column.language')}
          placeholder="swa"
          dir="ltr"
          value={language}
          onChange={(event) => speak(event.currentTarget.value.trim().toLowerCase())}
          error={badLanguage && t('try.languageBad')}
        />
      </Group>
    </fieldset>
  );
}
