export function importBundled<T>(path: string): Promise<T>;
