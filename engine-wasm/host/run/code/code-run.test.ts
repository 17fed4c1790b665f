import { beforeAll, expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { coreSources } from "../../../testing/core-sources.ts"
import { defaultAccount } from "../backtest-request.ts"
import { backtest } from "../backtest.ts"
import type { CoreSources } from "../../strategy/code/code-compile.ts"
import { loadCodeEngine } from "./code-run.ts"
import type { Engine } from "../engine/engine.ts"
import { strategyFromJson } from "../../strategy/document/strategy-document-from-json.ts"
import type { StrategyDocument, WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { smaCross } from "../../strategy/templates/sma-cross.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"

const smaCrossInCode = `import { Candle, Sma, Strategy } from "candlewright"

export class SmaCross extends Strategy {
  fast: Sma = new Sma(this.param("fast"))
  slow: Sma = new Sma(this.param("slow"))
  before: f64 = NaN

  onCandle(candle: Candle): void {
    const difference = this.fast.next(candle.close) - this.slow.next(candle.close)
    if (this.before <= 0 && difference > 0) this.buy()
    if (this.before >= 0 && difference < 0) this.close()
    this.before = difference
  }
}
`

let core: CoreSources
beforeAll(async () => {
  core = await coreSources()
})

function checked(document: WrittenStrategy): StrategyDocument {
  const read = strategyFromJson(JSON.stringify(document))
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.strategy
}

function inCode({ series: _series, long: _long, ...document }: WrittenStrategy, source: string): StrategyDocument {
  return checked({ ...document, code: { language: "assemblyscript", source } })
}

async function engineOf(source: string): Promise<Engine> {
  const loaded = await loadCodeEngine(source, { core, optimize: "fast" })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics))
  return loaded.engine
}

test("an average cross in code trades as the same cross in rules, bit for bit", async () => {
  const markets = [
    {
      market: "BTC/USDT",
      candles: syntheticCandles({
        seed: 7,
        candles: 20_000,
        timeframe: "1h",
        startMs: 1_600_000_000_000 - (1_600_000_000_000 % HOUR_MS),
        startPrice: 20_000,
        kind: "mixed",
      }),
    },
  ]
  const rules = await backtest(await builtEngine(), {
    strategy: checked(smaCross.document),
    markets,
    account: defaultAccount,
  })
  const code = await backtest(await engineOf(smaCrossInCode), {
    strategy: inCode(smaCross.document, smaCrossInCode),
    markets,
    account: defaultAccount,
  })
  if (!rules.ok || !code.ok) throw new Error(JSON.stringify([rules, code]).slice(0, 500))
  expect(code.result.trades.length).toBeGreaterThan(50)
  expect(code.result.trades.map(({ entryTag: _tag, ...trade }) => trade)).toEqual(
    rules.result.trades.map(({ entryTag: _tag, ...trade }) => trade),
  )
  expect(code.result.equity).toEqual(rules.result.equity)
})
