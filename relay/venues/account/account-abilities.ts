/** What an exchange can do for an account, and how it answers: what the code that trades there counts on. */
export type AccountAbilities = {
  orderKinds: readonly ("market" | "limit" | "fill-or-kill" | "limit-maker" | "stop" | "stop-limit")[]
  /**
   * An entry and its exits in one request. `received`: the exits sell what the entry received; `fixed`: they have a
   * quantity of their own.
   */
  protect: "received" | "fixed" | undefined
  /** A stop and a target of which the first to trade ends the other. */
  pair: boolean
  /** One order is cancelled and another placed in one request. */
  replace: boolean
  /** A stop that waits is moved where it is. */
  amend: boolean
  /** It finds and cancels an order by the name we gave it. */
  knowsOurIds: boolean
  /** Its answer to a new order is a number alone. */
  onlyAcknowledges: boolean
  /** It tells of fills by itself. */
  pushesFills: boolean
  /** How long after it was signed a request may still arrive. */
  windowS: number
  /** What the fee of a buy is taken from. */
  feeOfBuy: "the coin that is bought" | "the money that is paid"
}

/** What Candlewright does there, in sentences. */
export function usedInWords(can: AccountAbilities): string[] {
  return [
    `Orders on spot markets: ${can.orderKinds.map((kind) => kindWords[kind]).join(", ")}.`,
    protectWords(can),
    "A target is kept by the bot: it sells when the price comes there.",
    movedWords(can),
    can.knowsOurIds
      ? "When an answer is lost, the order is asked for by the name it was sent with."
      : "When an answer is lost, the order is looked for among the newest ones: the exchange does not find it by the name it was sent with.",
    can.onlyAcknowledges
      ? "The answer to an order is its number alone, and it may be refused a moment later: what became of it is asked each time."
      : "The answer to an order says what became of it.",
    can.pushesFills
      ? "Orders and fills are heard as they happen."
      : "Orders are heard as they happen; their fills are read after each report.",
  ]
}

/** How long nobody knows what became of a request without an answer, in a sentence. */
export function windowInWords({ windowS }: AccountAbilities): string {
  return `A request whose answer was lost may still arrive for ${windowS} seconds. Until then nothing is sent in its place, because the same coins could be bought twice.`
}

const kindWords: Record<AccountAbilities["orderKinds"][number], string> = {
  market: "at the market",
  limit: "at a limit",
  "fill-or-kill": "all at once or nothing",
  "limit-maker": "at a limit that must wait",
  stop: "stops that sell at any price",
  "stop-limit": "stops that sell at a limit",
}

function movedWords({ amend, replace }: AccountAbilities): string {
  if (amend) return "A stop is moved where it is: the same order, which is never taken away for it."
  return replace
    ? "A stop is moved in one request: the old one is cancelled and the new one placed together."
    : "A stop is moved in two requests: the old one is cancelled, then the new one is placed. So it is moved only by 0.25 % or more."
}

function protectWords({ protect }: AccountAbilities): string {
  return protect === undefined
    ? "A buy and its stop are two requests: the stop follows as soon as the buy has filled."
    : "A buy and its stop are one request: the exchange starts the stop by itself when the buy has filled."
}
