import { readFileSync } from "node:fs"
import { basename } from "node:path"
import { deserialize, serialize } from "node:v8"
import { isOpen, type Order } from "../matching/order.ts"
import type { OrderList } from "../matching/order-lists.ts"
import type { Venue } from "../venue.ts"
import { RecordFile } from "./record-file.ts"
import { recordsIn } from "./record.ts"

/** Orders and lists in one record. */
const AT_ONCE = 2_000
const SALT = "ended orders"

/** Orders and lists that will not change any more. */
export type Ended = { orders: Order[]; lists: OrderList[] }

/** The file of ended orders: each is written once, when it has ended. */
export class OrderHistory {
  private readonly orders = new Set<number>()
  private readonly lists = new Set<number>()
  private readonly file: RecordFile
  /** Orders in the file, those included that the exchange has forgotten since. */
  written = 0

  /** Continues a file after its first `bytes`; 0 begins it. */
  constructor(
    readonly path: string,
    bytes: number,
    ended: Ended = { orders: [], lists: [] },
  ) {
    this.file = new RecordFile(path, SALT, bytes)
    this.note(ended)
  }

  get name(): string {
    return basename(this.path)
  }

  get bytes(): number {
    return this.file.bytes
  }

  /** Writes what has ended since the last time. */
  catchUp(venue: Venue): void {
    const orders = [...venue.orders.values()].filter((order) => !this.orders.has(order.orderId) && !isOpen(order))
    const lists = [...venue.lists.values()].filter((list) => !this.hasList(list) && list.orderStatus === "ALL_DONE")
    for (let from = 0; from < Math.max(orders.length, lists.length); from += AT_ONCE) {
      const part = { orders: orders.slice(from, from + AT_ONCE), lists: lists.slice(from, from + AT_ONCE) }
      this.file.append(serialize(part))
      this.note(part)
    }
  }

  hasList(list: OrderList): boolean {
    return this.lists.has(list.listId)
  }

  close(): void {
    this.file.close()
  }

  private note({ orders, lists }: Ended): void {
    for (const { orderId } of orders) this.orders.add(orderId)
    for (const { listId } of lists) this.lists.add(listId)
    this.written += orders.length
  }
}

/** The orders and lists in the first `bytes` of a history file; throws a sentence when they are damaged. */
export function endedIn(path: string, bytes: number): Ended {
  const { contents, goodBytes } = recordsIn(readFileSync(path).subarray(0, bytes), SALT)
  if (goodBytes !== bytes) throw new Error("its ended orders are damaged")
  const parts = contents.map((content) => deserialize(content) as Ended)
  return { orders: parts.flatMap(({ orders }) => orders), lists: parts.flatMap(({ lists }) => lists) }
}
