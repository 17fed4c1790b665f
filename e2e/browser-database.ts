import type { Page } from "@playwright/test"

/**
 * How many downloads are unfinished in the browser's database. The screen shows it too, but not while it is still
 * loading.
 */
export async function openDownloads(page: Page): Promise<number> {
  return (await everythingIn<object>(page, "downloads")).length
}

/** How many runs it remembers. */
export async function rememberedRuns(page: Page): Promise<number> {
  return (await everythingIn<object>(page, "runs")).length
}

/** All rows of one table of the browser's database; packed numbers as a list. */
export function everythingIn<StoredRow>(page: Page, table: string): Promise<StoredRow[]> {
  return page.evaluate(async (name) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open("candlewright")
      opening.addEventListener("success", () => resolve(opening.result))
      opening.addEventListener("error", () => reject(opening.error ?? new Error("no database")))
    })
    const reading = database.transaction(name).objectStore(name).getAll()
    await new Promise((resolve) => reading.addEventListener("success", resolve))
    database.close()
    const rows = reading.result as { values?: Blob }[]
    return Promise.all(
      rows.map(async (row) => ({
        ...row,
        values: row.values && [...new Float64Array(await row.values.arrayBuffer())],
      })),
    )
  }, table) as Promise<StoredRow[]>
}
