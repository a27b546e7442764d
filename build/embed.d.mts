export interface EmbeddedTemplates {
  readonly document: Buffer;
  readonly size: number;
}
export function listTemplates(root: string): string[];
export function embedTemplates(root: string): EmbeddedTemplates;
