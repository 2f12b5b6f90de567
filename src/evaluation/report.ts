import { html } from './html.js';
import type { Html } from './html.js';
import type { Outcome } from './outcome.js';
import { percent } from './printable.js';
import { calibrationChart } from './report-charts.js';
import { style } from './report-style.js';
import { calibrationTable, confusionTable, differenceTable, languageTable, partTable } from './report-tables.js';
import { changeLists, errorLists } from './report-texts.js';
import { rangeOf, titles } from './report-words.js';
import { figureMeanings } from './score.js';
import type { FigureName } from './score.js';
import type { Summary } from './summary.js';

const cards: FigureName[] = ['macroF1', 'recall', 'notHateful', 'accuracy', 'precision', 'f1', 'target', 'language'];

/**
 * The whole report as one HTML file: no script, nothing fetched, so it can be mailed and kept. Texts and names come from
 * files of others and are escaped; the content policy would stop what still slipped through.
 */
export function renderReport(summary: Summary, outcomes: readonly Outcome[]): string {
  const { scores, files, comparison } = summary;
  const title = `Evaluation of ${files.map((file) => file.name).join(', ')}`;
  const judged = scores.labelled > 0;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p class="soft">
            ${scores.rows} rows, ${scores.labelled} labelled for hate. Engine <code>${summary.revision}</code>.
            Intervals hold 95 % and come from ${summary.resamples} resamples of ${scores.clusters} clusters, seed
            ${summary.seed}.
          </p>
          <p>The closed lists hold the texts under test, many of them hateful. Open them knowing that.</p>
          ${scores.uncovered > 0 && html`<p>Labelled texts in a language that no pack reads: <strong>${scores.uncovered}</strong>. They count as not flagged, which does not mean clean.</p>`}
        </header>
        <main>
          ${section(
            'Summary',
            html`<ul class="cards">
              ${cards.filter((name) => scores.figures[name].value !== null).map((name) => card(name, summary))}
            </ul>`,
          )}
          ${summary.tables.map((table) => section(`By ${table.by}`, partTable(table)))}
          ${judged && section('Confusion matrix', confusionTable(scores.confusion))}
          ${summary.calibration.rows > 0 && section('Calibration', calibrationOf(summary))}
          ${summary.languages.length > 0 && section('Languages', languageTable(summary.languages))}
          ${
            comparison &&
            section(
              'Against the earlier result',
              html`<p>
                  Earlier engine <code>${comparison.revision.before}</code>. ${comparison.common} rows are in both;
                  ${comparison.changes.length} verdicts changed: ${comparison.gained} gained, ${comparison.lost}
                  lost.${comparison.added + comparison.removed + comparison.altered > 0 && ` Not compared: ${comparison.added} new rows, ${comparison.removed} gone, ${comparison.altered} with another text or label.`}
                </p>
                ${differenceTable(comparison)}${changeLists(comparison.changes)}`,
            )
          }
          ${judged && section('Errors', errorLists(outcomes))}
          ${summary.bad.length > 0 && section('Rows left out', badRows(summary))}
        </main>
        <footer>
          <p>
            Shares are per cent. A found group counts as the target when it, a group above it, or the English name of
            either is what the set names. An interval without width only says that all texts of a kind were right, or
            all wrong: with few texts that is no certainty.
          </p>
        </footer>
      </body>
    </html> `.markup;
}

const section = (title: string, content: Html): Html =>
  html`<section>
    <h2>${title}</h2>
    ${content}
  </section>`;

function card(name: FigureName, { scores }: Summary): Html {
  const figure = scores.figures[name];
  return html`<li class="card">
    <span>${titles[name]}</span><b>${percent(figure.value)}</b
    ><span class="soft">${figure.interval && html`${rangeOf(figure)}, `}${figureMeanings[name]}</span>
  </li>`;
}

function calibrationOf({ calibration }: Summary): Html {
  return html`<p>
      Of texts flagged with a confidence of 80 %, 80 of 100 should be hateful: bars below the dashed line are too sure,
      above it too modest. Expected calibration error: <strong>${percent(calibration.expectedError)}</strong> points
      over ${calibration.rows} flagged texts.
    </p>
    <figure>${calibrationChart(calibration)}</figure>
    ${calibrationTable(calibration)}`;
}

function badRows({ bad }: Summary): Html {
  return html`<details>
    <summary>Lines that are no rows (${bad.length})</summary>
    <ol class="texts">
      ${bad.slice(0, 1000).map(({ file, line, reason }) => html`<li>${file} line ${line}: ${reason}</li>`)}
    </ol>
  </details>`;
}
