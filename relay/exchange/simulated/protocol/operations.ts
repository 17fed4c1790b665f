import { acknowledgedOperations } from "./acknowledged-operations.ts"
import { accountOperations } from "./account-operations.ts"
import { cancelReplaceOperation } from "./cancel-replace-operation.ts"
import { listOperations } from "./list-operations.ts"
import { marketOperations } from "./market-operations.ts"
import { createOperation } from "../coinbase/create-operation.ts"
import type { Operation } from "./operation.ts"
import { orderOperations } from "./order-operations.ts"
import { sapiOperations } from "./sapi-operations.ts"
import { tickerOperations } from "./ticker-operations.ts"

/** Every request the exchange supports, by either protocol. */
export const operations: readonly Operation[] = [
  ...marketOperations,
  ...tickerOperations,
  ...orderOperations,
  cancelReplaceOperation,
  ...listOperations,
  ...accountOperations,
  ...sapiOperations,
  createOperation,
  ...acknowledgedOperations,
]

const byName = new Map(operations.map((operation) => [operation.name, operation]))

/** An operation by its WebSocket API method, or by its name in the event log. */
export function operationNamed(name: string): Operation | undefined {
  return byName.get(name)
}
