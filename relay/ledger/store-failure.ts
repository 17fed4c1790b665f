import { storeFailure } from "../store/store-failure.ts"

/** Whether an error says that the store cannot be read or written now: not a bug of ours. */
export function isStoreFailure(error: unknown): boolean {
  return storeFailure(error) !== undefined
}

/** The same as a sentence for the person; undefined for any other error. */
export function storeFailureWords(error: unknown): string | undefined {
  return storeFailure(error)?.message
}
