import { spellingGguf } from "./tiny-gguf.ts"

/** A model that writes one strategy, whatever it is asked: buy BTC/USDT while it closes above 1, stop 3 %. */
export function strategyGguf(): Uint8Array<ArrayBuffer> {
  return spellingGguf({
    '"': ['market":"', 'sellWhen":["', "close > 1", "strategy", "1h", "none", ":", "]", ",", "}"],
    'market":"': ["BTC/USDT"],
    'sellWhen":["': ["close < 1"],
    ...Object.fromEntries(
      ["BTC/USDT", "close > 1", "close < 1", "strategy", "1h", "none"].map((word) => [word, ['"']]),
    ),
    ":": ['"', "3", "[", "{"],
    "[": ['"'],
    "{": ['"'],
    ",": ['"'],
    "3": [",", "}"],
    "]": [",", "}"],
    "}": ["}"],
  })
}
