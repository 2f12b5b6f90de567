import { useTranslation } from 'react-i18next';
import type { Post } from '../../../contract/post.js';
import { Moment } from '../../ui/time.js';
import css from './review.module.css';

/** In the place of words that are gone: when they went, and why. */
export function Tombstone({ erased }: { erased: NonNullable<Post['erased']> }) {
  const { t } = useTranslation();
  return (
    <div className={css['tombstone']} data-testid="tombstone">
      <p>
        <strong>{t('erased.title')}</strong> · <Moment at={erased.at} /> · {t(`erased.cause.${erased.cause}`)}
      </p>
      <p>
        {t('erased.reason')} <bdi>{erased.reason}</bdi>
      </p>
      <p className="dim">{t('erased.kept')}</p>
    </div>
  );
}
