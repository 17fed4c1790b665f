import { type StoreFailure, storeFailure } from "./store-failure.ts"

/** Remembers whether the database took the last write: one that only reads still answers on a full disk. */
export class WriteWatch {
  #refused: StoreFailure | undefined

  /** Why the last write was not kept; undefined where it was. */
  get refused(): StoreFailure | undefined {
    return this.#refused
  }

  kept(): void {
    this.#refused = undefined
  }

  failed(error: unknown): void {
    const failure = storeFailure(error)
    // Another program that writes for a moment has refused nothing.
    if (failure !== undefined && failure.kind !== "busy") this.#refused = failure
  }
}

/** Notes something that a request does not need: where the store takes no writes, the request is answered all the same. */
export async function notedIfItCanBe(noting: Promise<unknown>): Promise<void> {
  await noting.catch((error: unknown) => {
    if (storeFailure(error) === undefined) throw error
  })
}
