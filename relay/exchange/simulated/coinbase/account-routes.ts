import { balanceOf } from "../account/account.ts"
import { assetsOf } from "../protocol/account-operations.ts"
import { amountText } from "./amount.ts"
import type { CoinbaseCall } from "./coinbase-call.ts"
import { firstTier } from "./markets.ts"
import { momentText } from "./moment.ts"
import { portfolioIdOf } from "./order-answer.ts"
import { pageOf } from "./pages.ts"
import { refuseUnknown } from "./refused.ts"
import { uuidOf } from "./uuid.ts"

const FIAT = new Set(["USD", "EUR", "GBP"])
const USUAL_ACCOUNTS = 49
const MOST_ACCOUNTS = 250

/** `GET accounts`: what the account holds, one row for each currency, with what its orders hold of it. */
export function listAccounts(call: CoinbaseCall) {
  call.perform("account.status", {})
  const limit = call.count("limit", USUAL_ACCOUNTS, MOST_ACCOUNTS)
  const page = pageOf(call, currenciesOf(call), { limit, nameOf: (currency) => currency })
  const { cursor, has_next } = page
  const accounts = page.rows.map((currency) => accountRow(call, currency))
  return { accounts, has_next, cursor, size: accounts.length }
}

/** `GET accounts/{id}` */
export function readAccount(call: CoinbaseCall) {
  const currency = currenciesOf(call).find((one) => accountIdOf(call, one) === call.id)
  return { account: accountRow(call, currency ?? refuseUnknown("account not found")) }
}

/** `GET /v2/accounts`: the older form, which says nothing of what is held. */
export function listOldAccounts(call: CoinbaseCall) {
  const limit = call.count("limit", USUAL_ACCOUNTS, MOST_ACCOUNTS)
  const rows = currenciesOf(call).slice(0, limit)
  const pagination = {
    ending_before: null,
    starting_after: null,
    limit,
    order: "desc",
    previous_uri: null,
    next_uri: null,
  }
  return { pagination, data: rows.map((currency) => oldAccountRow(call, currency)) }
}

/** `GET transaction_summary`: the account's rates. */
export function readFees({ account }: CoinbaseCall) {
  const fee_tier = {
    pricing_tier: firstTier.name,
    usd_from: firstTier.fromUsd,
    usd_to: firstTier.toUsd,
    taker_fee_rate: amountText(account.takerRate),
    maker_fee_rate: amountText(account.makerRate),
    aop_from: "",
    aop_to: "",
  }
  return {
    total_volume: 0,
    total_fees: 0,
    fee_tier,
    margin_rate: null,
    goods_and_services_tax: null,
    advanced_trade_only_volume: 0,
    advanced_trade_only_fees: 0,
    coinbase_pro_volume: 0,
    coinbase_pro_fees: 0,
    total_balance: "",
    has_promo_fee: false,
  }
}

/** `GET key_permissions`: what the key may do. */
export function readPermissions({ venue, key }: CoinbaseCall) {
  const { reading, trading, withdrawing } = key.permissions
  return {
    can_view: reading,
    can_trade: trading,
    can_transfer: withdrawing,
    portfolio_uuid: portfolioIdOf(venue, key.accountId),
    portfolio_type: "DEFAULT",
  }
}

/** `GET portfolios` */
export function listPortfolios({ venue, key }: CoinbaseCall) {
  return {
    portfolios: [{ name: "Default", uuid: portfolioIdOf(venue, key.accountId), type: "DEFAULT", deleted: false }],
  }
}

/** Whether a currency is money of a state. */
export function isFiat(currency: string): boolean {
  return FIAT.has(currency)
}

function accountRow(call: CoinbaseCall, currency: string) {
  const { venue, account } = call
  const { free, locked } = balanceOf(account, currency)
  return {
    uuid: accountIdOf(call, currency),
    name: `${currency} Wallet`,
    currency,
    available_balance: { value: amountText(free), currency },
    default: true,
    active: true,
    created_at: momentText(venue.options.startMs),
    updated_at: momentText(account.updatedMs),
    deleted_at: null,
    type: isFiat(currency) ? "ACCOUNT_TYPE_FIAT" : "ACCOUNT_TYPE_CRYPTO",
    ready: true,
    hold: { value: amountText(locked), currency },
    retail_portfolio_id: portfolioIdOf(venue, account.id),
    platform: "ACCOUNT_PLATFORM_CONSUMER",
  }
}

function oldAccountRow(call: CoinbaseCall, currency: string) {
  const { venue, account } = call
  const { free, locked } = balanceOf(account, currency)
  return {
    id: accountIdOf(call, currency),
    name: `${currency} Wallet`,
    primary: false,
    type: isFiat(currency) ? "fiat" : "wallet",
    currency: { code: currency, name: currency, type: isFiat(currency) ? "fiat" : "crypto", exponent: 8 },
    balance: { amount: amountText(free + locked), currency },
    created_at: momentText(venue.options.startMs),
    updated_at: momentText(account.updatedMs),
    resource: "account",
    resource_path: `/v2/accounts/${accountIdOf(call, currency)}`,
    allow_deposits: true,
    allow_withdrawals: true,
  }
}

function accountIdOf({ venue, account }: CoinbaseCall, currency: string): string {
  return uuidOf(`${venue.options.seed}/account/${account.id}/${currency}`)
}

function currenciesOf({ venue, account }: CoinbaseCall): string[] {
  return [...new Set([...assetsOf(venue), ...account.balances.keys()])]
}
