// The deep imports that scripts/ccxt-source.ts makes possible: one exchange of ccxt, not its hundred.
declare module "ccxt-src/binance.js" {
  import { binance } from "ccxt"

  export default binance
}

declare module "ccxt-src/bybit.js" {
  import { bybit } from "ccxt"

  export default bybit
}

declare module "ccxt-src/coinbase.js" {
  import { coinbase } from "ccxt"

  export default coinbase
}
