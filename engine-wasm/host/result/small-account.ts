/** What decides how much an account can do with its money on an exchange; money in quote currency. */
export type SmallAccountInput = {
  cash: number
  /** The least an order may be worth. */
  minOrder: number
  feePercent: number
  slippagePercent: number
  /** How far below the entry the stop is; null: there is none, or its distance is known only at each entry. */
  stopPercent: number | null
  size: PositionSize
  maxOpenPositions: number
}

/** The wanted size of a position. */
export type PositionSize =
  | { kind: "risk"; percent: number; maxPositionPercent: number }
  | { kind: "equity"; percent: number }
  | { kind: "quote"; amount: number }

/** What decided the size: the strategy's own rule, its cap on one position, or the available money. */
export type SizeLimit = "rule" | "cap" | "cash"

export type SmallAccount = {
  /** The minimum to buy so that the rest at the stop can still be sold. */
  smallestPosition: number
  /** The first position, before fees. */
  position: number
  decidedBy: SizeLimit
  fits: boolean
  /** This many positions can be open at once, and this many the strategy would hold. */
  positionsThatFit: number
  positionsWanted: number
  /** How far the price must rise for a trade to earn its fees and slippage. */
  breakEvenPercent: number
  /** Starting cash for the first position to be large enough; null where more money would not help. */
  cashNeeded: number | null
}

/** Room for price moves between the check and the order. */
const RESERVE = 1.05
/** A far stop would ask for more than anybody needs. */
const MOST_RESERVE = 1.5

/** What an account of this size can really do. */
export function smallAccount(input: SmallAccountInput): SmallAccount {
  const { cash, minOrder, maxOpenPositions } = input
  const smallestPosition = smallestPositionOf(minOrder, input.stopPercent)
  const { position, decidedBy } = firstPosition(input)
  const fits = position > 0 && position >= smallestPosition * (1 - 1e-9)
  const room = Math.floor(cash / position + 1e-9)
  return {
    smallestPosition,
    position,
    decidedBy,
    fits,
    positionsThatFit: fits ? Math.min(room, maxOpenPositions) : 0,
    positionsWanted: maxOpenPositions,
    breakEvenPercent: breakEvenPercent(input),
    cashNeeded: cashNeeded(input, smallestPosition),
  }
}

/** The exchange's minimum, and enough more that a sale at the stop reaches it too. */
export function smallestPositionOf(minOrder: number, stopPercent: number | null): number {
  const atStop = stopPercent === null ? RESERVE : RESERVE / (1 - stopPercent / 100)
  return minOrder * Math.min(MOST_RESERVE, atStop)
}

/** A round trip buys higher and sells lower than the price, and pays the fee on both ways. */
export function breakEvenPercent({
  feePercent,
  slippagePercent,
}: Pick<SmallAccountInput, "feePercent" | "slippagePercent">): number {
  const [fee, slip] = [feePercent / 100, slippagePercent / 100]
  return (((1 + fee) * (1 + slip)) / ((1 - fee) * (1 - slip)) - 1) * 100
}

function firstPosition({ cash, size, stopPercent }: SmallAccountInput): Pick<SmallAccount, "position" | "decidedBy"> {
  const wanted = wantedSize(size, cash, stopPercent)
  const cap = size.kind === "risk" ? (cash * size.maxPositionPercent) / 100 : Infinity
  const position = Math.min(wanted, cap, cash)
  if (wanted <= position) return { position, decidedBy: "rule" }
  return { position, decidedBy: cap < cash ? "cap" : "cash" }
}

/** Without a stop the risk of a position is all of it. */
function wantedSize(size: PositionSize, cash: number, stopPercent: number | null): number {
  if (size.kind === "quote") return size.amount
  if (size.kind === "equity") return (cash * size.percent) / 100
  return (cash * size.percent) / (stopPercent ?? 100)
}

function cashNeeded(input: SmallAccountInput, smallestPosition: number): number | null {
  if (input.size.kind === "quote") return input.size.amount >= smallestPosition ? smallestPosition : null
  return smallestPosition / firstPosition({ ...input, cash: 1 }).position
}
