/** Whether a test may mount file systems of its own, in a namespace of its own. */
import { execaSync } from 'execa';

export function canMount(): boolean {
  return execaSync('unshare', ['--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { reject: false }).exitCode === 0;
}
