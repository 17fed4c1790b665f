// The exchange as bots use it: what they send goes through the last look (last-look.ts).
export * from "../exchange/exchange.ts"
