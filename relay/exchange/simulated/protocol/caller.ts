import type { ExchangeState } from "./operation.ts"

/** Which way a request came in: programs by the exchange's own port, pages through the relay. */
export type Door = "programs" | "pages"

/** Whose weight a request counts to. */
export type Caller = { name: string; mayBeBanned: boolean }

/**
 * At Binance everybody behind one address shares one weight. The practice exchange can weigh each key owner
 * separately, because every bot of this computer asks from the same address. Pages are weighed by request and never
 * banned: a page that asks too often for candles must not block the clock for everyone else.
 */
export function callerOf(
  { keys, weighs }: Pick<ExchangeState, "keys" | "weighs">,
  { address, apiKey, door, operation }: { address: string; apiKey: string | undefined; door: Door; operation: string },
): Caller {
  if (door === "pages") return { name: `pages/${operation}`, mayBeBanned: false }
  const key = weighs === "owner" && apiKey !== undefined ? keys.get(apiKey) : undefined
  return { name: key ? `owner/${key.accountId}` : address, mayBeBanned: true }
}
