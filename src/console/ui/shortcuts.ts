import { readLocalStorageValue, useLocalStorage } from '@mantine/hooks';
import { useEffect, useRef } from 'react';

/** Single keys can be turned off: they get in the way of speech input and of some screen readers. */
const switchKey = { key: 'tocsin-shortcuts', defaultValue: true, getInitialValueInEffect: false } as const;

/** Whether single-key shortcuts are on, and what turns them on or off. */
export function useShortcutsSwitch(): [boolean, (on: boolean) => void] {
  const [on, set] = useLocalStorage<boolean>(switchKey);
  return [on, set];
}

/** Key names as in `KeyboardEvent.key`, letters in lower case. */
export type Shortcuts = Record<string, ((event: KeyboardEvent) => void) | undefined>;

/**
 * Listens for single keys on the whole page, but not while somebody writes, holds a modifier or has a dialog or menu open.
 * Letters and digits are found by their place on the keyboard when the layout writes another script (Arabic) or puts digits
 * behind Shift (French).
 */
export function useShortcuts(down: Shortcuts, up: Shortcuts = {}): void {
  const handlers = useRef({ down, up });
  useEffect(() => {
    handlers.current = { down, up };
  });
  useEffect(() => {
    const on = (kind: 'down' | 'up') => (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (!readLocalStorageValue<boolean>(switchKey) && event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      if (busy(event.target)) return;
      const handler = handlers.current[kind][keyOf(event)];
      if (!handler || (event.repeat && !event.key.startsWith('Arrow') && !'jk'.includes(keyOf(event)))) return;
      handler(event);
    };
    const [onDown, onUp] = [on('down'), on('up')];
    document.addEventListener('keydown', onDown);
    document.addEventListener('keyup', onUp);
    return () => {
      document.removeEventListener('keydown', onDown);
      document.removeEventListener('keyup', onUp);
    };
  }, []);
}

function busy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const writes =
    target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select');
  return (
    writes ||
    target.closest('[role=dialog], [role=menu], [role=listbox]') !== null ||
    document.querySelector('[role=dialog][aria-modal=true]') !== null
  );
}

/** The key that was meant, whatever the layout. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>): string {
  if (event.key === '؟') return '?';
  if (event.key === '?' || event.key === '.') return event.key;
  if (event.code === 'Period' && /[^\u0020-\u007e]/u.test(event.key)) return '.';
  if (!event.shiftKey && /^Digit[0-9]$/u.test(event.code) && !/^[0-9]$/u.test(event.key)) return event.code.slice(5);
  if (/^Key[A-Z]$/u.test(event.code) && !/^[a-z]$/iu.test(event.key)) return event.code.slice(3).toLowerCase();
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}
