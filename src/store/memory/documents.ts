import type { Documents, Idempotency, Settings, Snapshot, Snapshots } from '../port.js';

const day = 86_400_000;

// Documents are kept as JSON text: copied in and out for free, and in just the shape a database would give back.

export function memoryDocuments<T extends { id: string }>(): Documents<T> {
  const docs = new Map<string, string>();
  return {
    async get(id) {
      const json = docs.get(id);
      return json === undefined ? undefined : (JSON.parse(json) as T);
    },
    async put(doc) {
      docs.set(doc.id, JSON.stringify(doc));
    },
    async list() {
      return [...docs.keys()]
        .sort()
        .reverse()
        .map((id) => JSON.parse(docs.get(id) ?? '') as T);
    },
  };
}

const nameOf = (principal: string, key: string) => JSON.stringify([principal, key]);

export function memoryIdempotency(): Idempotency {
  const answers = new Map<string, { at: number; digest: string; answer: string }>();
  return {
    async get(principal, key) {
      const kept = answers.get(nameOf(principal, key));
      return kept && { digest: kept.digest, answer: JSON.parse(kept.answer) as unknown };
    },
    async put(principal, key, digest, answer, at) {
      const now = Date.parse(at);
      for (const [old, kept] of answers) if (kept.at < now - day) answers.delete(old);
      if (!answers.has(nameOf(principal, key)))
        answers.set(nameOf(principal, key), { at: now, digest, answer: JSON.stringify(answer) });
    },
  };
}

export interface MemorySettings extends Settings {
  all(): { name: string; value: unknown }[];
}

export function memorySettings(): MemorySettings {
  const values = new Map<string, string>();
  return {
    async get(name) {
      const json = values.get(name);
      return json === undefined ? undefined : (JSON.parse(json) as unknown);
    },
    async set(name, value) {
      values.set(name, JSON.stringify(value));
    },
    all: () => [...values].map(([name, json]) => ({ name, value: JSON.parse(json) as unknown })),
  };
}

export function memorySnapshots(): Snapshots {
  const kept = new Map<string, Snapshot>();
  return {
    async get(projection) {
      const snapshot = kept.get(projection);
      return snapshot && { ...snapshot };
    },
    async put(projection, snapshot) {
      kept.set(projection, { ...snapshot });
    },
  };
}
