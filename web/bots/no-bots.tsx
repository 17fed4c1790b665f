import { Link, useNavigate } from "@tanstack/react-router"
import { Play } from "lucide-react"
import { plainText } from "#engine/candles"
import { practiceAccount } from "../accounts/index.ts"
import { listStrategies } from "../db/kept-strategy.ts"
import { useKept } from "../db/use-kept.ts"
import { useDoing } from "../relay-client/use-doing.ts"
import { Button, buttonClass } from "../ui/button.tsx"
import { Notice } from "../ui/notice.tsx"
import { deployBot } from "./bot.ts"
import { strategiesToOffer, strategyToRun, usualMarkets, wholeDocument } from "./strategy-to-run.ts"

/** More to choose from would be a list to read; the others are one press away. */
const MOST_OFFERED = 4
const USUAL_CASH = "100"

/** What a bot is, and one started by one press. */
export function NoBots() {
  const kept = useKept(listStrategies)
  const offered = kept.state === "ready" ? strategiesToOffer(kept.value, MOST_OFFERED) : []
  return (
    <section className="flex flex-col gap-6 py-4">
      <div className="flex max-w-[60ch] flex-col gap-3 text-ink-soft">
        <h2 className="text-base font-semibold text-ink-strong">No bots yet</h2>
        <p>
          A bot is one of your strategies at work. At the end of each candle it decides by the same rules as in a
          backtest, places its own orders, and keeps a stop at the exchange while it owns something.
        </p>
        <p>
          Begin on paper: {USUAL_CASH} made-up dollars at the Practice exchange on this computer. Nothing can be lost,
          and you see what a bot does before it touches real money.
        </p>
      </div>
      <ul aria-label="Start one on paper" className="max-w-160 border-b border-line empty:hidden">
        {offered.map((strategy) => (
          <Offer key={strategy.id} {...strategy} />
        ))}
      </ul>
      <p>
        <Link to="/templates" className="underline underline-offset-4 hover:text-ink-strong">
          See all strategies first
        </Link>
      </p>
    </section>
  )
}

function Offer({ id, name }: { id: string; name: string }) {
  const navigate = useNavigate()
  const { problem, isDoing, doing } = useDoing()
  const start = async () => {
    const document = await strategyToRun({ strategy: id })
    if (!document) throw new Error("This strategy is not here any more.")
    const account = await practiceAccount()
    const strategy = wholeDocument(document)
    const bot = await deployBot({ accountId: account.id, strategy, markets: usualMarkets(document), cash: USUAL_CASH })
    await navigate({ to: "/bots/$botId", params: { botId: bot.id } })
  }
  const shown = plainText(name, 100)
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-line py-3">
      <span className="min-w-0 font-medium wrap-anywhere text-ink-strong">
        <bdi>{shown}</bdi>
      </span>
      <span className="flex gap-2">
        <Button
          icon={<Play aria-hidden className="size-4" />}
          aria-label={`Start on paper: ${shown}`}
          disabled={isDoing}
          onClick={doing(start)}
        >
          Start on paper
        </Button>
        <Link
          to="/bots/deploy"
          search={{ strategy: id }}
          aria-label={`Choose how: ${shown}`}
          className={buttonClass("plain")}
        >
          Choose how
        </Link>
      </span>
      {problem !== undefined && (
        <div className="basis-full">
          <Notice kind="error">{problem}</Notice>
        </div>
      )}
    </li>
  )
}
