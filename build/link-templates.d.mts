export function linkTemplates(folders: { readonly templates: string; readonly fresh: string; readonly target: string }): {
  readonly notes: readonly string[];
  readonly linked: number;
  readonly written: number;
  readonly conflicts: number;
};
