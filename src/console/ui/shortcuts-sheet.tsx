import { Kbd, Modal, Switch } from '@mantine/core';
import { createContext, use, useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts, useShortcutsSwitch } from './shortcuts.js';
import css from './shortcuts-sheet.module.css';

const SheetContext = createContext<() => void>(() => undefined);

/** Opens the sheet of shortcuts. */
export const useShortcutsSheet = (): (() => void) => use(SheetContext);

const groups = [
  {
    title: 'decide',
    rows: [
      ['1', 'bottom'],
      ['2', 'intermediate'],
      ['3', 'top'],
      ['N', 'notHate'],
      ['E', 'escalate'],
      ['U', 'undo'],
      ['M', 'note'],
    ],
  },
  {
    title: 'move',
    rows: [
      ['J ↓', 'next'],
      ['K ↑', 'previous'],
      ['.', 'arrivals'],
      ['R', 'reveal'],
      ['?', 'sheet'],
    ],
  },
] as const;

/** Keeps the sheet of shortcuts, opened by `?` or from the bar. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [on, setOn] = useShortcutsSwitch();
  const show = useCallback(() => setOpen(true), []);
  useShortcuts({ '?': show });
  return (
    <SheetContext value={show}>
      {children}
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t('shortcuts.title')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <div className={css['sheet']}>
          {groups.map(({ title, rows }) => (
            <section key={title}>
              <h3>{t(`shortcuts.${title}`)}</h3>
              <dl>
                {rows.map(([keys, name]) => (
                  <div key={name}>
                    <dt>
                      {keys.split(' ').map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </dt>
                    <dd>{t(`shortcuts.${name}`)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <Switch
          mt="md"
          checked={on}
          onChange={(event) => setOn(event.currentTarget.checked)}
          label={t('shortcuts.switch')}
          description={t('shortcuts.switchWhy')}
        />
      </Modal>
    </SheetContext>
  );
}
