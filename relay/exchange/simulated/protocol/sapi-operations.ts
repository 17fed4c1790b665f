import { balanceOf } from "../account/account.ts"
import { assetsOf } from "./account-operations.ts"
import { formatDecimal as text } from "../decimal.ts"
import type { Call, Operation } from "./operation.ts"
import { refuse } from "../refusal.ts"

/** The few `/sapi` requests clients send on their own before they trade, and what a key may do. */
export const sapiOperations: Operation[] = [
  { name: "-coins", rest: "GET /sapi/v1/capital/config/getall", security: "signed", weight: 10, prepare: prepareCoins },
  {
    name: "-keyPermissions",
    rest: "GET /sapi/v1/account/apiRestrictions",
    security: "signed",
    weight: 1,
    prepare: prepareKeyPermissions,
  },
  { name: "-tradeFee", rest: "GET /sapi/v1/asset/tradeFee", security: "signed", weight: 1, prepare: prepareTradeFee },
  {
    name: "-systemStatus",
    rest: "GET /sapi/v1/system/status",
    security: "none",
    weight: 1,
    prepare: () => () => ({ status: 0, msg: "normal" }),
  },
  {
    name: "-bnbBurn",
    rest: "GET /sapi/v1/bnbBurn",
    security: "signed",
    weight: 1,
    prepare:
      ({ account }) =>
      () => ({ spotBNBBurn: account.paysFeesInBnb, interestBNBBurn: false }),
  },
  {
    name: "-setBnbBurn",
    rest: "POST /sapi/v1/bnbBurn",
    security: "signed",
    weight: 1,
    changes: true,
    prepare: prepareSetBnbBurn,
  },
  ...["margin/allPairs", "margin/isolated/allPairs"].map((path): Operation => ({
    name: `-${path}`,
    rest: `GET /sapi/v1/${path}`,
    security: "key",
    weight: 1,
    prepare: prepareNothing,
  })),
]

function prepareCoins({ venue, account }: Call) {
  return () =>
    assetsOf(venue).map((coin) => {
      const { free, locked } = balanceOf(account, coin)
      const network = {
        network: coin,
        coin,
        isDefault: true,
        depositEnable: true,
        withdrawEnable: true,
        withdrawFee: "0.00000000",
        withdrawMin: "0.00000001",
        withdrawMax: "1000000",
        withdrawIntegerMultiple: "0.00000001",
        name: coin,
        minConfirm: 1,
        unLockConfirm: 1,
        sameAddress: false,
        resetAddressStatus: false,
        addressRegex: "",
        memoRegex: "",
        specialTips: "",
        depositDesc: "",
        withdrawDesc: "",
      }
      const nothing = { freeze: "0", withdrawing: "0", ipoing: "0", ipoable: "0", storage: "0" }
      return {
        coin,
        name: coin,
        depositAllEnable: true,
        withdrawAllEnable: true,
        trading: true,
        isLegalMoney: false,
        free: text(free),
        locked: text(locked),
        ...nothing,
        networkList: [network],
      }
    })
}

function prepareKeyPermissions({ key, venue }: Call) {
  const { reading, trading, withdrawing } = key.permissions
  return () => ({
    ipRestrict: false,
    createTime: venue.options.startMs,
    enableReading: reading,
    enableSpotAndMarginTrading: trading,
    enableWithdrawals: withdrawing,
    enableInternalTransfer: false,
    enableMargin: false,
    enableFutures: false,
    permitsUniversalTransfer: false,
    enableVanillaOptions: false,
    enableFixApiTrade: false,
    enableFixReadOnly: false,
    enablePortfolioMarginTrading: false,
  })
}

function prepareTradeFee({ venue, account, params }: Call) {
  const symbol = params.text("symbol")
  const markets = symbol === undefined ? [...venue.markets.values()] : [venue.market(symbol)]
  return () =>
    markets.map(({ rules }) => ({
      symbol: rules.symbol,
      makerCommission: text(account.makerRate),
      takerCommission: text(account.takerRate),
    }))
}

function prepareSetBnbBurn({ account, params }: Call) {
  const burns =
    params.flag("spotBNBBurn") ??
    refuse(-1102, "Mandatory parameter 'spotBNBBurn' was not sent, was empty/null, or malformed.")
  params.flag("interestBNBBurn")
  return () => {
    account.paysFeesInBnb = burns
    return { spotBNBBurn: burns, interestBNBBurn: false }
  }
}

function prepareNothing({ params }: Call) {
  params.text("symbols")
  return () => []
}
