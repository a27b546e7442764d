/** The images that a project builds on, by the name of the set. */
import type { Options } from '../options/resolve.ts';

export interface ImageSet {
  readonly python: string;
  readonly node: string;
  readonly nginx: string;
  readonly postgres: string;
  readonly redis: string;
}

/** @returns the five names of a set */
export const imagesOf = ({ python, node, nginx, postgres, redis }: ImageSet): readonly string[] => [python, node, nginx, postgres, redis];

/** From 18 on, the PostgreSQL image keeps its data a folder higher and refuses a volume at the old place. */
export const IMAGE_SETS: Readonly<Record<Options['images'], ImageSet & { readonly postgresData: string }>> = {
  baseline: {
    python: 'python:3.12-slim',
    node: 'node:20-alpine',
    nginx: 'nginx:1.27-alpine',
    postgres: 'postgres:15',
    redis: 'redis:7',
    postgresData: '/var/lib/postgresql/data',
  },
  current: {
    python: 'python:3.14-slim',
    node: 'node:24-alpine',
    nginx: 'nginx:1.30-alpine',
    postgres: 'postgres:18',
    redis: 'redis:8',
    postgresData: '/var/lib/postgresql',
  },
};
