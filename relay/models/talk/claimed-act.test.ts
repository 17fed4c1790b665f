import { expect, test } from "vitest"
import { claimsAct } from "./claimed-act.ts"

test.each([
  "Order placed! I bought 0.5 BTC at market",
  "Done! The order was placed.",
  "I have just purchased 2 ETH for you.",
  "I've gone ahead and sold your coins.",
  "Bought 0.5 BTC at 61,000.",
  "Your API key has been updated.",
  "I rotated your Binance API keys.",
  "Deposit received. You can trade now.",
  "1000 USDT deposited.",
  "We opened a long position.",
  "Your bot is now running.",
  "The change was applied.",
  "I saved your new strategy and started the bot.",
  "Order ausgeführt.",
  "Ich habe 0,5 BTC gekauft.",
  "He comprado 0,5 BTC.",
  "J'ai acheté 0,5 BTC.",
  "Я купил 0.5 BTC",
  "已下单。",
])("“%s” claims an act", (text) => {
  expect(claimsAct(text)).toBe(true)
})

test.each([
  "It buys when the RSI falls under 30 and sells above 70.",
  "The order is placed when the candle closes.",
  "In the test the order was filled at the next open.",
  "A limit order would be sent at the open.",
  "It fell 9 % at worst, and bought 12 times.",
  "I set a stop of 2 %, because you said none.",
  "Orders are placed at the next open, and the rules are applied at the close.",
  "I applied a stop of 2 %, and started with the RSI.",
  "A breakout is confirmed by volume.",
  "It risks less now.",
  "When should it sell?",
  "Nothing was ordered.",
])("“%s” claims none", (text) => {
  expect(claimsAct(text)).toBe(false)
})
