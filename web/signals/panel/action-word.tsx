import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react"
import type { MarketAction } from "#engine/run"

const looks = {
  BUY: { Icon: ArrowUpRight, ink: "text-gain" },
  SELL: { Icon: ArrowDownRight, ink: "text-loss" },
  HOLD: { Icon: ArrowRight, ink: "text-ink-soft" },
}

/** BUY, SELL or HOLD with its arrow; grey where it is worth nothing. */
export function ActionWord({ action, isGrey = false }: { action: MarketAction; isGrey?: boolean }) {
  const { Icon, ink } = looks[action]
  return (
    <span className="inline-flex items-center gap-1 font-medium whitespace-nowrap">
      <Icon aria-hidden className={`size-4 ${isGrey ? "text-ink-soft" : ink}`} />
      {action}
    </span>
  )
}
