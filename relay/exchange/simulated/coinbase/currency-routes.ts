import { ONE, dividedBy } from "../decimal.ts"
import { assetsOf } from "../protocol/account-operations.ts"
import { isFiat } from "./account-routes.ts"
import { amountText } from "./amount.ts"
import type { CoinbaseCall } from "./coinbase-call.ts"
import { uuidOf } from "./uuid.ts"

/** `GET /v2/currencies`: money of states. */
export function listCurrencies({ venue }: CoinbaseCall) {
  const data = assetsOf(venue).filter(isFiat)
  return { data: data.map((id) => ({ id, name: id, min_size: "0.01" })) }
}

/** `GET /v2/currencies/crypto` */
export function listCoins({ venue }: CoinbaseCall) {
  const coins = assetsOf(venue).filter((asset) => !isFiat(asset))
  return { data: coins.map((code, index) => coinRow(code, index)) }
}

/** `GET /v2/exchange-rates`: how much of each currency one US dollar is. */
export function readExchangeRates({ venue }: CoinbaseCall) {
  const rates = assetsOf(venue).map((asset) => {
    const price = venue.markets.get(`${asset}-USD`)?.lastPrice ?? ONE
    return [asset, amountText(dividedBy(ONE, price))]
  })
  return { data: { currency: "USD", rates: Object.fromEntries(rates) as Record<string, string> } }
}

function coinRow(code: string, sort_index: number) {
  const asset_id = uuidOf(`coinbase/asset/${code}`)
  return { code, name: code, color: "#0052FF", sort_index, exponent: 8, type: "crypto", address_regex: "", asset_id }
}
