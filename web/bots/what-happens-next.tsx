import { planInWords, problemInWords, strategyFromJson, type WrittenStrategy } from "#engine/strategy"
import { DangerFlags } from "../strategy/index.ts"
import { Notice } from "../ui/notice.tsx"

type WhatHappensNextProps = { strategy: WrittenStrategy; markets: string[]; cash: string }

/** What the bot will do, in plain sentences from the strategy itself. */
export function WhatHappensNext({ strategy, markets, cash }: WhatHappensNextProps) {
  const checked = strategyFromJson(strategy)
  if (!checked.ok)
    return <Notice kind="error">{`It cannot run yet. ${problemInWords(strategy, checked.problems[0])}`}</Notice>
  const [, currency] = (markets[0] ?? "").split("/")
  const plan = planInWords(checked.strategy, {}, { markets, currency, cash: Number(cash) || 0 })
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">What happens next</h2>
      <ul className="flex max-w-[72ch] list-disc flex-col gap-2 pl-5">
        <li>{`It decides at the end of each ${strategy.timeframe} candle, day and night, also when this tab is closed.`}</li>
        {plan.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
        <li>The risk settings of the account are above its rules: they may make an order smaller, or refuse it.</li>
      </ul>
      <DangerFlags document={strategy} />
    </section>
  )
}
