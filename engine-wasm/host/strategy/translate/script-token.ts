import { SCRIPT_LIMITS } from "./script-limits.ts"

/** One word of a script. `indent` is the spaces before the first word of a line; `line` counts from 1. */
export type ScriptToken = {
  kind: "number" | "text" | "name" | "operator"
  text: string
  line: number
}

/** A logical line: its words, where it begins, and the lines indented below it. */
export type ScriptLine = {
  line: number
  text: string
  indent: number
  tokens: ScriptToken[]
  block: ScriptLine[]
}

/** What a language has of its own. */
export type ScriptDialect = {
  comment: string
  /** Whether a text in three quotes spans rows. */
  hasLongTexts: boolean
  /** Whether a line with this indentation continues the line before it. */
  continues: (indent: number, before: ScriptLine, first: ScriptToken) => boolean
}

const word =
  /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|#[0-9A-Fa-f]{6,8}\b|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|:=|=>|->|==|!=|<=|>=|\*\*|[+\-*/%]=|[-+*/%<>=?:,.()[\]{}&|~@!]|./uy

/**
 * The script as a tree of logical lines. A character outside any word becomes a word of its own, which no grammar
 * accepts.
 */
export function scriptLines(text: string, dialect: ScriptDialect): ScriptLine[] {
  const flat: ScriptLine[] = []
  const rows = text.split(/\r\n?|\n/)
  let open = 0
  for (let at = 0; at < rows.length; at++) {
    const start = at
    const row = dialect.hasLongTexts ? wholeText(rows, at) : rows[at]
    at += row.split("\n").length - 1
    const tokens = tokensOf(row, start + 1, dialect)
    if (tokens.length === 0) continue
    const before = flat.at(-1)
    const indent = indentOf(row)
    if (before && (open > 0 || dialect.continues(indent, before, tokens[0]))) {
      before.tokens.push(...tokens)
      before.text += ` ${row.trim()}`
    } else
      flat.push({
        line: start + 1,
        text: row.trim(),
        indent,
        tokens,
        block: [],
      })
    open = Math.max(0, open + bracketsOf(tokens))
  }
  return nested(flat)
}

const longText = /#.*$|"""[\s\S]*?("""|$)|'''[\s\S]*?('''|$)|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g

/** A text over several rows (Python's triple quotes) belongs to the row it begins in; one never closed ends with its row. */
function wholeText(rows: string[], at: number): string {
  const parts = [rows[at]]
  for (let quotes = openQuotes(rows[at]); quotes !== undefined; quotes = openQuotes(quotes + parts.at(-1)!)) {
    do {
      if (at + parts.length >= rows.length) return rows[at]
      parts.push(rows[at + parts.length])
    } while (!parts.at(-1)!.includes(quotes))
  }
  return parts.join("\n")
}

/** The three quotes that are still open where the row ends. */
function openQuotes(row: string): string | undefined {
  for (const [text, double, single] of row.matchAll(longText)) {
    if ((double === "" && text.length >= 3) || (single === "" && text.length >= 3)) return text.slice(0, 3)
  }
  return undefined
}

function tokensOf(row: string, line: number, { comment }: ScriptDialect): ScriptToken[] {
  const tokens: ScriptToken[] = []
  for (let at = 0; at < row.length;) {
    if (/\s/.test(row[at]) || row[at] === "\\") at++
    else if (row.startsWith(comment, at)) return tokens
    else {
      word.lastIndex = at
      const found = word.exec(row)?.[0] ?? row[at]
      tokens.push(tokenOf(found, line))
      at += found.length
    }
  }
  return tokens
}

function tokenOf(found: string, line: number): ScriptToken {
  if (/^["']/.test(found)) return { kind: "text", text: unquoted(found), line }
  if (found.startsWith("#")) return { kind: "text", text: found, line }
  if (/^[A-Za-z_]/.test(found)) return { kind: "name", text: found, line }
  if (/^\.?\d/.test(found)) return { kind: "number", text: found.replaceAll("_", ""), line }
  return { kind: "operator", text: found, line }
}

function unquoted(text: string): string {
  const quotes = /^("""|''')/.test(text) ? 3 : 1
  return text.slice(quotes, -quotes).replaceAll(/\\(.)/g, "$1")
}

function indentOf(row: string): number {
  const space = /^[ \t]*/.exec(row)![0]
  return space.length + 3 * (space.split("\t").length - 1)
}

function bracketsOf(tokens: ScriptToken[]): number {
  const worth = (text: string) => ("([{".includes(text) ? 1 : ")]}".includes(text) ? -1 : 0)
  return tokens.reduce((sum, { kind, text }) => sum + (kind === "operator" ? worth(text) : 0), 0)
}

function nested(flat: ScriptLine[]): ScriptLine[] {
  const root: ScriptLine[] = []
  const open: ScriptLine[] = []
  for (const line of flat) {
    while (open.length >= SCRIPT_LIMITS.depth || (open.length > 0 && open.at(-1)!.indent >= line.indent)) open.pop()
    ;(open.at(-1)?.block ?? root).push(line)
    open.push(line)
  }
  return root
}

/** The line and all below it, for counting or marking them. */
export function* withBlock(line: ScriptLine): Generator<ScriptLine> {
  yield line
  for (const one of line.block) yield* withBlock(one)
}

/** The places of an operator outside all brackets. */
export function topLevel(tokens: ScriptToken[], ...operators: string[]): number[] {
  let depth = 0
  return tokens.flatMap((token, n) => {
    depth += bracketsOf([token])
    return depth === 0 && token.kind === "operator" && operators.includes(token.text) ? [n] : []
  })
}
