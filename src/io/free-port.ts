/** A port that is taken in, one that is not out. */

/**
 * @param taken ports that somebody listens on, or that another service has been given
 * @returns the port itself where it is free; else the same digits in the 8000s for a well-known port, or the next one
 */
export function proposePort(port: number, taken: ReadonlySet<number>): number {
  if (!taken.has(port)) return port;
  const first = port === 80 ? 8080 : port < 1024 ? 8000 + port : port + 1;
  for (let candidate = first; candidate <= 65_535; candidate += 1) if (!taken.has(candidate)) return candidate;
  return port;
}
