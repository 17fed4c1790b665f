import { readFileSync } from "node:fs"
import { plainText } from "#engine/candles"
import { diskFailure } from "./disk-failure.ts"

type Environment = Partial<Record<"DATABASE_URL" | "DATABASE_URL_FILE", string>>

/**
 * The address of the PostgreSQL that the environment names, or has in a file as containers keep secrets; undefined
 * for the embedded database. Throws a sentence where the file cannot be read.
 */
export function databaseAddress(environment: Environment = process.env): string | undefined {
  const { DATABASE_URL: address, DATABASE_URL_FILE: file } = environment
  if (address && file)
    throw new Error("DATABASE_URL and DATABASE_URL_FILE both name a database. Leave one of them out.")
  return address || (file ? addressIn(file) : undefined)
}

function addressIn(file: string): string {
  const address = readWhole(file).trim()
  if (address !== "") return address
  throw new Error(`The file in DATABASE_URL_FILE, ${plainText(file, 200)}, is empty. It holds the database's address.`)
}

function readWhole(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    const why = diskFailure(error, file) ?? `${plainText(file, 200)} cannot be read.`
    throw new Error(`The file in DATABASE_URL_FILE does not open: ${why}`, { cause: error })
  }
}
