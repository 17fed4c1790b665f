import type { LiveIntent } from "#engine/run"

/** What the engine wants of one market and has not heard the end of. */
export type MarketWants = {
  /** A position that begins, or is brought to a share of equity. */
  entry?: WantedOrder
  /** A safety order. */
  add?: WantedOrder
  stop?: LiveIntent
  target?: LiveIntent
  exit?: LiveIntent
}

/** `isCancelled`: it is wanted no more, and ends when the exchange says so. */
export type WantedOrder = { intent: LiveIntent; isCancelled: boolean }

/** Wants after another intent. */
export function wantsAfter(wants: MarketWants, intent: LiveIntent): MarketWants {
  switch (intent.action) {
    case "enter":
      return { ...wants, entry: { intent, isCancelled: false } }
    case "add":
      return intent.limitPrice === undefined
        ? { ...wants, entry: { intent, isCancelled: false } }
        : { ...wants, add: { intent, isCancelled: false } }
    case "moveStop":
      return { ...wants, stop: intent }
    case "placeTarget":
      return { ...wants, target: intent }
    case "exit":
      return { ...wants, exit: intent }
    case "cancel":
      return withoutWish(wants, intent.replaces ?? 0)
  }
}

/** An entry that may be at the exchange is cancelled there first; all else is simply wanted no more. */
function withoutWish(wants: MarketWants, id: number): MarketWants {
  const rest = { ...wants }
  if (rest.entry?.intent.id === id) rest.entry = { ...rest.entry, isCancelled: true }
  if (rest.add?.intent.id === id) rest.add = { ...rest.add, isCancelled: true }
  if (rest.stop?.id === id) delete rest.stop
  if (rest.target?.id === id) delete rest.target
  if (rest.exit?.id === id) delete rest.exit
  return rest
}

/** Wants once the engine knows how the order of an intent ended. */
export function wantsWithout(wants: MarketWants, id: number): MarketWants {
  const rest = withoutWish(wants, id)
  if (rest.entry?.intent.id === id) delete rest.entry
  if (rest.add?.intent.id === id) delete rest.add
  return rest
}
