import { strategySchema } from "../document/strategy-document.ts"

/** What the parts of a document are when it leaves them out. */
export const {
  protect: usualProtect,
  size: usualSize,
  orders: usualOrders,
  limits: usualLimits,
} = strategySchema.parse({
  format: "candlewright.strategy/1",
  name: "usual",
  timeframe: "1h",
})
