import type { TestProject } from "vitest/node"
import { privatePostgres, withoutPostgres } from "./private-postgres.ts"

/** One PostgreSQL for a whole run of tests (`npm run test:postgres`). */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await privatePostgres()
  if (postgres === undefined) throw new Error(withoutPostgres)
  project.provide("postgresAddress", postgres.address("postgres"))
  return () => postgres.remove()
}

declare module "vitest" {
  interface ProvidedContext {
    postgresAddress: string
  }
}
