/** Display names by ISO 639-3; `eng` is always there. */
export type Names = Record<string, string>;

/** `GET /v1/taxonomy`: what the ids in an assessment are called. */
export interface TaxonomyView {
  groups: { id: string; ground: string; country?: string; parent?: string; names: Names }[];
  grounds: { id: string; names: Names }[];
  functions: { id: string; names: Names }[];
  categories: { id: string; name: string; names?: Names; definition: string }[];
  levels: { id: string; name: string; names?: Names; meaning: string }[];
}
