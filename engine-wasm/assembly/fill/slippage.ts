import { setting } from "../account/account"
import { Setting } from "../account/setting"
import { decimal } from "../decimal"

/** Price moved against the trader by slippage: buying costs more, selling brings less. */
// @ts-ignore: decorator
@inline
export function slipped(price: f64, buying: bool): f64 {
  const rate = setting(Setting.slippageRate)
  return rate == 0 ? price : decimal(buying ? price * (1 + rate) : price * (1 - rate), price)
}
