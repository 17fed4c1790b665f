import { decimalFrom, decimalsIn, isPlainDecimal, type Decimal } from "../decimal.ts"
import { refuse } from "../refusal.ts"

const LEGAL_DECIMAL = "^([0-9]{1,20})(\\.[0-9]{1,20})?$"
const LEGAL_INTEGER = "^[0-9]{1,20}$"
const LEGAL_ID = "^[a-zA-Z0-9-_]{1,36}$"

/**
 * The parameters of one request, read one by one: every reader returns the value or refuses with Binance's code, and
 * whatever stays unread is refused too (-1104).
 */
export class Params {
  private readonly unread: Set<string>

  constructor(readonly all: Readonly<Record<string, string>>) {
    this.unread = new Set(Object.keys(all))
  }

  has(name: string): boolean {
    return this.all[name] !== undefined
  }

  /** The raw text, or undefined; an empty value is refused (-1105). */
  text(name: string): string | undefined {
    this.unread.delete(name)
    if (this.all[name] === "") refuse(-1105, `Parameter '${name}' was empty.`)
    return this.all[name]
  }

  /** The raw text; refused when missing (-1102). */
  required(name: string): string {
    return this.text(name) ?? refuse(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`)
  }

  decimal(name: string): Decimal | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    if (!isPlainDecimal(text)) refuse(-1100, illegal(name, LEGAL_DECIMAL))
    if (decimalsIn(text) > 8) refuse(-1111, `Parameter '${name}' has too much precision.`)
    return decimalFrom(text)
  }

  requiredDecimal(name: string): Decimal {
    this.required(name)
    return this.decimal(name)!
  }

  integer(name: string): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    if (!/^\d{1,20}$/.test(text)) refuse(-1100, illegal(name, LEGAL_INTEGER))
    return Number(text)
  }

  /** A client order id or list id: 1 to 36 of letters, digits, - and _. */
  clientId(name: string): string | undefined {
    const text = this.text(name)
    if (text !== undefined && !/^[a-zA-Z0-9-_]{1,36}$/.test(text)) refuse(-1100, illegal(name, LEGAL_ID))
    return text
  }

  flag(name: string): boolean | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    if (text !== "true" && text !== "false") refuse(-1100, illegal(name, "true|false"))
    return text === "true"
  }

  /** One of a fixed set; `code` and `message` replace the usual refusal. */
  oneOf<T extends string>(name: string, allowed: readonly T[], code: number, message: string): T | undefined {
    const text = this.text(name)
    if (text !== undefined && !(allowed as readonly string[]).includes(text)) refuse(code, message)
    return text as T | undefined
  }

  /** A JSON list of texts, as in symbols=["BTCUSDT"]. */
  list(name: string): string[] | undefined {
    const text = this.text(name)
    return text === undefined ? undefined : listFrom(name, text)
  }

  /** Refuses a parameter that has no meaning here (-1106). */
  forbid(name: string): void {
    if (this.has(name)) refuse(-1106, `Parameter '${name}' sent when not required.`)
  }

  /** Call this after reading everything, before any change. */
  finish(): void {
    const sent = Object.keys(this.all).length
    if (this.unread.size === 0) return
    refuse(
      -1104,
      `Not all sent parameters were read; read '${sent - this.unread.size}' parameter(s) but was sent '${sent}'.`,
    )
  }
}

function listFrom(name: string, text: string): string[] {
  try {
    const list: unknown = JSON.parse(text)
    if (Array.isArray(list) && list.every((entry) => typeof entry === "string")) return list
  } catch {
    // Falls through to the refusal: text that is not JSON and JSON that is not a list are the same mistake.
  }
  return refuse(-1100, illegal(name, '["A","B"]'))
}

function illegal(name: string, legal: string): string {
  return `Illegal characters found in parameter '${name}'; legal range is '${legal}'.`
}
