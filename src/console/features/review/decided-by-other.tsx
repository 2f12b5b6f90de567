import { useTranslation } from 'react-i18next';
import type { Post } from '../../../contract/post.js';
import { useUser } from '../../data/session.js';
import { decisionWords } from './words.js';
import css from './review.module.css';

/** Says who decided a post and how, so that nobody decides it a second time without noticing. */
export function DecidedByOther({ post }: { post: Post }) {
  const { t } = useTranslation();
  const user = useUser();
  const last = post.review?.history.at(-1);
  if (!last || last.decision === 'reopen' || post.status === 'open') return null;
  const mine = last.by === user.id;
  return (
    <p className={css['decided']} role="status">
      {mine
        ? t('conflict.mine', { decision: decisionWords(t, last) })
        : t('conflict.other', { name: last.byName, decision: decisionWords(t, last) })}
    </p>
  );
}
