import { quoted } from "#engine/candles"
import type { Surroundings } from "../../../surroundings.ts"
import { type Exchange, type ExchangeOptions, openExchange, seedText } from "../exchange-state.ts"
import { KnownSource } from "../market/known-source.ts"
import { Keeper } from "./keeper.ts"

/**
 * Opens an exchange that is kept in a folder: the one that is in there goes on, with its own seed and, unless its time
 * is the wall's, at its own time. Without a folder it lives in memory alone.
 */
export function openKept(
  { folder, mostEnded, live, ...options }: ExchangeOptions & { folder?: string; mostEnded?: number; live?: string },
  surroundings: Surroundings,
  tell: (sentence: string) => void,
): Exchange {
  if (folder === undefined) return openExchange(options, surroundings)
  const keeper = new Keeper(folder, tell, mostEnded)
  const { wanted } = keeper
  if (wanted && options.seed !== undefined && seedText(options) !== wanted.seed)
    tell(`The exchange that is kept here was made with the seed ${quoted(wanted.seed)} and goes on with it.`)
  const known = live === undefined || options.source === undefined ? undefined : new KnownSource(options.source)
  const kept = { ...options, source: known ?? options.source }
  let exchange = openExchange(asKept(kept, wanted), surroundings)
  if (!keeper.restore(exchange, known)) exchange = openExchange(kept, surroundings)
  keeper.keep(exchange)
  return exchange
}

function asKept(options: ExchangeOptions, wanted: Keeper["wanted"]): ExchangeOptions {
  if (!wanted) return options
  const followsWall = options.startMs === undefined && (options.speed ?? 1) === 1
  return { ...options, seed: wanted.seed, startMs: followsWall ? undefined : wanted.startMs }
}
