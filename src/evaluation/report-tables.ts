import type { Calibration } from './calibration.js';
import type { Comparison } from './compare.js';
import { html } from './html.js';
import type { Html } from './html.js';
import type { LanguageLine } from './languages.js';
import { percent } from './printable.js';
import { bar } from './report-charts.js';
import { languageName, rangeOf, titles } from './report-words.js';
import { tells } from './score.js';
import type { Confusion, FigureName } from './score.js';
import type { PartTable } from './summary.js';

/** Wide tables scroll in their own box, which the keyboard reaches. */
const scroll = (label: string, table: Html) =>
  html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;

const columnsOf: FigureName[] = ['recall', 'notHateful', 'precision', 'macroF1', 'target', 'language'];

/** Accuracy as a bar, since a capability often has texts of one label only; the other figures where they exist. */
export function partTable({ by, parts }: PartTable): Html {
  const used = columnsOf.filter((name) => parts.some((part) => tells(part.scores, name)));
  const judged = parts.some((part) => part.scores.figures.accuracy.value !== null);
  return scroll(
    `Figures by ${by}`,
    html`<table>
      <thead>
        <tr>
          <th scope="col">${by}</th>
          <th scope="col">Rows</th>
          ${
            judged &&
            html`<th scope="col">Accuracy</th>
              <th scope="col">95 % interval</th>
              <td></td>`
          }${used.map((name) => html`<th scope="col">${titles[name]}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${parts.map(
          ({ part, scores }) =>
            html`<tr>
              <th scope="row">${part === '-' ? '(not given)' : part}</th>
              <td>${scores.rows}</td>
              ${
                judged &&
                html`<td>${percent(scores.figures.accuracy.value)}</td>
                  <td>${rangeOf(scores.figures.accuracy)}</td>
                  <td>${bar(scores.figures.accuracy)}</td>`
              }${used.map((name) => html`<td>${tells(scores, name) ? percent(scores.figures[name].value) : '–'}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}

export function confusionTable({ truePositive, falseNegative, falsePositive, trueNegative }: Confusion): Html {
  return scroll(
    'Confusion matrix',
    html`<table class="matrix">
      <caption>
        Texts by label and verdict
      </caption>
      <thead>
        <tr>
          <th scope="col">Label</th>
          <th scope="col">flagged</th>
          <th scope="col">not flagged</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">hateful</th>
          <td class="right">${truePositive}</td>
          <td class="wrong">${falseNegative} missed</td>
        </tr>
        <tr>
          <th scope="row">not hateful</th>
          <td class="wrong">${falsePositive} false alarms</td>
          <td class="right">${trueNegative}</td>
        </tr>
      </tbody>
    </table>`,
  );
}

export function calibrationTable({ bins }: Calibration): Html {
  return scroll(
    'Reliability table',
    html`<table>
      <thead>
        <tr>
          <th scope="col">Confidence</th>
          <th scope="col">Texts</th>
          <th scope="col">Mean confidence</th>
          <th scope="col">Hateful</th>
        </tr>
      </thead>
      <tbody>
        ${bins
          .filter((bin) => bin.rows > 0)
          .map(
            (bin) =>
              html`<tr>
                <th scope="row">${bin.from * 100} – ${bin.to * 100} %</th>
                <td>${bin.rows}</td>
                <td>${percent(bin.confidence)}</td>
                <td>${percent(bin.hateful)}</td>
              </tr>`,
          )}
      </tbody>
    </table>`,
  );
}

/** At most this many wrong languages are named a line. */
const mistakes = 6;

export function languageTable(lines: readonly LanguageLine[]): Html {
  return scroll(
    'Language confusion',
    html`<table>
      <thead>
        <tr>
          <th scope="col">Language</th>
          <th scope="col">Texts</th>
          <th scope="col">Found</th>
          <td></td>
          <th scope="col" class="text">Taken for</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          ({ lang, rows, right, takenFor }) =>
            html`<tr>
              <th scope="row">${languageName(lang)}</th>
              <td>${rows}</td>
              <td>${percent(right / rows)}</td>
              <td>${bar({ value: right / rows, interval: null })}</td>
              <td class="text">
                ${takenFor
                  .slice(0, mistakes)
                  .map((other) => `${languageName(other.lang)} ${other.rows}`)
                  .join(', ')}${takenFor.length > mistakes && ` and ${takenFor.length - mistakes} more`}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}

export function differenceTable({ figures }: Comparison): Html {
  return scroll(
    'Figures before and after',
    html`<table>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
          <th scope="col">Difference</th>
          <th scope="col">95 % interval</th>
        </tr>
      </thead>
      <tbody>
        ${figures
          .filter((figure) => figure.before !== null && figure.after !== null)
          .map(
            ({ name, before, after, difference }) =>
              html`<tr>
                <th scope="row">${titles[name]}</th>
                <td>${percent(before)}</td>
                <td>${percent(after)}</td>
                <td>${percent(after! - before!)}</td>
                <td>${rangeOf({ value: null, interval: difference })}</td>
              </tr>`,
          )}
      </tbody>
    </table>`,
  );
}
