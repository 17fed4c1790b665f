import { scriptLines, topLevel, type ScriptDialect, type ScriptLine } from "./script-token.ts"

/** A Python line continues only inside brackets (which the reader sees) or after a backslash (which it skips). */
const python: ScriptDialect = {
  comment: "#",
  hasLongTexts: true,
  continues: (_, before) => before.text.endsWith("\\"),
}

const opensBlock = new Set(["if", "elif", "else", "for", "while", "with", "try", "def", "class"])

/** A Python script, each statement as a line: `a = 1; b = 2` is two, and `if x: y = 1` has a block of one. */
export function pythonLines(text: string): ScriptLine[] {
  return scriptLines(text, python).flatMap(statementsOf)
}

function statementsOf(line: ScriptLine): ScriptLine[] {
  const [colon] = topLevel(line.tokens, ":")
  if (opensBlock.has(line.tokens[0].text) && colon !== undefined) {
    const behind = line.tokens.slice(colon + 1)
    const inline = behind.length > 0 ? piecesOf({ ...line, tokens: behind, block: [] }) : []
    return [
      { ...line, tokens: line.tokens.slice(0, colon + 1), block: [...inline, ...line.block.flatMap(statementsOf)] },
    ]
  }
  const pieces = piecesOf(line)
  const block = line.block.flatMap(statementsOf)
  return pieces.map((piece, n) => ({ ...piece, block: n === pieces.length - 1 ? block : [] }))
}

function piecesOf(line: ScriptLine): ScriptLine[] {
  const edges = [-1, ...topLevel(line.tokens, ";"), line.tokens.length]
  const pieces = edges.slice(1).map((end, n) => line.tokens.slice(edges[n] + 1, end))
  const said = pieces.filter(({ length }) => length > 0)
  return said.length > 0 ? said.map((tokens) => ({ ...line, tokens })) : [line]
}
