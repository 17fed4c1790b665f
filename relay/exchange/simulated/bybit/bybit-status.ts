import { isConditional, type Order } from "../matching/order.ts"

/** An order's status in Bybit's words. */
export function statusOf(order: Order): string {
  if (order.status === "FILLED") return "Filled"
  if (order.status === "PARTIALLY_FILLED") return "PartiallyFilled"
  const isWaiting = isConditional(order.type) && !order.isWorking
  if (order.status === "NEW" || order.status === "PENDING_NEW") return isWaiting ? "Untriggered" : "New"
  if (order.executed > 0n) return "PartiallyFilledCanceled"
  if (order.expiryReason === "REJECTED") return "Rejected"
  return isWaiting ? "Deactivated" : "Cancelled"
}

/** Why an order ended, if by itself or by its owner. */
export function rejectReasonOf({ status, expiryReason }: Order): string {
  if (status === "CANCELED") return "EC_PerCancelRequest"
  if (status === "EXPIRED_IN_MATCH") return "EC_BySelfMatch"
  return expiryReason === undefined ? "EC_NoError" : reasons[expiryReason]
}

const reasons: Record<NonNullable<Order["expiryReason"]>, string> = {
  EXCHANGE_CANCELED: "EC_Others",
  OCO_TRIGGER: "EC_NoError",
  OTO_PHASE_ONE_EXPIRED: "EC_NoError",
  UNFILLED_IOC_QUANTITY_EXPIRED: "EC_CancelForNoFullFill",
  UNFILLED_FOK_ORDER_EXPIRED: "EC_NoEnoughQtyToFill",
  INSUFFICIENT_LIQUIDITY: "EC_NoImmediateQtyToFill",
  GOOD_TILL_DATE: "EC_Others",
  REJECTED: "EC_Others",
  WOULD_TAKE: "EC_PostOnlyWillTakeLiquidity",
  NO_FUNDS: "EC_Others",
}

/** Who or what cancelled an order. */
export function cancelTypeOf({ status, type, expiryReason }: Order): string {
  if (status === "CANCELED") return "CancelByUser"
  if (status === "EXPIRED_IN_MATCH") return "CancelBySmp"
  if (expiryReason === "EXCHANGE_CANCELED") return "CancelByAdmin"
  if (expiryReason !== "OCO_TRIGGER") return "UNKNOWN"
  return type.startsWith("STOP_LOSS") ? "CancelByOCOSlCanceledByTpTriggered" : "CancelByOCOTpCanceledBySlTriggered"
}
