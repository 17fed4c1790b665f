import { createRandom, type Random } from "../random.ts"

/** What happens to a request on its way: whether the exchange carries it out, and what its sender receives. */
export type RequestFault = {
  /** 2 carries it out twice (a retry somewhere on the way, F13). */
  runs: 0 | 1 | 2
  reply: "normal" | "hang" | "reset" | "truncated" | "empty" | "html" | "error"
  /** It arrives after the strike's delay, when its sender has long heard. */
  isLate?: true
  status?: number
  code?: number
  message?: string
}

const UNKNOWN = "Timeout waiting for response from backend server. Send status unknown; execution status unknown."
const UNEXPECTED = "An unexpected response was received from the message bus. Execution status unknown."

const NAMELESS = "An unknown error occurred while processing the request."

/** The request faults by their number in the fault list (docs/simulated-exchange.md describes each). */
export const requestFaults = {
  F01: { runs: 1, reply: "hang" },
  F02: { runs: 1, reply: "error", status: 503, code: -1007, message: UNKNOWN },
  F03: { runs: 1, reply: "error", status: 504, code: -1006, message: UNEXPECTED },
  F04: { runs: 0, reply: "error", status: 503, code: -1007, message: UNKNOWN },
  F04b: {
    runs: 0,
    reply: "error",
    status: 500,
    code: -1000,
    message: "An unknown error occurred while processing the request.",
  },
  F04c: {
    runs: 0,
    reply: "error",
    status: 500,
    code: -1001,
    message: "Internal error; unable to process your request. Please try again.",
  },
  F05: {
    runs: 0,
    reply: "error",
    status: 503,
    code: -1008,
    message: "Server is currently overloaded with other requests. Please try again in a few minutes.",
  },
  F06: { runs: 1, reply: "reset" },
  F06b: { runs: 1, reply: "reset", isLate: true },
  F07: { runs: 1, reply: "truncated" },
  F08: { runs: 1, reply: "html", status: 200 },
  F08b: { runs: 1, reply: "empty", status: 200 },
  F09: { runs: 0, reply: "html", status: 502 },
  F09b: { runs: 0, reply: "empty", status: 503 },
  F10: {
    runs: 0,
    reply: "error",
    status: 429,
    code: -1003,
    message:
      "Too much request weight used; current limit is 6000 request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.",
  },
  F10b: {
    runs: 0,
    reply: "error",
    status: 418,
    code: -1003,
    message:
      "Way too much request weight used; IP banned. Please use WebSocket Streams for live updates to avoid bans.",
  },
  F11: { runs: 0, reply: "html", status: 403 },
  F12: {
    runs: 0,
    reply: "error",
    status: 429,
    code: -1015,
    message: "Too many new orders; current limit is 50 orders per 10 SECOND.",
  },
  F13: { runs: 2, reply: "normal" },
  F14: { runs: 1, reply: "normal" },
  F15: { runs: 1, reply: "reset" },
  F16: { runs: 1, reply: "normal" },
  F17: { runs: 1, reply: "normal" },
  F18: { runs: 1, reply: "normal" },
  F22: {
    runs: 0,
    reply: "error",
    status: 400,
    code: -1021,
    message: "Timestamp for this request is outside of the recvWindow.",
  },
  F25: { runs: 0, reply: "error", status: 400, code: -1022, message: "Signature for this request is not valid." },
  // Acknowledged, and refused afterwards, where the language knows such an order.
  F90: { runs: 1, reply: "normal" },
  F85: { runs: 0, reply: "html", status: 503 },
  // Coinbase's own: an order shown as pending for a while; one that is refused without a reason, placed or not.
  F95: { runs: 1, reply: "normal" },
  F96: { runs: 1, reply: "error", status: 500, code: -1000, message: NAMELESS },
  F97: { runs: 0, reply: "error", status: 500, code: -1000, message: NAMELESS },
} as const satisfies Record<string, RequestFault>

export type RequestFaultName = keyof typeof requestFaults

/** When a fault strikes: on which operation ("order.place", "order.*", "*"), how often, and by what chance. */
export type FaultRule = {
  fault: RequestFaultName
  on: string
  /** Only the nth matching request, counted from 1. */
  nth?: number
  /** Chance per matching request, 1 when left out. */
  probability?: number
  /** Maximum number of strikes; 1 when left out. */
  times?: number
  /** For faults that take time: how long, in milliseconds. */
  delayMs?: number
}

export type Strike = RequestFault & { name: RequestFaultName; delayMs: number }

/** The ordered faults. Chance is seeded: the same rules and requests give the same strikes. */
export class FaultPlan {
  private rules: (FaultRule & { seen: number; struck: number })[] = []
  private readonly random: Random

  constructor(seed: string) {
    this.random = createRandom(`${seed}/faults`)
  }

  add(rule: FaultRule): void {
    this.rules.push({ ...rule, seen: 0, struck: 0 })
  }

  clear(): void {
    this.rules = []
  }

  list(): readonly FaultRule[] {
    return this.rules
  }

  /** The fault that strikes this request, if any; counts the request for every rule that fits. */
  strike(operation: string): Strike | undefined {
    let hit: (typeof this.rules)[number] | undefined
    for (const rule of this.rules) if (fits(rule.on, operation) && this.isDue(rule) && !hit) hit = rule
    if (!hit) return undefined
    hit.struck++
    return { ...requestFaults[hit.fault], name: hit.fault, delayMs: hit.delayMs ?? 1_000 }
  }

  private isDue(rule: FaultRule & { seen: number; struck: number }): boolean {
    rule.seen++
    if (rule.nth !== undefined) return rule.seen === rule.nth
    if (rule.struck >= (rule.times ?? 1)) return false
    return rule.probability === undefined || this.random.next() < rule.probability
  }
}

function fits(pattern: string, operation: string): boolean {
  return (
    pattern === "*" || pattern === operation || (pattern.endsWith("*") && operation.startsWith(pattern.slice(0, -1)))
  )
}
