// Everything `import { … } from "candlewright"` exports to a strategy in code.
export { Candle } from "./candle"
export * from "./formula-maths"
export * from "./indicators.gen"
export { Order } from "./order"
export { Position } from "./position"
export { Strategy } from "./strategy"
