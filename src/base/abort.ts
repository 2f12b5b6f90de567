import { AppError } from './errors.js';

/** Resolves when the signal fires; at once when it already has. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Throws `shutting_down` once the signal has fired. */
export function throwIfStopping(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('shutting_down');
}
