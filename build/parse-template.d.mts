import type { Part } from '../src/plan/render.ts';

export function parseTemplate(text: string): readonly Part[];
