import { Refusal } from "../refusal.ts"

/** What Bybit says when it refuses: a code and words. */
export type BybitNo = { retCode: number; retMsg: string }

/**
 * Every refusal of this simulation in Bybit's words, by its code.
 * Source: https://bybit-exchange.github.io/docs/v5/error
 */
export const bybitWords = {
  10000: "Server Timeout",
  10001: "Request parameter error.",
  10002: "The request time exceeds the time window range.",
  10003: "API key is invalid.",
  10004: "Error sign, please check your signature generation algorithm.",
  10005: "Permission denied, please check your API key permissions.",
  10006: "Too many visits. Exceeded the API Rate Limit.",
  10016: "System error. Please try again later.",
  170116: "Invalid orderType.",
  170115: "Invalid timeInForce.",
  170117: "Invalid side.",
  170121: "Invalid symbol.",
  170124: "Order amount too large.",
  170130: "Data sent for paramter is not valid.",
  170131: "Insufficient balance.",
  170132: "Order price too high.",
  170133: "Order price lower than the minimum.",
  170134: "Order price has too many decimals.",
  170135: "Order quantity exceeded upper limit.",
  170136: "Order quantity exceeded lower limit.",
  170137: "Order quantity has too many decimals.",
  170139: "Order has been filled.",
  170140: "Order value exceeded lower limit.",
  170141: "Duplicate clientOrderId.",
  170142: "Order has been canceled.",
  170143: "Cannot be found on order book.",
  170146: "Order creation timeout.",
  170147: "Order cancellation timeout.",
  170148: "Market order amount decimal too long.",
  170151: "The trading pair is not open yet.",
  170193: "Buy order price cannot be higher than the price limit.",
  170194: "Sell order price cannot be lower than the price limit.",
  170202: "Invalid orderFilter parameter.",
  170203: "Please enter the TP/SL price.",
  170210: "New order rejected.",
  170213: "Order does not exist.",
  170810: "Cannot exceed maximum number of conditional, TP/SL and active orders.",
} as const

export type BybitCode = keyof typeof bybitWords

/** Refuses in Bybit's words; `words` replace the usual ones. */
export function refuseAs(code: BybitCode, words: string = bybitWords[code]): never {
  throw new Refusal(code, words, 200)
}

/** Refusals of the engine that need more than their code, by the beginning of their words. */
const byWords: readonly [beginning: string, BybitCode][] = [
  ["Account has insufficient balance", 170131],
  ["Duplicate order sent", 170141],
  ["Market is closed", 170151],
  ["The new quantity must be more", 170136],
  ["Filter failure: PRICE_FILTER", 170134],
  ["Filter failure: LOT_SIZE", 170136],
  ["Filter failure: MARKET_LOT_SIZE", 170135],
  ["Filter failure: NOTIONAL", 170140],
  ["Filter failure: MAX_POSITION", 170124],
  ["Filter failure: PERCENT_PRICE", 170193],
  ["Filter failure: MAX_NUM", 170810],
]

const byCode: Readonly<Record<number, BybitCode>> = {
  [-1003]: 10006,
  [-1006]: 10016,
  [-1007]: 10000,
  [-1008]: 10016,
  [-1013]: 170130,
  [-1015]: 10006,
  [-1021]: 10002,
  [-1022]: 10004,
  [-1111]: 170137,
  [-1121]: 170121,
  [-2010]: 170210,
  [-2011]: 170213,
  [-2013]: 170213,
  [-2014]: 10003,
  [-2015]: 10005,
  [-2018]: 170213,
}

/** A refusal, the engine's or an own one, in Bybit's words. Anything that has no word is a wrong parameter. */
export function bybitNo({ code, message }: Refusal): BybitNo {
  if (code > 0) return { retCode: code, retMsg: message }
  const known = byWords.find(([beginning]) => message.startsWith(beginning))?.[1] ?? byCode[code] ?? 10001
  const isOwnReason = known === 170210
  return { retCode: known, retMsg: isOwnReason ? `${bybitWords[known]} ${message}` : bybitWords[known] }
}
