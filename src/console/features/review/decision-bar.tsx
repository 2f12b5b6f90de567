import { Button, Kbd, Textarea } from '@mantine/core';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../contract/post.js';
import type { DecisionKind } from '../../../contract/review.js';
import { useUser } from '../../data/session.js';
import type { Decision } from '../../data/decisions.js';
import { isDecided, isOffered } from './allowed.js';
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
  if (post.status === 'received') return <p className={css['bar']}>{t('decide.received')}</p>;
  if (role === 'analyst') return <p className={css['bar']}>{t('decide.analyst')}</p>;
  const may = (decision: DecisionKind) => isOffered(post.status, decision);
  const decided = isDecided(post.status);
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
      {may('confirm') && (
        <span className={css['hate']}>
          <span className={css['barLabel']} id="confirm-label">
            {t('decide.confirm')}
          </span>
          {levels.map((level, at) => (
            <Choice
              key={level}
              letter={String(at + 1)}
              label={t(`level.short.${level}`)}
              tone={level}
              describedBy="confirm-label"
              onClick={() => onDecide({ decision: 'confirm', level })}
            />
          ))}
        </span>
      )}
      {may('not_hate') && (
        <Choice letter="N" label={t('decide.notHate')} tone="not" onClick={() => onDecide({ decision: 'not_hate' })} />
      )}
      {may('escalate') && (
        <Choice letter="E" label={t('decide.escalate')} onClick={() => onDecide({ decision: 'escalate' })} />
      )}
      {may('reopen') && (
        <Choice
          letter={decided ? 'U' : undefined}
          label={t('decide.reopen')}
          onClick={() => onDecide({ decision: 'reopen' })}
        />
      )}
      <span className={css['spring']} />
      {!noteOpen && <Choice letter="M" label={t('decide.note')} quiet onClick={() => onNoteOpen(true)} />}
      {!decided && <Choice letter="U" label={t('decide.undo')} quiet disabled={!canUndo} onClick={onUndo} />}
    </div>
  );
}

interface ChoiceProps {
  letter: string | undefined;
  label: string;
  tone?: string;
  quiet?: boolean;
  disabled?: boolean;
  describedBy?: string;
  onClick: () => void;
}

/** A button with the key that does the same. */
function Choice({ letter, label, tone, quiet = false, disabled = false, describedBy, onClick }: ChoiceProps) {
  return (
    <Button
      variant={quiet ? 'subtle' : 'default'}
      className={css['choice'] ?? ''}
      data-tone={tone}
      disabled={disabled}
      aria-describedby={describedBy}
      aria-keyshortcuts={letter}
      rightSection={letter && <Kbd aria-hidden="true">{letter}</Kbd>}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
