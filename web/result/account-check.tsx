import type { AccountCheck as Check } from "#engine/run"
import { needsWords } from "../run/facts-words.ts"
import type { RunReport } from "../run/run-report.ts"
import { formatMoney, formatNumber, formatPercent } from "../ui/number-format.ts"

type Size = NonNullable<Check["size"]>
type Money = (amount: number) => string

/** What a small account can really do: with the numbers of the chosen exchange, or a stated assumption. */
export function AccountCheck({ report }: { report: RunReport }) {
  const { accountCheck: check, job, market } = report
  const money = (amount: number) => formatMoney(amount, market.currency)
  if (!check) return null
  const { size } = check
  const rows = [
    ["Smallest amount", smallestWords(check, money)],
    ["One position", size ? positionWords(size, money) : unknownSize],
    ...(size ? [["Positions that fit", fitWords(size, money)]] : []),
    ...(check.smallestCash === null
      ? []
      : [["Needs", needsWords({ ...check, minOrder: job.minOrder, currency: market.currency })]]),
    [
      "To earn its costs",
      `A trade has to rise by ${formatPercent(check.breakEvenPercent, 2)} before it makes anything: two fees and two slips.`,
    ],
  ]
  return (
    <div className="flex max-w-[72ch] flex-col gap-3 text-sm">
      <dl className="flex flex-col gap-3">
        {rows.map(([name, words]) => (
          <div key={name}>
            <dt className="font-medium text-ink">{name}</dt>
            <dd className="text-ink-soft">{words}</dd>
          </div>
        ))}
      </dl>
      <p className="text-ink-soft">
        Assumed: the exchange takes orders from {money(job.minOrder)} on. A market may ask for more; choose your
        exchange in the run settings.
      </p>
    </div>
  )
}

const unknownSize =
  "Its size follows the distance of the stop, which is known at each entry only, and it never traded here: what fits cannot be said."

const decidedWords: Record<Size["decidedBy"], string> = {
  rule: "the strategy's own size decides it",
  cap: "the cap on one position decides it, the strategy's rule would take more",
  cash: "the money there is decides it, the strategy's rule would take more",
  code: "its code decides it",
}

function smallestWords({ smallestPosition }: Check, money: Money): string {
  return `Buy for at least ${money(smallestPosition)}: the exchange's minimum, and enough above it that a sale at the stop is not refused.`
}

function positionWords({ position, decidedBy, known }: Size, money: Money): string {
  const decided = `${money(position)} at the start: ${decidedWords[decidedBy]}.`
  if (known.from === "rule") return decided
  const trades = known.tradeCount === 1 ? "the one trade" : `the ${formatNumber(known.tradeCount)} trades`
  const stop =
    known.stopPercent === null
      ? "a usual one is taken"
      : `their usual stop, ${formatPercent(known.stopPercent, 2)} away, is taken`
  return `About ${decided} Counted from ${trades} of this test: ${stop}.`
}

function fitWords(size: Size, money: Money): string {
  const { fits, positionsThatFit, positionsWanted, cashNeeded } = size
  if (fits)
    return positionsThatFit < positionsWanted
      ? `${formatNumber(positionsThatFit)} at once, though the strategy would hold up to ${formatNumber(positionsWanted)}.`
      : `${formatNumber(positionsThatFit)} at once, all the strategy would hold.`
  return cashNeeded === null
    ? "None: the strategy's fixed amount is too small. Raise it."
    : `None: a position would be too small. Start with about ${roundMoney(cashNeeded, money)} or more.`
}

/** Two figures, as the list of templates has it. */
function roundMoney(amount: number, money: Money): string {
  return money(Number(amount.toPrecision(2)))
}
