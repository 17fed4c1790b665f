import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { translateStrategy } from "./translate-strategy.ts"

const folder = new URL("../../../fixtures/scripts/", import.meta.url)
const scripts = readdirSync(folder).map((file) => ({ file, text: readFileSync(new URL(file, folder), "utf8") }))

/** Rows that trade nothing by their form: comments, imports, and what only gives a Python class its frame. */
const framing = /^\s*($|\/\/|#|import |from |return\b|pass\b|def |class |@|"""|if not self\.dp:|[)\]}]+\s*$)/
/** What a document says without being told: its timeframe is an hour. */
const standard = /^\s*timeframe = '1h'/

/** What a script becomes without its notes. */
function documentOf(lines: string[]): string {
  const found = translateStrategy(lines.join("\n"))
  if (!found.ok) return "none"
  return JSON.stringify([found.document, found.leftOut.some(({ why }) => why.startsWith("the other side has no stop"))])
}

const indentOf = (line: string) => /^ */.exec(line)![0].length

/** The row whose block this one stands in; a decorator above it counts with it. */
function isInsideNoted(lines: string[], at: number, isNoted: (at: number) => boolean): boolean {
  for (let above = at - 1, indent = indentOf(lines[at]); above >= 0 && indent > 0; above--) {
    if (lines[above].trim() === "" || indentOf(lines[above]) >= indent) continue
    indent = indentOf(lines[above])
    if (isNoted(above) || (/^\s*@/.test(lines[above - 1] ?? "") && isNoted(above - 1))) return true
  }
  return false
}

/** Whether every row below a condition is noted: then the condition decides nothing more. */
function opensNotedBlock(lines: string[], at: number, isNoted: (at: number) => boolean): boolean {
  const end = lines.findIndex((line, n) => n > at && line.trim() !== "" && indentOf(line) <= indentOf(lines[at]))
  const block = [...lines.keys()].filter((n) => n > at && (end === -1 || n < end) && lines[n].trim() !== "")
  return /^\s*(if|else|elif|for)\b/.test(lines[at]) && block.every(isNoted)
}

/** Whether only noted rows use the name or column this row sets: then it decides nothing more. */
function setsUnusedName(lines: string[], at: number, isNoted: (at: number) => boolean): boolean {
  const [, name] = /^\s*(?:[a-z]+\s+)*([A-Za-z_]\w*)\s*=[^=]/.exec(lines[at]) ?? []
  const [, column] = /^\s*\w+\[['"](\w+)['"]\]\s*=/.exec(lines[at]) ?? []
  const word = name ?? column
  return (
    word !== undefined && !lines.some((line, n) => n !== at && !isNoted(n) && new RegExp(`\\b${word}\\b`).test(line))
  )
}

/** A case of a setting that is kept at its default, which its own row says. */
function isOtherCase(lines: string[], at: number, notes: string[]): boolean {
  return /=>/.test(lines[at]) && notes.some((why) => why.startsWith("kept at"))
}

test.each(scripts)("every line of $file that decides a trade is in the document or noted", ({ text }) => {
  const lines = text.trimEnd().split("\n")
  const { notUnderstood, leftOut } = translateStrategy(text)
  const notes = [...notUnderstood, ...leftOut]
  const isNoted = (at: number) => notes.some(({ line }) => line === at + 1)
  const whys = notes.map(({ why }) => why)
  const whole = documentOf(lines)
  const lost = lines.flatMap((line, at) => {
    if (framing.test(line) || standard.test(line) || isNoted(at)) return []
    if (isInsideNoted(lines, at, isNoted) || opensNotedBlock(lines, at, isNoted)) return []
    if (setsUnusedName(lines, at, isNoted) || isOtherCase(lines, at, whys)) return []
    return documentOf(lines.toSpliced(at, 1)) === whole ? [`${at + 1}: ${line}`] : []
  })
  expect(lost).toEqual([])
})
