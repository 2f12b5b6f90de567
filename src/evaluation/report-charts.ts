import type { Calibration } from './calibration.js';
import { html } from './html.js';
import type { Html } from './html.js';
import { percent } from './printable.js';
import type { Figure } from './score.js';

/** A bar with its interval as a whisker. Beside it the number stands as text, so the picture is hidden from readers of screens. */
export function bar({ value, interval }: Figure): Html {
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="track" width="100" height="10" />
    ${value !== null && html`<rect class="value" width="${percent(value)}" height="10" />`}${
      interval &&
      html`<line
        x1="${percent(interval.low)}"
        x2="${percent(interval.high)}"
        y1="5"
        y2="5"
        vector-effect="non-scaling-stroke"
      />`
    }
  </svg>`;
}

const size = { width: 480, height: 300, left: 52, right: 30, top: 16, bottom: 44 };
const plot = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };
const x = (share: number) => (size.left + share * plot.width).toFixed(1);
const y = (share: number) => (size.top + (1 - share) * plot.height).toFixed(1);
const ticks = [0, 0.25, 0.5, 0.75, 1];

/** The reliability diagram: where confidence can be believed, the bars reach the dashed line. */
export function calibrationChart(calibration: Calibration): Html {
  const filled = calibration.bins.filter((bin) => bin.rows > 0);
  const said = filled
    .map(
      (bin) =>
        `${percent(bin.from)} to ${percent(bin.to)} % sure: ${percent(bin.hateful)} % hateful (${bin.rows} texts)`,
    )
    .join('; ');
  return html`<svg
    class="chart"
    viewBox="0 0 ${size.width} ${size.height}"
    role="img"
    aria-labelledby="calibration-title calibration-said"
  >
    <title id="calibration-title">Share of hateful texts by confidence</title>
    <desc id="calibration-said">${said}</desc>
    ${ticks.map(
      (tick) =>
        html`<line class="axis" x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}" />
          <text x="${size.left - 8}" y="${y(tick)}" dy=".35em" text-anchor="end">${tick * 100} %</text>
          <text x="${x(tick)}" y="${size.height - size.bottom + 18}" text-anchor="middle">${tick * 100} %</text>`,
    )}
    ${filled.map(
      (bin) =>
        html`<rect
          class="bin"
          x="${x(bin.from + 0.008)}"
          width="${(0.084 * plot.width).toFixed(1)}"
          y="${y(bin.hateful!)}"
          height="${(bin.hateful! * plot.height).toFixed(1)}"
        />`,
    )}
    <line class="ideal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" />
    ${filled.map((bin) => html`<circle class="point" cx="${x(bin.confidence!)}" cy="${y(bin.hateful!)}" r="4.5" />`)}
    <text x="${x(0.5)}" y="${size.height - 6}" text-anchor="middle">confidence of the engine</text>
    <text transform="rotate(-90)" x="${-(size.top + plot.height / 2)}" y="13" text-anchor="middle">
      hateful by label
    </text>
  </svg>`;
}
