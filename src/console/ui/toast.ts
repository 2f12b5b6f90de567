import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { ApiProblem } from '../data/problem.js';
import type { TFunction } from 'i18next';

/** A passing message that needs no answer. The same id replaces an earlier one. */
export function toast(message: ReactNode, { id, error = false, seconds = 8 }: { id?: string; error?: boolean; seconds?: number } = {}): void {
  if (id) notifications.hide(id);
  notifications.show({ ...(id && { id }), message, color: error ? 'red' : 'teal', autoClose: seconds * 1_000, withBorder: true, role: error ? 'alert' : 'status' });
}

export const hideToast = (id: string): void => {
  notifications.hide(id);
};

/** One sentence for whoever is looking: what went wrong and, where the service said so, what was expected. */
export function sentence(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiProblem)) return t('error.unexpected');
  if (error.status === 0) return t('error.unreachable');
  if (error.status === 401) return t('error.signedOut');
  if (error.status === 403) return t('error.forbidden');
  if (error.status === 404) return t('error.notFound');
  if (error.status === 429) return t('error.tooMany');
  if (error.status >= 500) return t('error.service');
  const fields = error.fields.map(({ field, expected }) => (field ? `${field}: ${expected}` : expected)).join('; ');
  return fields === '' ? error.message : `${error.message} (${fields})`;
}
