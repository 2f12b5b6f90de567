import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssessmentWire } from '../../../contract/assessment.js';
import { useClassify } from '../../data/classify.js';
import { alpha2 } from '../../ui/country-codes.js';
import { useNaming } from '../../ui/names.js';
import { Panel } from '../../ui/page.js';
import { sentence } from '../../ui/toast.js';
import { TryResult } from './try-result.js';

const longest = 100_000;

/** A text, what is known of it, and the assessment. */
export function TryForm() {
  const { t, i18n } = useTranslation();
  const naming = useNaming();
  const classify = useClassify();
  const [text, setText] = useState('');
  const [parent, setParent] = useState('');
  const [country, setCountry] = useState<string | null>(null);
  const [language, setLanguage] = useState('');
  const [result, setResult] = useState<{ text: string; assessment: AssessmentWire }>();
  const countries = useMemo(
    () =>
      [...alpha2.keys()]
        .map((value) => ({ value, label: naming.country(value) }))
        .sort((a, b) => a.label.localeCompare(b.label, i18n.language)),
    [i18n.language, naming],
  );
  const badLanguage = language !== '' && !/^[a-z]{3}$/u.test(language);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || badLanguage) return;
    const context = {
      ...(parent.trim() !== '' && { parent }),
      ...(country && { country }),
      ...(language !== '' && { language }),
    };
    classify.mutate({ text, context }, { onSuccess: (assessment) => setResult({ text, assessment }) });
  };
  return (
    <>
      <Panel>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Textarea
              label={t('try.text')}
              required
              autosize
              minRows={4}
              maxRows={12}
              maxLength={longest}
              dir="auto"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <Group align="flex-start" grow>
              <TextInput
                label={t('try.language')}
                description={t('try.languageHint')}
                placeholder="swa"
                dir="ltr"
                value={language}
                onChange={(event) => setLanguage(event.currentTarget.value.trim().toLowerCase())}
                error={badLanguage && t('try.languageBad')}
              />
              <Select
                label={t('try.country')}
                description={t('try.countryHint')}
                data={countries}
                value={country}
                onChange={setCountry}
                searchable
                clearable
                limit={60}
                clearButtonProps={{ 'aria-label': t('action.clear') }}
              />
              <TextInput
                label={t('try.parent')}
                description={t('try.parentHint')}
                dir="auto"
                value={parent}
                onChange={(event) => setParent(event.currentTarget.value)}
              />
            </Group>
            {classify.error && <div role="alert">{sentence(t, classify.error)}</div>}
            <Group>
              <Button type="submit" size="sm" loading={classify.isPending}>
                {t('try.submit')}
              </Button>
              <span className="dim">{t('try.stored')}</span>
            </Group>
          </Stack>
        </form>
      </Panel>
      {result && <TryResult text={result.text} assessment={result.assessment} />}
    </>
  );
}
