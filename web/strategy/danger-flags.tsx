import { TriangleAlert } from "lucide-react"
import { memo } from "react"
import { type DangerKind, dangersOf, type ParamValues, strategyFromJson, type WrittenStrategy } from "#engine/strategy"

type DangerFlagsProps = {
  document: WrittenStrategy
  leverage?: number
  /** Values of its params that are not the document's own. */
  params?: ParamValues
  /** In a list a word each, elsewhere the sentence. */
  isShort?: boolean
}

/** What can cost more than one thinks, wherever a strategy is shown; of one half written, nothing. */
export const DangerFlags = memo(function DangerFlags({
  document,
  leverage,
  params,
  isShort = false,
}: DangerFlagsProps) {
  const checked = strategyFromJson(document)
  return <DangerList dangers={checked.ok ? dangersOf(checked.strategy, { leverage, params }) : []} isShort={isShort} />
})

type DangerListProps = { dangers: ReturnType<typeof dangersOf>; isShort?: boolean }

/** The dangers of a strategy whose document is elsewhere, such as that of a bot. */
export function DangerList({ dangers, isShort = false }: DangerListProps) {
  if (dangers.length === 0) return null
  return (
    <ul aria-label="Careful" className="flex max-w-[72ch] flex-wrap gap-x-4 gap-y-1 text-sm">
      {dangers.map(({ kind, because }) => (
        <li key={kind} className="flex items-start gap-1.5 text-warn">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {isShort ? shortWords[kind] : because}
        </li>
      ))}
    </ul>
  )
}

const shortWords: Record<DangerKind, string> = {
  noStop: "No stop loss",
  short: "Sells short",
  leverage: "Leverage",
  addsToLosers: "Buys more while losing",
  largeRisk: "Risks more than 2 % a trade",
  noExit: "No rule to get out",
}
