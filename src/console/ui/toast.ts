import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../data/problem.js';
import type { TFunction } from 'i18next';

interface ToastOptions {
  /** The same id replaces an earlier one. */
  id?: string;
  error?: boolean;
  seconds?: number;
}

/** Shows passing messages that need no answer. */
export function useToast(): (message: ReactNode, options?: ToastOptions) => void {
  const { t } = useTranslation();
  return useCallback(
    (message, { id, error = false, seconds = 8 } = {}) => {
      if (id) notifications.hide(id);
      notifications.show({
        ...(id && { id }),
        message,
        color: error ? 'red' : 'teal',
        autoClose: seconds * 1_000,
        withBorder: true,
        role: error ? 'alert' : 'status',
        closeButtonProps: { 'aria-label': t('action.close') },
      });
    },
    [t],
  );
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
  // Most messages of the service name the fields themselves.
  const unsaid = error.fields.filter(({ expected }) => !error.message.includes(expected));
  const fields = unsaid.map(({ field, expected }) => (field ? `${field}: ${expected}` : expected)).join('; ');
  return fields === '' ? error.message : `${error.message} (${fields})`;
}
