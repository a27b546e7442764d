import type { Plugin as RolldownPlugin } from 'rolldown';
import type { Plugin as VitePlugin } from 'vite';

export function bundleTemplates(): RolldownPlugin;
export function viteTemplates(): VitePlugin;
