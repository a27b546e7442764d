export interface Mounted {
  readonly path: string;
  readonly source: string;
}
export function mountLayers(sources: readonly string[], known: readonly string[]): ReadonlyMap<string, readonly Mounted[]>;
