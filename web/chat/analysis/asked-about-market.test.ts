import { expect, test } from "vitest"
import { askedAboutMarket } from "./asked-about-market.ts"

test.each([
  ["What do you think of ETH now?", "ETH"],
  ["what do you think about bitcoin?", "BTC"],
  ["Should I buy SOL today?", "SOL"],
  ["is ETH a buy?", "ETH"],
  ["Analyse btc/usdt", "BTC"],
  ["how does Ethereum look right now", "ETH"],
  ["Was hältst du von ETH?", "ETH"],
  ["Soll ich jetzt Bitcoin kaufen?", undefined],
  ["Soll ich Bitcoin jetzt kaufen?", "BTC"],
  ["¿Qué opinas de ETH ahora?", "ETH"],
  ["que penses-tu de BTC maintenant ?", "BTC"],
  ["O que você acha de ETH agora?", "ETH"],
  ["怎么看ETH现在", "ETH"],
  ["what do you think of DEMO?", "DEMO"],
])("“%s” asks about %s", (say, coin) => {
  expect(askedAboutMarket(say)?.coin).toBe(coin)
})

test("what is about rules, results or orders is left to others", () => {
  for (const say of [
    "what do you think of it?",
    "what do you think of my strategy",
    "buy ETH when RSI 14 falls under 30",
    "should I buy ETH when RSI is under 30?",
    "why did it lose?",
    "is ETH above its 200 day average a good filter for longs on the hourly chart",
    "what is a stop?",
    "",
    "what do you think of ".repeat(40),
  ])
    expect([say, askedAboutMarket(say)]).toEqual([say, undefined])
})
