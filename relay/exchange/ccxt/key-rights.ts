import type { KeyPermissions } from "../exchange.ts"

/**
 * Where an exchange tells what a key may do, by ccxt's name of the request, and how to read it; `account` where another
 * answer tells whose it is, `onTestnet` whether its test network has the question too.
 */
export type KeyRights = {
  path: string
  from(answer: unknown): KeyPermissions
  account?: { path: string; from(answer: unknown): string | undefined }
  onTestnet: boolean
}

/** What is known of a key where the exchange does not say what it may do. */
export const unsaidRights: KeyPermissions = {
  reading: undefined,
  trading: undefined,
  withdrawing: undefined,
  isBoundToAddress: undefined,
  ofAccount: undefined,
}

export const binanceRights: KeyRights = {
  path: "sapiGetAccountApiRestrictions",
  from(answer) {
    const allowed = answer as Record<string, boolean>
    return {
      reading: allowed.enableReading,
      trading: allowed.enableSpotAndMarginTrading,
      withdrawing: allowed.enableWithdrawals || allowed.enableInternalTransfer || allowed.permitsUniversalTransfer,
      isBoundToAddress: allowed.ipRestrict,
      ofAccount: undefined,
    }
  },
  account: { path: "privateGetAccount", from: (answer) => nameIn((answer as { uid?: unknown }).uid) },
  onTestnet: false,
}

/** Rights of a Bybit key by which money can leave the account. */
const bybitTransfers = ["Withdraw", "AccountTransfer", "SubMemberTransfer", "SubMemberTransferList"]

/** Source: https://bybit-exchange.github.io/docs/v5/user/apikey-info */
export const bybitRights: KeyRights = {
  path: "privateGetV5UserQueryApi",
  from(answer) {
    const { result } = answer as {
      result: { readOnly: number | string; permissions: Record<string, string[]>; ips?: string[]; userID?: unknown }
    }
    const { permissions, ips = [] } = result
    return {
      reading: true,
      trading: Number(result.readOnly) === 0 && (permissions.Spot ?? []).includes("SpotTrade"),
      withdrawing: (permissions.Wallet ?? []).some((right) => bybitTransfers.includes(right)),
      isBoundToAddress: ips.length > 0 && !ips.includes("*"),
      ofAccount: nameIn(result.userID),
    }
  },
  onTestnet: true,
}

/**
 * A key opens one portfolio, which has coins of its own.
 * Source: https://docs.cdp.coinbase.com/advanced-trade/reference/retailbrokerageapi_getapikeypermissions
 */
export const coinbaseRights: KeyRights = {
  path: "v3PrivateGetBrokerageKeyPermissions",
  from(answer) {
    const { can_view, can_trade, can_transfer } = answer as Record<string, boolean | undefined>
    const ofAccount = nameIn((answer as { portfolio_uuid?: unknown }).portfolio_uuid)
    return { reading: can_view, trading: can_trade, withdrawing: can_transfer, isBoundToAddress: undefined, ofAccount }
  },
  onTestnet: true,
}

const LONGEST_NAME = 80

/** What an exchange calls an account, a number or a text; undefined where it names none. */
function nameIn(value: unknown): string | undefined {
  const text = typeof value === "number" || typeof value === "string" ? String(value) : ""
  return text === "" || text === "0" || text.length > LONGEST_NAME ? undefined : text
}
