/** What the tests run is the package as it is published, of the sources as they are now. */
import { execa } from 'execa';

export default async function build(): Promise<void> {
  await execa('npm', ['run', 'build'], { stdio: 'inherit' });
}
