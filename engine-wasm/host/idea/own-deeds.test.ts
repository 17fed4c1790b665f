import { describe, expect, test } from "vitest"
import { readIdea } from "./read-idea.ts"

const dip = () => {
  const reply = readIdea("Buy BTC on 1h when RSI 14 is below 30, sell above 70, stop 3 %")
  if (reply.kind !== "strategy") throw new Error(reply.text)
  return reply.document
}

/** Why it is declined, with and without a strategy, where the screen on which the person does it is named. */
const reasonsOf = (say: string, where: RegExp) =>
  [undefined, dip()].map((given) => {
    const reply = readIdea(say, { given })
    return reply.kind === "decline" && where.test(reply.text) ? reply.reason : reply.text
  })

describe("what only the person does", () => {
  test.each([
    "close my open position",
    "close all positions now",
    "exit my trade",
    "schließe meine offene Position",
    "cierra mi posición abierta",
    "ferme ma position ouverte",
    "feche minha posição aberta",
    "平掉我的仓位",
  ])("a position: %s", (say) => expect(reasonsOf(say, /Sell all and pause/)).toEqual(["placesOrder", "placesOrder"]))

  test.each([
    "remove my daily loss limit",
    "turn off the daily loss limit",
    "Remove my daily loss limit on the account and start the bot live",
    "entferne mein tägliches Verlustlimit",
    "quita mi límite de pérdida diaria",
    "enlève ma limite de perte quotidienne",
    "remova meu limite de perda diária",
    "取消我的每日亏损限制",
  ])("a limit: %s", (say) => expect(reasonsOf(say, /What its bots may risk/)).toEqual(["placesOrder", "placesOrder"]))

  test.each([
    "go live",
    "start the bot live",
    "run it live on binance",
    "switch to live",
    "turn on live trading",
    "starte den bot live",
    "inicia el bot en real",
    "lance le bot en réel",
    "inicie o bot ao vivo",
    "启动实盘",
  ])("real money: %s", (say) => expect(reasonsOf(say, /Run it/)).toEqual(["placesOrder", "placesOrder"]))

  test.each(["start the bot", "pause the bot", "stop the bot", "stoppe den Bot", "停止机器人"])("a bot: %s", (say) =>
    expect(reasonsOf(say, /Bots/)).toEqual(["placesOrder", "placesOrder"]),
  )

  test.each([
    "use my key",
    "use my api key",
    "withdraw",
    "withdraw my money",
    "connect my binance account",
    "使用我的密钥",
  ])("a key or a transfer: %s", (say) => expect(reasonsOf(say, /Bots → Accounts/)).toEqual(["secrets", "secrets"]))

  test.each([
    "close the position when RSI is above 70",
    "buy BTC when the live price is above 50000",
    "sell all when RSI crosses below 50",
  ])("a rule is none of them: %s", (say) => {
    expect(readIdea(say, { given: dip() }).kind).not.toBe("decline")
  })
})

describe("a question for a term", () => {
  test.each(["What is RSI?", "was ist der RSI?", "¿Qué es el RSI?", "什么是RSI"])("%s", (say) => {
    const reply = readIdea(say)
    expect(reply).toMatchObject({ kind: "answer", notUnderstood: [] })
    expect(reply.text).toMatch(/Relative strength/)
  })
})
