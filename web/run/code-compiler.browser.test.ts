import { syntheticCandles } from "#engine/candles"
import { backtestIn, defaultAccount, type Engine, openSession } from "#engine/run"
import { convertToCode, strategyFromJson, strategyTemplates } from "#engine/strategy"
import { expect, test } from "vitest"
import { fetchEngine } from "./fetch-engine.ts"
import { compileInBrowser } from "./code-compiler.ts"

/** Here the compiler's 13 MB come unbundled, through a development server. */
const SLOWEST_MS = 180_000
const candles = syntheticCandles({
  seed: 7,
  candles: 20_000,
  timeframe: "1h",
  startMs: Date.UTC(2023, 0, 2),
  startPrice: 20_000,
  kind: "mixed",
})
const smaCross = strategyTemplates.find(({ id }) => id === "sma-cross")!.document

function checked(document: unknown) {
  const read = strategyFromJson(document)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.strategy
}

async function resultOf(engine: Engine, document: unknown) {
  const answer = await backtestIn(openSession(engine, [{ market: "BTC/USDT", candles }]), {
    strategy: checked(document),
    account: defaultAccount,
  })
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return answer.result
}

test(
  "code compiled in a worker trades as the same strategy in rules, bit for bit",
  async () => {
    const converted = convertToCode(checked(smaCross))
    if (!converted.ok) throw new Error(JSON.stringify(converted.problems))
    const loaded = await compileInBrowser(converted.document.code!.source, "fast")
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics))
    const [code, rules] = [
      await resultOf(loaded.engine, converted.document),
      await resultOf(await fetchEngine(), smaCross),
    ]
    expect(rules.trades.length).toBeGreaterThan(50)
    expect(code.trades).toEqual(rules.trades)
    expect(code.equity).toEqual(rules.equity)
  },
  SLOWEST_MS,
)

test(
  "a mistake comes back with its place, and the compiler keeps running",
  async () => {
    const source =
      'import { Candle, Strategy } from "candlewright"\nexport class Mine extends Strategy {\n  onCandle(candle: Candle): void { this.by() }\n}\n'
    const refused = await compileInBrowser(source, "fast")
    expect(refused).toMatchObject({
      ok: false,
      diagnostics: [{ isError: true, line: 3, start: source.indexOf("by()"), end: source.indexOf("by()") + 2 }],
    })
    expect(await compileInBrowser(source.replace("by()", "buy()"), "fast")).toMatchObject({ ok: true, diagnostics: [] })
  },
  SLOWEST_MS,
)
