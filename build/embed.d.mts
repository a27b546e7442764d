export const HELPERS: readonly string[];
export function listTemplates(root: string): string[];
export function readStatics(root: string): Record<string, string | [string]>;
export function compileTemplates(root: string): string;
