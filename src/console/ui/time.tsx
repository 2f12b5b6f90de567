import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

const tick = 20_000;

/** Milliseconds since the epoch, renewed every twenty seconds. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tick);
    return () => clearInterval(timer);
  }, []);
  return now;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

/** "4 min. ago", with the whole date and time as its title. */
export function Ago({ at, now }: { at: string; now: number }) {
  const { i18n } = useTranslation();
  const { relative, whole } = useMemo(
    () => ({
      relative: new Intl.RelativeTimeFormat(i18n.language, { numeric: 'auto', style: 'short' }),
      whole: new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }),
    }),
    [i18n.language],
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
  const { i18n } = useTranslation();
  const format = useMemo(() => new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }), [i18n.language]);
  return <time dateTime={at}>{format.format(new Date(at))}</time>;
}

/** Numbers as the console's language writes them. */
export function useNumber(): (value: number) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const format = new Intl.NumberFormat(i18n.language);
    return (value: number) => format.format(value);
  }, [i18n.language]);
}
