import type { AccountSettings } from "../backtest-request.ts"
import { encodeProgram, latchCountOf } from "../engine/encode-program.ts"
import { encodeSettings } from "../engine/encode-settings.ts"
import { bytesOf } from "../engine/engine.ts"
import { renumbered } from "../../strategy/compile/compile-program.ts"
import type { Program } from "../../strategy/compile/program.ts"
import type { ResolvedStrategy } from "../../strategy/document/strategy-document-params.ts"
import type { SweptAnswers, SweptRules } from "./sweep-draft.ts"

type PartsOf = { program: Program; registerOf: (register: number) => number; extras: readonly string[] }

/** Where a combination's own settings and program are, in bytes from the first. */
export type SweepPlaces = { settingsAt: number; programAt: number }

/** Settings and programs of a sweep's combinations: each kept once, however many combinations have it. */
export class SweepParts {
  readonly #settings = new Parts()
  readonly #programs = new Parts()
  readonly #programOf = new Map<SweptAnswers, number>()
  /** Values that a combination's position programs latch, at most. */
  latches = 0

  constructor(
    private readonly plan: { account: AccountSettings; fromMs?: number },
    private readonly of: PartsOf,
  ) {}

  placesOf(rules: SweptRules, resolved: ResolvedStrategy): SweepPlaces {
    const { account, fromMs = -Infinity } = this.plan
    const settings = () => bytesOf(encodeSettings(resolved, account, fromMs))
    return {
      // Combinations that differ in nothing else share one object.
      settingsAt: this.#settings.place(resolved, settings),
      programAt: this.#programAt(rules),
    }
  }

  /** All combinations of a document have the same signals. */
  #programAt(rules: SweptRules): number {
    const known = this.#programOf.get(rules.answers)
    if (known !== undefined) return known
    const place = this.#programs.place(JSON.stringify(rules.answers), () => this.#encoded(rules))
    this.#programOf.set(rules.answers, place)
    return place
  }

  get settings(): Uint8Array {
    return this.#settings.bytes
  }

  get programs(): Uint8Array {
    return this.#programs.bytes
  }

  /** A program without instructions: what the broker reads are the shared columns, and the four signals behind them. */
  #encoded({ signals, answers }: SweptRules): Uint8Array {
    const { program, registerOf, extras } = this.of
    const first = program.registerCount
    const own: Program = {
      ...program,
      inputs: [],
      instructions: [],
      awaited: [],
      ...renumbered({ ...answers, signals: {}, named: [], conditions: [] }, registerOf),
      signals: {
        ...(signals.enterLong !== undefined && { enterLong: first }),
        ...(signals.exitLong !== undefined && { exitLong: first + 1 }),
        ...(signals.enterShort !== undefined && { enterShort: first + 2 }),
        ...(signals.exitShort !== undefined && { exitShort: first + 3 }),
      },
    }
    this.latches = Math.max(this.latches, latchCountOf(own))
    return encodeProgram(own, extras)
  }
}

/** Parts one after another, equal ones once. */
class Parts {
  readonly #places = new Map<unknown, number>()
  readonly #parts: Uint8Array[] = []
  #bytes = 0

  place(key: unknown, make: () => Uint8Array): number {
    const known = this.#places.get(key)
    if (known !== undefined) return known
    const at = this.#bytes
    const part = make()
    this.#places.set(key, at)
    this.#parts.push(part)
    this.#bytes += Math.ceil(part.length / 8) * 8
    return at
  }

  get bytes(): Uint8Array {
    const all = new Uint8Array(this.#bytes)
    let at = 0
    for (const part of this.#parts) {
      all.set(part, at)
      at += Math.ceil(part.length / 8) * 8
    }
    return all
  }
}
