import type { RejectedReason } from "#engine/result"
import { formatNumber } from "../ui/number-format.ts"

/** Why orders the rules asked for were not placed, most frequent first; nothing when all were. */
export function Refusals({ refusals }: { refusals: { reason: RejectedReason; count: number }[] }) {
  if (refusals.length === 0) return null
  return (
    <section>
      <h3 className="pb-2 font-semibold">Why it did not buy when its rules said so</h3>
      <ul className="max-w-[72ch] border-b border-line">
        {refusals.map(({ reason, count }) => (
          <li key={reason} className="flex justify-between gap-4 border-t border-line py-2">
            <span>{words[reason]}</span>
            <span>{formatNumber(count)} times</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const words: Record<RejectedReason, string> = {
  cooldown: "It was still pausing after the trade before.",
  maxOpenPositions: "As many positions as allowed were open already.",
  dailyLoss: "The loss allowed for a day had been reached.",
  maxDrawdown: "The dip allowed for the account had been reached.",
  correlation: "It moves too much like something held already.",
  cash: "There was not enough cash left.",
  minimumNotional: "The order was smaller than the exchange takes.",
  quantityStep: "The quantity was smaller than the exchange's smallest step.",
  conflictingSignals: "Buying and selling were asked for at once.",
  limitExpired: "The price never came to the limit order in time.",
  notReady: "Its indicators were not ready yet.",
  stopBeyondEntry: "The stop would have lain on the wrong side of the price.",
}
