import { Button, Kbd, Textarea } from '@mantine/core';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../contract/post.js';
import { useUser } from '../../data/session.js';
import type { Decision } from '../../data/decisions.js';
import css from './review.module.css';

interface Props {
  post: Post;
  note: string;
  noteOpen: boolean;
  noteField: RefObject<HTMLTextAreaElement | null>;
  canUndo: boolean;
  onNote: (note: string) => void;
  onNoteOpen: (open: boolean) => void;
  onDecide: (decision: Decision) => void;
  onUndo: () => void;
}

const levels = ['bottom', 'intermediate', 'top'] as const;

/** The decisions, each with its key. Always in the same place, so that the hand learns it. */
export function DecisionBar({ post, note, noteOpen, noteField, canUndo, onNote, onNoteOpen, onDecide, onUndo }: Props) {
  const { t } = useTranslation();
  const { role } = useUser();
  const open = post.status === 'open' || post.status === 'escalated';
  if (post.status === 'received' || post.status === 'unflagged') return <p className={css['bar']}>{t('decide.unflagged')}</p>;
  if (role === 'analyst') return <p className={css['bar']}>{t('decide.analyst')}</p>;
  return (
    <div className={css['bar']} role="group" aria-label={t('decide.title')}>
      {noteOpen && (
        <Textarea
          ref={noteField}
          className={css['note'] ?? ''}
          label={t('decide.noteLabel')}
          description={t('decide.noteHint')}
          size="xs"
          autosize
          minRows={1}
          maxRows={4}
          maxLength={2_000}
          value={note}
          onChange={(event) => onNote(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      )}
      {open ? (
        <>
          <span className={css['hate']}>
            <span className={css['barLabel']} id="confirm-label">
              {t('decide.confirm')}
            </span>
            {levels.map((level, at) => (
              <Button
                key={level}
                variant="default"
                className={css['level'] ?? ''}
                data-level={level}
                aria-describedby="confirm-label"
                aria-keyshortcuts={String(at + 1)}
                rightSection={<Kbd size="xs" aria-hidden="true">{at + 1}</Kbd>}
                onClick={() => onDecide({ decision: 'confirm', level })}
              >
                {t(`level.short.${level}`)}
              </Button>
            ))}
          </span>
          <Button variant="default" className={css['not'] ?? ''} aria-keyshortcuts="N" rightSection={<Kbd size="xs" aria-hidden="true">N</Kbd>} onClick={() => onDecide({ decision: 'not_hate' })}>
            {t('decide.notHate')}
          </Button>
          {post.status === 'open' && (
            <Button variant="default" aria-keyshortcuts="E" rightSection={<Kbd size="xs" aria-hidden="true">E</Kbd>} onClick={() => onDecide({ decision: 'escalate' })}>
              {t('decide.escalate')}
            </Button>
          )}
        </>
      ) : (
        <Button variant="default" aria-keyshortcuts="U" rightSection={<Kbd size="xs" aria-hidden="true">U</Kbd>} onClick={() => onDecide({ decision: 'reopen' })}>
          {t('decide.reopen')}
        </Button>
      )}
      <span className={css['spring']} />
      {!noteOpen && (
        <Button variant="subtle" aria-keyshortcuts="M" rightSection={<Kbd size="xs" aria-hidden="true">M</Kbd>} onClick={() => onNoteOpen(true)}>
          {t('decide.note')}
        </Button>
      )}
      {open && (
        <Button variant="subtle" aria-keyshortcuts="U" disabled={!canUndo} rightSection={<Kbd size="xs" aria-hidden="true">U</Kbd>} onClick={onUndo}>
          {t('decide.undo')}
        </Button>
      )}
    </div>
  );
}
