import { useTranslation } from 'react-i18next';
import { languageTag } from '../language-tag.js';
import { useNaming } from '../names.js';
import { LevelBadge, Severity } from './badges.js';
import { dots, isMasked, roleOf } from './roles.js';
import type { EvidenceWire, FindingWire, Mask } from './roles.js';
import css from './panels.module.css';

/** One finding with all that led to it: rule, stance, people meant, and each word with its meaning and sources. */
export function FindingCard({ finding, language, mask }: { finding: FindingWire; language: string; mask: Mask }) {
  const { t, i18n } = useTranslation();
  const naming = useNaming();
  const known = i18n.exists(`rule.${finding.rule}`);
  const rule = known ? t(`rule.${finding.rule}` as 'rule.slur') : finding.reason;
  const list = (ids: readonly string[], name: (id: string) => string) => ids.map(name).join(t('list.and'));
  return (
    <article className={css['finding']} data-cleared={finding.cleared || undefined} data-testid="finding">
      <header>
        <h4 title={naming.definition(finding.category)}>{naming.category(finding.category)}</h4>
        {!finding.cleared && <LevelBadge level={finding.level} />}
        {!finding.cleared && <Severity value={finding.severity} />}
      </header>
      <p {...(!known && { lang: 'en', dir: 'ltr' as const })}>{rule}</p>
      <dl className={css['facts']}>
        <Fact
          name={t('finding.stance')}
          value={`${t(`stance.${finding.stance}`)}${finding.cleared ? ` – ${t(`cleared.${finding.stance}`)}` : ''}`}
        />
        {finding.groups.length > 0 && <Fact name={t('finding.groups')} value={list(finding.groups, naming.group)} />}
        {finding.grounds.length > 0 && (
          <Fact name={t('finding.grounds')} value={list(finding.grounds, naming.ground)} />
        )}
        {finding.functions.length > 0 && (
          <Fact name={t('finding.functions')} value={list(finding.functions, naming.func)} />
        )}
        {finding.via !== 'term' && finding.via !== 'none' && (
          <Fact name={t('finding.via')} value={t(`via.${finding.via}`)} />
        )}
        <Fact name={t('finding.confidence')} value={t('percent', { value: Math.round(finding.confidence * 100) })} />
        {finding.obfuscated && <Fact name={t('finding.obfuscated')} value={t('finding.obfuscatedWhy')} />}
      </dl>
      <ul className={css['evidence']}>
        {finding.evidence.map((evidence) => (
          <EvidenceItem
            key={`${evidence.start}-${evidence.entry}`}
            evidence={evidence}
            language={language}
            mask={mask}
          />
        ))}
      </ul>
    </article>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function EvidenceItem({ evidence, language, mask }: { evidence: EvidenceWire; language: string; mask: Mask }) {
  const { t } = useTranslation();
  const masked = isMasked(evidence, mask);
  const kind = t(`class.${evidence.class}`);
  const role = roleOf(evidence);
  const hide = (word: string) => (masked ? dots(word) : word);
  return (
    <li data-role={role}>
      <span
        className={css['word']}
        lang={languageTag(language)}
        dir="auto"
        {...(masked && { role: 'img', 'aria-label': t('mask.word', { kind }) })}
      >
        {hide(evidence.text)}
      </span>{' '}
      <span className="dim">
        {t(`role.${role}`)}
        {t('list.and')}
        {kind}
        {evidence.term && evidence.term !== evidence.text && !masked
          ? ` · ${t('evidence.term', { term: evidence.term })}`
          : ''}
        {evidence.obfuscated ? ` · ${t('evidence.obfuscated')}` : ''}
      </span>
      {evidence.meaning && (
        <div>
          <span className="dim">{t('evidence.meaning')}</span> <bdi lang="en">{evidence.meaning}</bdi>
        </div>
      )}
      {evidence.why && (
        <div>
          <span className="dim">{t('evidence.why')}</span> <bdi lang="en">{evidence.why}</bdi>
        </div>
      )}
      {evidence.benignSenses && evidence.benignSenses.length > 0 && (
        <div>
          <span className="dim">{t('evidence.benign')}</span> <bdi lang="en">{evidence.benignSenses.join('; ')}</bdi>
        </div>
      )}
      {evidence.advice && (
        <div>
          <span className="dim">{t('evidence.advice')}</span> <bdi lang="en">{evidence.advice}</bdi>
        </div>
      )}
      {evidence.sources && evidence.sources.length > 0 && (
        <div>
          <span className="dim">{t('evidence.sources')}</span>{' '}
          <bdi lang="en">{evidence.sources.map((source) => `${source.id}: ${source.claim}`).join('; ')}</bdi>
        </div>
      )}
      {evidence.unverified && <div>{t('evidence.unverified')}</div>}
    </li>
  );
}
