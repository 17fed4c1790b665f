import { AsyncLocalStorage } from "node:async_hooks"

const ids = new AsyncLocalStorage<string>()

/** Runs what a request leads to; whatever it waits for knows the request by its id. */
export function withinRequest<Result>(id: string, act: () => Result): Result {
  return ids.run(id, act)
}

/** The id of the request that this is done for; undefined for what a bot or a timer does. */
export function currentRequestId(): string | undefined {
  return ids.getStore()
}
