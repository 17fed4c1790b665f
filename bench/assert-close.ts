/**
 * Throws when two figures that must be equal differ by more than 1e-7 of their size: a benchmark of different work
 * proves nothing.
 */
export function assertClose(name: string, engine: number | null, byHand: number): void {
  const differ = engine === null || Math.abs(engine - byHand) > 1e-7 * Math.max(1, Math.abs(byHand))
  if (differ) throw new Error(`The engine and the loop written by hand disagree on ${name}: ${engine} and ${byHand}.`)
}
