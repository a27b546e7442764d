export const HELPERS: readonly string[];
export function listTemplates(root: string): string[];
export function embed(root: string): string;
