import {
  chosenParams,
  paramPlaces,
  resolvedStrategy,
  type ParamValues,
  type ResolvedStrategy,
} from "../../strategy/document/strategy-document-params.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"

/** A document with its params' values in place of their names: one object for all combinations that need no other. */
export class DocumentNumbers {
  readonly #known = new Map<string, ResolvedStrategy | undefined>()
  readonly #names: string[]

  constructor(private readonly strategy: StrategyDocument) {
    this.#names = [...new Set(paramPlaces(strategy).map(({ name }) => name))]
  }

  /** Undefined where these values make a number of the document impossible. */
  of(params: ParamValues): ResolvedStrategy | undefined {
    const key = this.#names.map((name) => params[name]).join()
    if (!this.#known.has(key)) this.#known.set(key, this.#resolved(params))
    return this.#known.get(key)
  }

  #resolved(params: ParamValues): ResolvedStrategy | undefined {
    const chosen = chosenParams(this.strategy, params)
    return chosen.ok ? resolvedStrategy(this.strategy, chosen.values) : undefined
  }
}
