import { useTranslation } from 'react-i18next';
import type { AssessmentWire } from '../../../contract/assessment.js';
import { WarnIcon } from '../icons.js';
import { useNaming } from '../names.js';
import css from './panels.module.css';

/** Which packs read the text. Says it loudly when none did: silence of the machine is not a clean text. */
export function CoverageNotice({ assessment }: { assessment: AssessmentWire }) {
  const { t } = useTranslation();
  const naming = useNaming();
  const { coverage, language } = assessment;
  if (!coverage.covered) {
    const name = language.code === 'und' ? t('coverage.unknownLanguage') : naming.language(language.code);
    return (
      <div className={css['notice']} data-loud="" role="note">
        <WarnIcon />
        <span>{t('coverage.none', { language: name })}</span>
      </div>
    );
  }
  const drafts = coverage.packs.filter((pack) => pack.status === 'draft').map((pack) => naming.language(pack.lang));
  if (drafts.length === 0) return null;
  return (
    <div className={css['notice']} role="note">
      <WarnIcon />
      <span>{t('coverage.draft', { language: drafts.join(t('list.and')), count: drafts.length })}</span>
    </div>
  );
}
