import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SelectQueryNode,
  type TransactionSettings,
} from "kysely"
import { refuseUnsafe, type Unsafe } from "./bound-value.ts"
import type { WriteWatch } from "./write-watch.ts"

/** How a dialect's transactions begin and end where its own statements will not do. */
export type TransactionControl = { isOpen(): boolean; begin(): Promise<void>; commit(): void; rollback(): void }

export type DialectGuard = {
  /** What no parameter may be. */
  unsafe: Unsafe
  /** With it, a statement that writes outside a transaction gets one of its own. */
  control?: TransactionControl
  /** Hears of every write whether it was kept. */
  writes?: WriteWatch
}

/** `dialect` with every parameter checked before it reaches the driver. */
export function guardedDialect(dialect: Dialect, guard: DialectGuard): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (database) => dialect.createIntrospector(database),
    createDriver: () => new GuardedDriver(dialect.createDriver(), guard),
  }
}

class GuardedDriver implements Driver {
  readonly #guarded = new WeakMap<DatabaseConnection, GuardedConnection>()

  constructor(
    private readonly driver: Driver,
    private readonly guard: DialectGuard,
  ) {}

  init(): Promise<void> {
    return this.driver.init()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const own = await this.driver.acquireConnection()
    const guarded = this.#guarded.get(own) ?? new GuardedConnection(own, this.guard)
    this.#guarded.set(own, guarded)
    return guarded
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const guarded = connection as GuardedConnection
    await this.#heard(async () => this.guard.control?.begin() ?? this.driver.beginTransaction(guarded.own, settings))
    guarded.transaction = { hasWritten: false }
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const guarded = connection as GuardedConnection
    await this.#heard(async () =>
      this.guard.control ? this.guard.control.commit() : this.driver.commitTransaction(guarded.own),
    )
    if (guarded.transaction?.hasWritten) this.guard.writes?.kept()
    guarded.transaction = undefined
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    const guarded = connection as GuardedConnection
    guarded.transaction = undefined
    if (this.guard.control) this.guard.control.rollback()
    // A lost connection has ended the transaction already; the failure that led here is the one to tell.
    else await this.driver.rollbackTransaction(guarded.own).catch(() => {})
  }

  /** A step of a transaction; one that fails is a write that was not kept. */
  async #heard(step: () => Promise<void>): Promise<void> {
    await step().catch((error: unknown) => {
      this.guard.writes?.failed(error)
      throw error
    })
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.driver.releaseConnection((connection as GuardedConnection).own)
  }

  destroy(): Promise<void> {
    return this.driver.destroy()
  }
}

class GuardedConnection implements DatabaseConnection {
  /** The one that is under way. */
  transaction: { hasWritten: boolean } | undefined

  constructor(
    readonly own: DatabaseConnection,
    private readonly guard: DialectGuard,
  ) {}

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    refuseUnsafe(query, this.guard.unsafe)
    if (isRead(query)) return this.own.executeQuery<Row>(query)
    try {
      const result = await this.#write<Row>(query)
      if (this.transaction) this.transaction.hasWritten = true
      else this.guard.writes?.kept()
      return result
    } catch (error) {
      this.guard.writes?.failed(error)
      throw error
    }
  }

  async #write<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { control } = this.guard
    if (control === undefined || control.isOpen()) return this.own.executeQuery<Row>(query)
    await control.begin()
    try {
      const result = await this.own.executeQuery<Row>(query)
      control.commit()
      return result
    } catch (error) {
      control.rollback()
      throw error
    }
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<Row>> {
    refuseUnsafe(query, this.guard.unsafe)
    return this.own.streamQuery<Row>(query, chunkSize)
  }
}

function isRead({ query, sql }: CompiledQuery): boolean {
  return SelectQueryNode.is(query) || /^\s*(select|pragma)\b/i.test(sql)
}
