export interface EmbeddedLayer {
  readonly name: string;
  readonly entries: string;
  readonly varying: string;
}
export function listTemplates(root: string): string[];
export function embedLayers(root: string): readonly EmbeddedLayer[];
