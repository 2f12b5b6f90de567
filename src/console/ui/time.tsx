import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

const tick = 20_000;

/** The console's language with the reader's own habits for dates and numbers, where the browser says so: `en-KE`, not only `en`. */
export function useLocale(): string {
  const { i18n } = useTranslation();
  const locale = navigator.languages.find((tag) => tag.startsWith(`${i18n.language}-`)) ?? i18n.language;
  // One kind of digits on one screen: grades, keys and line numbers are 0–9 in every language.
  return new Intl.Locale(locale, { numberingSystem: 'latn' }).toString();
}

/** Milliseconds since the epoch, renewed every twenty seconds. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tick);
    return () => clearInterval(timer);
  }, []);
  return now;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** "4 min. ago", with the whole date and time as its title. */
export function Ago({ at, now }: { at: string; now: number }) {
  const locale = useLocale();
  const { relative, whole } = useMemo(
    () => ({
      relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }),
      whole: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
    }),
    [locale],
  );
  const date = new Date(at);
  const seconds = Math.max(0, Math.round((now - date.getTime()) / 1_000));
  const [unit, size] = steps.find(([, least]) => seconds >= least) ?? ['second', 1];
  const count = unit === 'second' ? 0 : Math.floor(seconds / size);
  return (
    <time dateTime={at} title={whole.format(date)}>
      {relative.format(-count, unit)}
    </time>
  );
}

/** The whole date and time. */
export function Moment({ at }: { at: string }) {
  const locale = useLocale();
  const format = useMemo(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }), [locale]);
  return <time dateTime={at}>{format.format(new Date(at))}</time>;
}

/** Numbers as the console's language writes them. */
export function useNumber(): (value: number) => string {
  const locale = useLocale();
  return useMemo(() => {
    const format = new Intl.NumberFormat(locale);
    return (value: number) => format.format(value);
  }, [locale]);
}
