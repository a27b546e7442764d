/** The few synchronous calls that writing needs, as a value, so that tests can pass one that is in memory or that fails. */
import type fs from 'node:fs';

export type FileSystem = Pick<
  typeof fs,
  | 'lstatSync'
  | 'statSync'
  | 'realpathSync'
  | 'existsSync'
  | 'accessSync'
  | 'readdirSync'
  | 'readFileSync'
  | 'mkdirSync'
  | 'writeFileSync'
  | 'renameSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'chmodSync'
  | 'utimesSync'
>;
