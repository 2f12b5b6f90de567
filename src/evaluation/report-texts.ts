import type { Change } from './compare.js';
import { html } from './html.js';
import type { Html } from './html.js';
import { isRight } from './outcome.js';
import type { Outcome } from './outcome.js';
import { langAttribute } from './report-words.js';

/** Texts a list shows: a browser should open the report of any set. */
const shown = 1000;

/** A closed list of texts. Nobody has to see them who came for the figures. */
function closed(title: string, items: readonly Html[]): Html {
  const more = items.length - shown;
  return html`<details>
    <summary>${title} (${items.length})</summary>
    <ol class="texts">
      ${items.slice(0, shown)}${
        more > 0 && html`<li>${more} more are left out here; the file of <code>--save</code> holds all.</li>`
      }
    </ol>
  </details>`;
}

function textItem(outcome: Outcome, note?: Html): Html {
  const { file, id, line, text, lang, label, target, functionality, found } = outcome;
  const said = [label && `label ${label}`, target && `target ${target}`, functionality].filter(Boolean).join(' · ');
  return html`<li>
    ${note && html`<p>${note}</p>`}
    <p class="text" dir="auto" ${langOf(lang)}>${text}</p>
    <p class="soft">${file} line ${line}, ${id}${said !== '' && ` · ${said}`}</p>
    ${found.findings.map(
      ({ rule, category, stance, cleared, words, groups }) =>
        html`<p class="soft">
          ${cleared ? `cleared (${stance})` : 'found'}: ${category}, rule ${rule},
          ${words.map((word, i) => html`${i > 0 && ' + '}<bdi>“${word}”</bdi>`)}${groups.length > 0 && `, about ${groups.join(', ')}`}
        </p>`,
    )}
  </li>`;
}

function langOf(lang: string | null): Html | undefined {
  const code = langAttribute(lang);
  return code === undefined ? undefined : html`lang="${code}"`;
}

/** Missed texts and false alarms, each with what was found in it, cleared findings too: they say why. */
export function errorLists(outcomes: readonly Outcome[]): Html {
  const wrong = outcomes.filter((outcome) => isRight(outcome) === false);
  const items = (expected: boolean) => wrong.filter((one) => one.expected === expected).map((one) => textItem(one));
  return html`${closed('Missed: hateful and not flagged', items(true))}${closed('False alarms: flagged and not hateful', items(false))}`;
}

const effects = {
  gained: html`<span class="gained">gained</span>`,
  lost: html`<span class="lost">lost</span>`,
  unlabelled: html`not labelled`,
};

const changeItem = ({ after, effect }: Change) =>
  textItem(after, html`${effects[effect]}: ${after.found.flagged ? 'flagged now' : 'no longer flagged'}`);

export function changeLists(changes: readonly Change[]): Html {
  const items = (effect: Change['effect']) => changes.filter((change) => change.effect === effect).map(changeItem);
  const unlabelled = items('unlabelled');
  return html`${closed('Lost: right before, wrong now', items('lost'))}${closed('Gained: wrong before, right now', items('gained'))}${
    unlabelled.length > 0 && closed('Changed, not labelled', unlabelled)
  }`;
}
