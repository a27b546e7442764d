import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';

export function esbuildTemplates(packed: string): EsbuildPlugin;
export function viteTemplates(): VitePlugin;
