import { type Account, balanceOf } from "../account/account.ts"
import { type Decimal, times } from "../decimal.ts"
import { assetsOf } from "../protocol/account-operations.ts"
import type { Venue } from "../venue.ts"
import type { BybitAsk } from "./bybit-ask.ts"
import { plain } from "./bybit-order.ts"
import { refuseAs } from "./bybit-refusals.ts"

const UNIFIED_2 = 5

/** GET /v5/account/info: a unified account that borrows nothing. */
export function accountInfo({ account }: BybitAsk) {
  return {
    unifiedMarginStatus: UNIFIED_2,
    marginMode: "REGULAR_MARGIN",
    isMasterTrader: false,
    spotHedgingStatus: "OFF",
    updatedTime: String(account.updatedMs),
    dcpStatus: "OFF",
    timeWindow: 0,
    smpGroup: 0,
  }
}

/** GET /v5/user/query-api: what the key may do. */
export function keyRights({ key, account }: BybitAsk) {
  const { trading, withdrawing } = key.permissions
  return {
    id: String(account.id),
    note: account.name,
    apiKey: key.apiKey,
    readOnly: trading ? 0 : 1,
    secret: "",
    permissions: {
      ContractTrade: [],
      Spot: trading ? ["SpotTrade"] : [],
      Wallet: withdrawing ? ["AccountTransfer", "SubMemberTransfer", "Withdraw"] : [],
      Options: [],
      Derivatives: [],
      CopyTrading: [],
      BlockTrade: [],
      Exchange: [],
      NFT: [],
      Affiliate: [],
      Earn: [],
    },
    ips: ["*"],
    type: 1,
    deadlineDay: 88,
    expiredAt: "2036-01-01T00:00:00Z",
    createdAt: "2026-01-01T00:00:00Z",
    unified: 0,
    uta: 1,
    userID: account.id,
    inviterID: 0,
    vipLevel: "No VIP",
    mktMakerLevel: "0",
    affiliateID: 0,
    rsaPublicKey: key.scheme === "RSA" ? key.secret : "",
    isMaster: true,
    parentUid: "0",
    kycLevel: "LEVEL_DEFAULT",
    kycRegion: "",
  }
}

/** GET /v5/account/wallet-balance */
export function walletBalance({ venue, account, input }: BybitAsk) {
  const type = input.required("accountType")
  if (type !== "UNIFIED") refuseAs(10001, "accountType only support UNIFIED.")
  const wanted = input.text("coin")?.split(",")
  return { list: [wallet(venue, account, wanted ?? heldBy(account))] }
}

/** An account's coins, as the list and the stream show them. */
export function wallet(venue: Venue, account: Account, coins: readonly string[]) {
  const rows = coins.map((coin) => coinRow(venue, account, coin))
  const total = plain(heldBy(account).reduce((sum, coin) => sum + worthOf(venue, account, coin), 0n))
  return {
    accountType: "UNIFIED",
    accountIMRate: "0",
    accountMMRate: "0",
    accountLTV: "0",
    totalEquity: total,
    totalWalletBalance: total,
    totalMarginBalance: total,
    totalAvailableBalance: total,
    totalPerpUPL: "0",
    totalInitialMargin: "0",
    totalMaintenanceMargin: "0",
    coin: rows,
  }
}

/** GET /v5/account/fee-rate */
export function feeRates({ venue, account, input }: BybitAsk) {
  input.checkCategory()
  const symbol = input.text("symbol")
  if (symbol !== undefined && !venue.markets.has(symbol)) refuseAs(170121)
  const symbols = symbol === undefined ? [...venue.markets.keys()] : [symbol]
  const rates = { makerFeeRate: plain(account.makerRate), takerFeeRate: plain(account.takerRate) }
  return { category: "spot", list: symbols.map((one) => ({ symbol: one, baseCoin: "", ...rates })) }
}

/** GET /v5/asset/coin/query-info: every coin, on a chain of its own. */
export function coinInfo({ venue, input }: BybitAsk) {
  const wanted = input.text("coin")
  const coins = assetsOf(venue).filter((coin) => wanted === undefined || coin === wanted)
  return { rows: coins.map((coin) => ({ name: coin, coin, remainAmount: "0", chains: [chainOf(coin)] })) }
}

function chainOf(coin: string) {
  return {
    chain: coin,
    chainType: coin,
    confirmation: "1",
    withdrawFee: "0",
    depositMin: "0",
    withdrawMin: "0",
    minAccuracy: "8",
    chainDeposit: "1",
    chainWithdraw: "1",
    withdrawPercentageFee: "0",
    contractAddress: "",
    safeConfirmNumber: "1",
  }
}

function heldBy(account: Account): string[] {
  return [...account.balances].filter(([, { free, locked }]) => free + locked > 0n).map(([coin]) => coin)
}

function coinRow(venue: Venue, account: Account, coin: string) {
  const { free, locked } = balanceOf(account, coin)
  return {
    coin,
    equity: plain(free + locked),
    usdValue: plain(worthOf(venue, account, coin)),
    walletBalance: plain(free + locked),
    free: "",
    locked: plain(locked),
    spotHedgingQty: "0",
    borrowAmount: "0",
    availableToBorrow: "",
    availableToWithdraw: "",
    accruedInterest: "0",
    totalOrderIM: "0",
    totalPositionIM: "0",
    totalPositionMM: "0",
    unrealisedPnl: "0",
    cumRealisedPnl: "0",
    bonus: "0",
    marginCollateral: true,
    collateralSwitch: true,
    spotBorrow: "0",
  }
}

/** What an account's coins are worth in USDT; nothing where there is no such market. */
function worthOf(venue: Venue, account: Account, coin: string): Decimal {
  const { free, locked } = balanceOf(account, coin)
  const price = coin === "USDT" ? 100_000_000n : (venue.markets.get(`${coin}USDT`)?.lastPrice ?? 0n)
  return times(free + locked, price)
}
