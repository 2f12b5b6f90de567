import type { EvidenceItem } from '../contract/evidence.js';
import { fileName } from './bag-name.js';

/** A page for a reader who has nothing of ours: what is in the package, and how to check it. */
export function readme(
  items: readonly EvidenceItem[],
  info: { at: string; by: string; reason: string; version: string },
): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Evidence package of ${escape(info.at)}</title>
<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.3rem .5rem;text-align:start;vertical-align:top;overflow-wrap:anywhere}code{font-size:90%}</style>
</head>
<body>
<h1>Evidence package</h1>
<p>${items.length} ${items.length === 1 ? 'item' : 'items'}, exported at ${escape(info.at)} by ${escape(info.by)} with Tocsin ${escape(info.version)}. Reason: ${escape(info.reason)}</p>
<h2>How to check it</h2>
<p>This is a BagIt 1.0 package (RFC 8493). In this folder, with tools that every system has:</p>
<pre>sha256sum -c manifest-sha256.txt
sha256sum -c tagmanifest-sha256.txt</pre>
<p>Every line must end in <code>OK</code>: then no byte was changed since the export. A file that was changed is named.</p>
<p>In each folder under <code>data/</code>: <code>original/</code> holds the bytes as they were captured; <code>record.json</code> says who captured them, when, how and from where; <code>custody.jsonl</code> has one line for everything that was done since. A custody line's <code>hash</code> is the SHA-256 of that line without it (JSON with sorted keys and no spaces); its <code>prevHash</code> is the hash of the line before, for the first line that of <code>record.json</code> without its line end. The <code>sha256</code> in the record is that of the original.</p>
${items.map(section).join('\n')}
</body>
</html>
`;
}

function section(item: EvidenceItem): string {
  const path = `data/${item.id}/original/${fileName(item)}`;
  const rows: [string, string | undefined][] = [
    ['Original', path],
    ['SHA-256', item.sha256],
    ['Bytes', String(item.bytes)],
    ['Media type', item.mime],
    [
      'Captured',
      `${item.capturedAt} by ${item.collector.actor.kind} ${item.collector.actor.id} on ${item.collector.machine}, ${item.collector.tool} ${item.collector.toolVersion}`,
    ],
    ['How', item.method],
    ['Address', item.url],
    ['Platform', [item.platform, item.platformId].filter(Boolean).join(' ') || undefined],
    ['Origin', item.offlineOrigin],
    ['Published (claimed)', item.publishedAtClaimed],
    ['Legal basis', item.legalBasis],
    ['Note', item.note],
    ['Post', item.post],
    ['Legal hold', item.held ? 'yes' : 'no'],
  ];
  const custody = item.custody.map(
    ({ n, at, actor, action, reason }) =>
      `<tr><td>${n}</td><td>${escape(at)}</td><td>${escape(`${actor.kind} ${actor.id}`)}</td><td>${action}</td><td>${escape(reason)}</td></tr>`,
  );
  return `<h2>${escape(item.id)}</h2>
<table>${rows.flatMap(([name, value]) => (value === undefined ? [] : [`<tr><th>${name}</th><td>${escape(value)}</td></tr>`])).join('')}</table>
<h3>Custody</h3>
<table><tr><th>n</th><th>when</th><th>who</th><th>what</th><th>why</th></tr>${custody.join('')}</table>`;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string) => text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? character);
