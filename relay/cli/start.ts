#!/usr/bin/env node
import { diskFailure } from "../store/disk-failure.ts"
import { isThereAfterAll } from "./absent-package.ts"
import { killAlone } from "./owner/kill-alone.ts"

// Built beside it, `commands.mjs` is relay/cli/main.ts. This file reads no package, so it can say in a sentence why the rest
// cannot be read, and stop all bots whether or not it can.
const [first, ...words] = process.argv.slice(2)
try {
  if (first === "kill") process.exitCode = await killAlone(words)
  else await import(new URL("./commands.mjs", import.meta.url).href)
} catch (error) {
  process.stderr.write(`${sentenceOf(error as NodeJS.ErrnoException)}\n`)
  process.exitCode = 1
}

function sentenceOf(error: NodeJS.ErrnoException): string {
  const because = diskFailure(error, error.path ?? "its program")
  if (because !== undefined) return `Candlewright cannot start: ${because}`
  if (error.code === "ERR_MODULE_NOT_FOUND" && isThereAfterAll(error))
    return `Candlewright cannot start: ${diskFailure({ code: "EMFILE" }, "a package it needs")}`
  if (error.code === "ERR_MODULE_NOT_FOUND")
    return 'Candlewright cannot start: a package it needs is missing. Run "npm ci" in its folder and start again.'
  throw error
}
