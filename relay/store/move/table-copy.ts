import { createHash } from "node:crypto"
import { type Kysely, sql, type Transaction } from "kysely"

/** So many rows are read at a time, and so many values written: PostgreSQL takes 65,535 parameters in a statement. */
const BATCH_ROWS = 500
const BATCH_VALUES = 60_000
const DIGEST_BYTES = 32

type Row = Record<string, unknown>
type Tables = Record<string, Row>
/** What a table held: its rows, and a digest of them in any order. */
export type TableSum = { rows: number; digest: string }

/** The tables of an embedded database with rows worth moving: parents before those that refer to them. */
export async function tablesOf(from: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string; parents: number }>`
    select name, (select count(*) from pragma_foreign_key_list(name)) as parents from sqlite_master
    where type = 'table' and name not like 'sqlite_%' and name not like '%migration%' order by parents, name`.execute(
    from,
  )
  return rows.map(({ name }) => name)
}

/** Copies a table's rows from an embedded database, and says what they were. */
export async function copyTable(from: Kysely<Tables>, to: Transaction<Tables>, table: string): Promise<TableSum> {
  const sum = new RowSum()
  for await (const rows of batchesOf(from, table, embeddedPlace)) {
    const width = Object.keys(rows[0]).length
    const most = Math.max(1, Math.floor(BATCH_VALUES / width))
    for (let at = 0; at < rows.length; at += most)
      await to
        .insertInto(table)
        .values(rows.slice(at, at + most))
        .execute()
    sum.add(rows)
  }
  return sum.found()
}

/** What a table of a PostgreSQL holds. */
export async function sumOnServer(to: Transaction<Tables>, table: string): Promise<TableSum> {
  const sum = new RowSum()
  for await (const rows of batchesOf(to, table, serverPlace)) sum.add(rows)
  return sum.found()
}

/** Where a row stands, in the words of each database: rows are read on from the last one's place. */
type Place = { column: string; first: string; type: string }
const embeddedPlace: Place = { column: "rowid", first: "-1", type: "integer" }
const serverPlace: Place = { column: "ctid", first: "(0,0)", type: "tid" }

async function* batchesOf(database: Kysely<Tables>, table: string, place: Place): AsyncGenerator<Row[]> {
  const [column, type] = [sql.raw(place.column), sql.raw(place.type)]
  for (let after = place.first; ;) {
    const { rows } = await sql<Row>`
      select cast(${column} as text) as row_place, ${sql.table(table)}.* from ${sql.table(table)}
      where ${column} > cast(${after} as ${type}) order by ${column} limit ${BATCH_ROWS}`.execute(database)
    if (rows.length === 0) return
    after = rows.at(-1)!.row_place as string
    yield rows.map(cellsOf)
  }
}

/** A row without its place; libSQL's driver hands bytes over as an ArrayBuffer. */
function cellsOf(row: Row): Row {
  const cells = Object.entries(row).filter(([name]) => name !== "row_place")
  return Object.fromEntries(
    cells.map(([name, value]) => [name, value instanceof ArrayBuffer ? Buffer.from(value) : value]),
  )
}

/** A digest of rows in any order: the databases hand them over in their own. */
class RowSum {
  #rows = 0
  readonly #digest = Buffer.alloc(DIGEST_BYTES)

  add(rows: readonly Row[]): void {
    for (const row of rows) {
      this.#rows++
      const own = createHash("sha256").update(textOf(row)).digest()
      own.forEach((byte, n) => (this.#digest[n] ^= byte))
    }
  }

  found(): TableSum {
    return { rows: this.#rows, digest: this.#digest.toString("hex") }
  }
}

function textOf(row: Row): string {
  const cells = Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify(cells.map(([name, value]) => [name, value instanceof Uint8Array ? hexOf(value) : value]))
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex")
}
