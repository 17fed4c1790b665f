import { Link } from "@tanstack/react-router"
import { ArrowLeft } from "lucide-react"
import { plainText } from "#engine/candles"
import { MadeUpChip } from "../figure/index.ts"
import { type MarketChoice, useMarketChoices } from "../market/index.ts"
import { madeUpOfMarkets } from "../run/made-up.ts"
import { marketsWords } from "../run/markets-words.ts"
import { type RunSetup, searchFromSetup, type SetupSearch, setupFromSearch } from "../run/run-setup.ts"
import { buttonClass } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { Notice } from "../ui/notice.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { useSame } from "../ui/use-same.ts"
import { SearchDesk } from "./search-desk.tsx"
import { type TestedStrategy, useTestedStrategy } from "./tested-strategy.ts"

/** Find values for a strategy's numbers, and hear how much of what was found to believe. */
export function RobustnessScreen({ search }: { search: SetupSearch }) {
  const setup = useSame(setupFromSearch(search))
  const tested = useTestedStrategy(setup)
  const markets = useMarketChoices()
  const chosen = [setup.market, ...setup.also].map((id) => markets.list.find((market) => market.id === id))
  const here = chosen.filter((market) => market !== undefined)
  const name = tested.state === "open" ? plainText(tested.strategy.name, 60) : "a strategy"
  return (
    <>
      <PageHeader
        title={`Find good values: ${name}`}
        action={
          <div className="flex flex-wrap items-center gap-3">
            <MadeUpChip of={madeUpOfMarkets(here)} />
            <Link to="/backtest" search={searchFromSetup(setup)} className={buttonClass("quiet")}>
              <ArrowLeft aria-hidden className="size-4" />
              To the backtest
            </Link>
          </div>
        }
      >
        {here.length > 0 && `On ${marketsWords(here.map((market) => market.name))}, tested as in the backtest.`}
      </PageHeader>
      <Body setup={setup} tested={tested} markets={markets.ready ? chosen : undefined} />
    </>
  )
}

type BodyProps = {
  setup: RunSetup
  tested: TestedStrategy
  /** Undefined until they are known; one that is not in this browser is undefined in its place. */
  markets: (MarketChoice | undefined)[] | undefined
}

function Body({ setup, tested, markets }: BodyProps) {
  if (tested.state === "unavailable") return <Notice kind="error">{tested.because}</Notice>
  if (tested.state === "missing") return <NothingToSearch />
  if (tested.state === "loading" || !markets) return <p role="status">Opening the strategy…</p>
  const [market, ...also] = markets.filter((each) => each !== undefined)
  if (!market || also.length < markets.length - 1) return <NoMarket />
  return <SearchDesk key={setup.strategy} setup={setup} tested={tested} markets={[market, ...also]} />
}

function NothingToSearch() {
  return (
    <EmptyState
      title="No rules to search with"
      action={
        <Link to="/templates" className={buttonClass("primary")}>
          Pick a template
        </Link>
      }
    >
      Here Candlewright tries many values for the numbers of a strategy and says how much of the best result is luck. It
      needs a strategy with rules: pick a template, or open one of yours and press “Find good values” below its result.
    </EmptyState>
  )
}

function NoMarket() {
  return (
    <EmptyState
      title="The candles are not here"
      action={
        <Link to="/data" className={buttonClass("primary")}>
          Get candles
        </Link>
      }
    >
      This address names a market that is not in this browser. Nothing was lost: download or import its candles under
      Data, then come back here.
    </EmptyState>
  )
}
