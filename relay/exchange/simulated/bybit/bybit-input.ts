import { type Decimal, decimalFrom, decimalsIn, isPlainDecimal } from "../decimal.ts"
import { refuseAs } from "./bybit-refusals.ts"

/** What a request sends, as texts: the query of a GET, the JSON body of a POST. An empty text was not sent. */
export class BybitInput {
  constructor(readonly all: Readonly<Record<string, string>>) {}

  text(name: string): string | undefined {
    const text = this.all[name]
    return text === "" ? undefined : text
  }

  required(name: string): string {
    return this.text(name) ?? refuseAs(10001, `params error: ${name} is missing`)
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const text = this.text(name)
    if (text === undefined || (allowed as readonly string[]).includes(text)) return text as T | undefined
    return refuseAs(10001, `params error: ${name} invalid`)
  }

  /** A whole number that is not negative. */
  integer(name: string): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    return /^\d{1,15}$/.test(text) ? Number(text) : refuseAs(10001, `params error: ${name} invalid`)
  }

  /** How many rows are wanted; more than the most are cut to it. */
  limit(usual: number, most: number): number {
    return Math.min(Math.max(this.integer("limit") ?? usual, 1), most)
  }

  /** A decimal as text, checked for its letters only. */
  decimal(name: string): string | undefined {
    const text = this.text(name)
    if (text === undefined || isPlainDecimal(text)) return text
    return refuseAs(10001, `params error: ${name} invalid`)
  }

  /** Spot is all there is. */
  checkCategory(): void {
    if (this.text("category") !== "spot") refuseAs(10001, "params error: Category is invalid")
  }
}

/** The parameters of a request; undefined when its body is no JSON object of texts, numbers and truths. */
export function bybitInputFrom({ method, query, body }: { method: string; query: string; body: string }) {
  return method === "GET" ? new BybitInput(Object.fromEntries(new URLSearchParams(query))) : inputFromBody(body)
}

function inputFromBody(body: string): BybitInput | undefined {
  const parsed = parsedOrUndefined(body)
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined
  const sent = Object.entries(parsed).filter(([, value]) => value !== null)
  if (sent.some(([, value]) => typeof value === "object")) return undefined
  return new BybitInput(Object.fromEntries(sent.map(([name, value]) => [name, textOf(value)])))
}

/** A number as its decimals say it, without an exponent. */
function textOf(value: unknown): string {
  if (typeof value !== "number") return String(value)
  return /e/.test(String(value)) ? value.toFixed(20).replace(/\.?0+$/, "") : String(value)
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An amount that fits the exchange's own precision; finer ones are refused with `code`. */
export function amountFrom(text: string, code: 170134 | 170137 | 170148): Decimal {
  return decimalsIn(text) > 8 ? refuseAs(code) : decimalFrom(text)
}
