import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FileIcon } from '../../ui/icons.js';
import css from './uploads.module.css';

/** A place to drop a file on, with a button for whoever does not drag. */
export function DropZone({ onFile, disabled }: { onFile: (file: File) => void; disabled: boolean }) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !disabled) onFile(file);
  };
  return (
    // Dragging is the mouse's way; the button inside is everybody's.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={css['drop']}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileIcon />
      <span>{t('upload.drop')}</span>
      <Button variant="default" disabled={disabled} onClick={() => input.current?.click()}>
        {t('upload.browse')}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,.jsonl,.ndjson"
        className="visually-hidden"
        aria-label={t('upload.browse')}
        tabIndex={-1}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) onFile(file);
          // The same file may be chosen again after it was mended.
          event.currentTarget.value = '';
        }}
      />
      <span className="dim">{t('upload.formats')}</span>
    </div>
  );
}
