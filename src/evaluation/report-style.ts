import { Html } from './html.js';

/** The report's own style sheet: nothing is fetched. Colours keep a contrast of 4.5 : 1 in both schemes. */
export const style = new Html(`
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #14171c); --card: light-dark(#ffffff, #1d2128); --line: light-dark(#d5d9e0, #39404b);
  --ink: light-dark(#1b1f26, #e9ecf1); --soft: light-dark(#525b68, #a9b2c0);
  --right: light-dark(#1f6f5c, #4fc3a1); --wrong: light-dark(#a8321f, #ff9880); --bar: light-dark(#2a6fb0, #6cb2f5);
  --track: light-dark(#e6e9ee, #2c323b);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; } footer { padding-bottom: 3rem; color: var(--soft); }
h1, h2, p, li, summary { overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; } h2 { font-size: 1.2rem; margin: 2.25rem 0 .5rem; }
p { margin: .4rem 0; max-width: 46rem; } .soft { color: var(--soft); }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); gap: .75rem; margin: 1rem 0; padding: 0; list-style: none; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem; }
.card b { display: block; font-size: 1.7rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.card span { display: block; } .card .soft { font-size: .85rem; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.scroll:focus-visible, summary:focus-visible { outline: 3px solid var(--bar); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: start; padding: .6rem .9rem 0; color: var(--soft); }
th, td { padding: .35rem .7rem; text-align: end; border-top: 1px solid var(--line); white-space: nowrap; }
thead th, thead td { border-top: 0; color: var(--soft); font-weight: 600; white-space: normal; vertical-align: bottom; }
th:first-child, .text { text-align: start; } td.text { white-space: normal; } tbody th { font-weight: 500; white-space: normal; overflow-wrap: break-word; min-width: 8rem; }
.bar { display: block; width: 8rem; height: .9rem; } .bar rect.track { fill: var(--track); } .bar rect.value { fill: var(--bar); }
.bar line { stroke: var(--ink); stroke-width: 1.5; }
.matrix { width: auto; } .matrix td.right { color: var(--right); font-weight: 700; } .matrix td.wrong { color: var(--wrong); font-weight: 700; }
figure { margin: .75rem 0; } .chart { width: 100%; max-width: 34rem; height: auto; display: block; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.chart text { fill: var(--soft); font-size: 12px; } .chart .axis { stroke: var(--line); } .chart .ideal { stroke: var(--ink); stroke-dasharray: 4 4; }
.chart .bin { fill: var(--bar); } .chart .point { fill: var(--wrong); stroke: var(--card); stroke-width: 1.5; }
details { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: .6rem 0; }
summary { cursor: pointer; padding: .6rem .9rem; font-weight: 600; }
ol.texts { list-style: none; margin: 0; padding: 0; } ol.texts > li { border-top: 1px solid var(--line); padding: .6rem .9rem; }
ol.texts p { max-width: none; overflow-wrap: anywhere; } ol.texts .text { unicode-bidi: isolate; white-space: pre-wrap; } ol.texts .soft { font-size: .85rem; }
.gained { color: var(--right); font-weight: 600; } .lost { color: var(--wrong); font-weight: 600; }
@media print {
  :root { color-scheme: light; } body { background: #fff; font-size: 10.5pt; }
  .scroll { overflow: visible; border: 0; } th, td { padding: .2rem .4rem; white-space: normal; } .bar { width: 4rem; } table { font-size: 8.5pt; } .card, details, .chart, tr, li { break-inside: avoid; } h2 { break-after: avoid; }
  .bar, .chart { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`);
