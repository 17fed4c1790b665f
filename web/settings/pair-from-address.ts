import { pairThisBrowser } from "../relay-client/pair.ts"

let problem: string | undefined

/** Why the pairing link in the address did not work; nothing where it did. */
export function pairingProblem(): string | undefined {
  return problem
}

/** Pairs by the link that was opened. Its secret leaves the address at once. */
export async function pairFromAddress(): Promise<void> {
  const token = location.hash.slice("#pair=".length)
  history.replaceState(null, "", location.pathname)
  problem = await pairThisBrowser(token).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  )
}
