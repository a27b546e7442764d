/** A version as a program prints it in, whether it is new enough out. */

/** Major and minor alone: `28.5.2+dfsg4`, `v2.24.1` and `2.40.3-3` are understood; one that is not passes. */
export function isOlder(version: string, minimum: string): boolean {
  const [major, minor] = parse(version);
  const [leastMajor, leastMinor] = parse(minimum);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}

function parse(version: string): readonly [number, number] {
  const match = /^v?(\d+)\.(\d+)/.exec(version.trim());
  return [Number(match?.[1] ?? Number.NaN), Number(match?.[2] ?? Number.NaN)];
}
