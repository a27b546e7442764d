/** The few synchronous calls that writing needs, as a value, so that tests can pass one that is in memory or that fails. */
import type fsExtra from 'fs-extra';

export type FileSystem = Pick<
  typeof fsExtra,
  | 'lstatSync'
  | 'statSync'
  | 'realpathSync'
  | 'existsSync'
  | 'readdirSync'
  | 'readFileSync'
  | 'mkdirSync'
  | 'writeFileSync'
  | 'renameSync'
  | 'rmSync'
  | 'rmdirSync'
  | 'chmodSync'
>;
