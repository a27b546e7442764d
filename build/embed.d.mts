export interface EmbeddedTemplates {
  readonly files: string;
  readonly compiled: string;
}
export function listTemplates(root: string): string[];
export function embedTemplates(root: string): EmbeddedTemplates;
