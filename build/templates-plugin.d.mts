import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';

export function esbuildTemplates(): EsbuildPlugin;
export function viteTemplates(): VitePlugin;
