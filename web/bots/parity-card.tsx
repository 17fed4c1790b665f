import { Scale } from "lucide-react"
import { plainText } from "#engine/candles"
import { usePreferences } from "../settings/index.ts"
import { Button } from "../ui/button.tsx"
import { withLocalTimes } from "../ui/date-format.ts"
import { Notice } from "../ui/notice.tsx"
import { Progress } from "../ui/progress.tsx"
import { type Bot, quoteOf } from "./bot.ts"
import type { Parity } from "./bot-history.ts"
import { SignedMoney } from "./money.tsx"
import { agreementWords, decisionWords } from "./parity-words.ts"
import type { Comparison } from "./use-parity.ts"

type ParityCardProps = { bot: Bot; comparison: Comparison; onCompare: () => void }

/** Whether a bot does what its backtest over the same candles does, and what each difference cost. */
export function ParityCard({ bot, comparison, onCompare }: ParityCardProps) {
  const isRunning = comparison.state === "running"
  return (
    <section aria-label="Live and backtest" className="flex flex-col items-start gap-3">
      <h2 className="text-base font-semibold">Live and backtest</h2>
      {comparison.state === "idle" && (
        <p className="max-w-[72ch] text-ink-soft">
          Does it trade as its backtest would have? The relay runs the bot’s own candles again and names each difference
          with what it cost. The bot goes on meanwhile.
        </p>
      )}
      <div role="status" className="flex w-full flex-col gap-3 empty:hidden">
        {isRunning && <Progress label="Running its candles again" done={0} total={0} />}
        {comparison.state === "ready" && <Compared parity={comparison.parity} quote={quoteOf(bot)} />}
        {comparison.state === "failed" && <Notice kind="warn">{comparison.because}</Notice>}
      </div>
      <Button icon={<Scale aria-hidden className="size-4" />} disabled={isRunning} onClick={onCompare}>
        {comparison.state === "ready" ? "Compare again" : "Compare with its backtest"}
      </Button>
    </section>
  )
}

/** "price gap: …" as a sentence. */
function sentence(because: string): string {
  return `${because.charAt(0).toUpperCase()}${because.slice(1)}.`
}

/** More than this is a list nobody reads; those that cost most come first. */
const MOST_SHOWN = 20

function Compared({ parity, quote }: { parity: Parity; quote: string }) {
  const { timeZone } = usePreferences()
  const dearestFirst = parity.differences.toSorted(
    (a, b) => Math.abs(Number(b.costQuote)) - Math.abs(Number(a.costQuote)),
  )
  const more = dearestFirst.length - MOST_SHOWN
  return (
    <>
      <p data-testid="parity" className="max-w-[60ch] text-lg text-ink-strong">
        {agreementWords(parity, quote)}
      </p>
      {dearestFirst.length > 0 && (
        <ul aria-label="Differences" className="border-b border-line">
          {dearestFirst.slice(0, MOST_SHOWN).map(({ what, because, costQuote }) => (
            <li key={what} className="flex flex-wrap justify-between gap-x-6 gap-y-1 border-t border-line py-2">
              <div className="max-w-[72ch] min-w-0 grow basis-80">
                <p className="wrap-anywhere text-ink-strong">{withLocalTimes(plainText(what, 500), timeZone)}</p>
                <p className="text-sm wrap-anywhere text-ink-soft">
                  {sentence(withLocalTimes(plainText(because, 500), timeZone))}
                </p>
              </div>
              <p className="text-sm">
                <span className="text-ink-soft">Against the backtest </span>
                <SignedMoney amount={String(-Number(costQuote))} quote={quote} />
              </p>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p className="text-sm text-ink-soft">{`and ${more} more that cost less each.`}</p>}
      {parity.isRepeatable ? (
        <p className="max-w-[72ch] text-sm text-ink-soft">{decisionWords(parity)}</p>
      ) : (
        <Notice kind="error">{decisionWords(parity)}</Notice>
      )}
    </>
  )
}
