import { refuseArgument } from "./refused.ts"

/** The fields of a JSON object a client sent; whatever is not asked for is refused, numbers included where texts belong. */
export class SentFields {
  constructor(
    private readonly fields: Record<string, unknown>,
    private readonly place: string,
  ) {}

  /** Refuses every field but these. */
  only(names: readonly string[]): this {
    const stray = Object.keys(this.fields).find((name) => !names.includes(name))
    if (stray !== undefined) refuseArgument(`unknown field "${this.place}${stray}"`)
    return this
  }

  /** As they were sent. */
  raw(): Record<string, unknown> {
    return this.fields
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== null
  }

  text(name: string): string | undefined {
    const value = this.fields[name]
    if (value === undefined || value === null) return undefined
    return typeof value === "string" ? value : refuseArgument(`${this.place}${name} must be a string`)
  }

  required(name: string): string {
    return this.text(name) || refuseArgument(`${this.place}${name} is required`)
  }

  flag(name: string): boolean {
    const value = this.fields[name] ?? false
    return typeof value === "boolean" ? value : refuseArgument(`${this.place}${name} must be a boolean`)
  }

  texts(name: string): string[] {
    const value = this.fields[name]
    if (!Array.isArray(value) || !value.every((one) => typeof one === "string"))
      return refuseArgument(`${this.place}${name} must be a list of strings`)
    return value
  }

  object(name: string): SentFields | undefined {
    const value = this.fields[name]
    if (value === undefined || value === null) return undefined
    return isObject(value)
      ? new SentFields(value, `${this.place}${name}.`)
      : refuseArgument(`${this.place}${name} must be an object`)
  }

  names(): string[] {
    return Object.keys(this.fields).filter((name) => this.has(name))
  }
}

/** The fields of a request's body; refused when it is no JSON object. */
export function fieldsFrom(body: string): SentFields {
  try {
    const value: unknown = JSON.parse(body)
    if (isObject(value)) return new SentFields(value, "")
  } catch {
    // Text that is not JSON is refused like JSON that is no object.
  }
  return refuseArgument("the body must be a JSON object")
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
