import { describe, expect, test } from "vitest"
import { checkedDocument, codeEngine } from "../../../testing/code-story.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { backtest } from "../../run/backtest.ts"
import { defaultAccount } from "../../run/backtest-request.ts"
import { readIdea } from "../read-idea.ts"

const documentOf = (say: string) => {
  const reply = readIdea(say)
  if (reply.kind !== "strategy") throw new Error(`${say}: ${reply.text}`)
  return reply.document
}

describe("purchases again and again, with a condition", () => {
  test.each([
    ["DCA every week only when RSI < 40", { every: 7, rsiLimit: 40 }],
    [
      "DCA 50$ into BTC every week but only if price is below the 200 day moving average",
      { amount: 50, averageLength: 200 },
    ],
    ["Jede Woche 50 Euro in Bitcoin, aber nur wenn der RSI unter 40 ist", { amount: 50, every: 7, rsiLimit: 40 }],
    ["compra 20 dólares de bitcoin cada semana solo si el RSI está por debajo de 40", { amount: 20, rsiLimit: 40 }],
    ["achète 50 € de BTC chaque semaine seulement si le RSI est sous 40", { amount: 50, rsiLimit: 40 }],
    ["comprar 50 reais de BTC toda semana só quando o RSI estiver abaixo de 40", { amount: 50, rsiLimit: 40 }],
    ["每周定投100元比特币,只在RSI低于40时", { amount: 100, rsiLimit: 40 }],
    ["buy 100 usdt of SOL every Monday if the daily RSI is under 50", { amount: 100, onDay: 1, rsiLimit: 50 }],
    ["DCA 50 dollars weekly into BTC, sell everything when RSI is above 80", { amount: 50, rsiLimit: 80 }],
  ])("%j is built, its numbers as sliders", (say, params) => {
    const document = documentOf(say)
    expect(document.timeframe).toBe("1d")
    expect(Object.fromEntries(Object.entries(document.params).map(([name, { value }]) => [name, value]))).toMatchObject(
      params,
    )
  })

  test("are made while the condition holds, and left out while it does not", async () => {
    const candles = syntheticCandles({
      seed: 8,
      candles: 700,
      timeframe: "1d",
      startMs: Date.UTC(2023, 0, 2),
      startPrice: 100,
      kind: "mixed",
    })
    const boughtBy = async (say: string, params = {}) => {
      const strategy = checkedDocument(documentOf(say))
      const answer = await backtest(await codeEngine(strategy.code!.source), {
        strategy,
        params,
        markets: [{ market: "BTC/USDT", candles }],
        account: defaultAccount,
      })
      if (!answer.ok) throw new Error(answer.problems[0].because)
      return answer.result.trades.reduce((sum, { quantity }) => sum + quantity, 0)
    }
    const say = "DCA 10$ into BTC every week only when RSI < 45, no stop"
    const always = await boughtBy("DCA 10$ into BTC every week, no stop")
    const sometimes = await boughtBy(say)
    expect(sometimes).toBeGreaterThan(0)
    expect(sometimes).toBeLessThan(always * 0.8)
    expect(await boughtBy(say, { rsiLimit: 100 })).toBeGreaterThan(sometimes)
    expect(await boughtBy(say, { rsiLimit: 1 })).toBe(0)
  }, 60_000)
})
