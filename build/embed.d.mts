export interface EmbeddedLayer {
  readonly name: string;
  readonly entries: string;
  readonly compiled: string;
}
export const HELPERS: readonly string[];
export function listTemplates(root: string): string[];
export function embedLayers(root: string): readonly EmbeddedLayer[];
