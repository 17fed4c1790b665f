import type { KeyPermissions } from "../exchange.ts"

/** Where an exchange tells what a key may do, by ccxt's name of the request, and how to read it. */
export type KeyRights = { path: string; from(answer: unknown): KeyPermissions }

export const binanceRights: KeyRights = {
  path: "sapiGetAccountApiRestrictions",
  from(answer) {
    const allowed = answer as Record<string, boolean>
    return {
      reading: allowed.enableReading,
      trading: allowed.enableSpotAndMarginTrading,
      withdrawing: allowed.enableWithdrawals || allowed.enableInternalTransfer || allowed.permitsUniversalTransfer,
      isBoundToAddress: allowed.ipRestrict,
    }
  },
}

/** Rights of a Bybit key by which money can leave the account. */
const bybitTransfers = ["Withdraw", "AccountTransfer", "SubMemberTransfer", "SubMemberTransferList"]

/** Source: https://bybit-exchange.github.io/docs/v5/user/apikey-info */
export const bybitRights: KeyRights = {
  path: "privateGetV5UserQueryApi",
  from(answer) {
    const { result } = answer as {
      result: { readOnly: number | string; permissions: Record<string, string[]>; ips?: string[] }
    }
    const { permissions, ips = [] } = result
    return {
      reading: true,
      trading: Number(result.readOnly) === 0 && (permissions.Spot ?? []).includes("SpotTrade"),
      withdrawing: (permissions.Wallet ?? []).some((right) => bybitTransfers.includes(right)),
      isBoundToAddress: ips.length > 0 && !ips.includes("*"),
    }
  },
}

/** Source: https://docs.cdp.coinbase.com/advanced-trade/reference/retailbrokerageapi_getapikeypermissions */
export const coinbaseRights: KeyRights = {
  path: "v3PrivateGetBrokerageKeyPermissions",
  from(answer) {
    const { can_view, can_trade, can_transfer } = answer as Record<string, boolean | undefined>
    return { reading: can_view, trading: can_trade, withdrawing: can_transfer, isBoundToAddress: undefined }
  },
}
