import type { Gate, LeavingRequest } from "../exchange/gate.ts"
import type { KillSwitch } from "./kill-switch.ts"

/** What an approved order may be at most. */
export type Approval = {
  side: "buy" | "sell"
  market: string
  maxQuantity: number
  addsRisk: boolean
  /** Why it may not leave any more, asked when it leaves; undefined when it may. */
  whyNot?: () => string | undefined
}

/**
 * The last look before a request is signed: only orders that are on our disk leave, each once, none larger than it was
 * approved, and none that adds risk while the kill switch is on or its bot is paused (trust.md: I1, I2, I6, I9).
 */
export class LastLook {
  readonly #approved = new Map<string, Approval>()
  /** Stops that may be moved, once each, and how large they may be then. */
  readonly #moves = new Map<string, number>()

  constructor(private readonly killSwitch: Pick<KillSwitch, "isOn">) {}

  /** The order is on our disk and may leave, once. */
  approve(clientOrderId: string, approval: Approval): void {
    this.#approved.set(clientOrderId, approval)
  }

  /** A stop, by its number or our id, may be moved once. */
  approveMove(order: string, maxQuantity: number): void {
    this.#moves.set(order, maxQuantity)
  }

  /** It may not be moved any more. */
  forgetMove(order: string): void {
    this.#moves.delete(order)
  }

  /** It may not leave any more. */
  forget(clientOrderId: string): void {
    this.#approved.delete(clientOrderId)
  }

  readonly gate: Gate = (request) => {
    if (request.kind === "read" || request.kind === "cancel") return
    if (request.kind === "amend") return this.#letMove(request)
    const approval = this.#approved.get(request.clientOrderId)
    if (approval === undefined) throw new Error("no approved order has this id, or it has been sent already")
    this.#approved.delete(request.clientOrderId)
    refuseOther(request, approval)
    if (!approval.addsRisk) return
    const because = this.killSwitch.isOn ? "the kill switch is on" : approval.whyNot?.()
    if (because !== undefined) throw new Error(because)
  }

  #letMove({ order, quantity }: Extract<LeavingRequest, { kind: "amend" }>): void {
    const most = this.#moves.get(order)
    this.#moves.delete(order)
    if (most === undefined || Number(quantity ?? 0) > most) throw new Error("no stop was approved to be moved so")
  }
}

function refuseOther(request: Extract<LeavingRequest, { kind: "create" | "replace" }>, approval: Approval): void {
  const { market, side, quantity } = request
  const isSame = market === approval.market && side === approval.side
  if (!isSame || quantity === undefined || Number(quantity) > approval.maxQuantity)
    throw new Error("the order is not the one that was approved")
}
