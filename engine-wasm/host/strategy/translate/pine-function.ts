import type { PineFunction } from "./pine-scope.ts"
import { topLevel, type ScriptLine, type ScriptToken } from "./script-token.ts"

/** The parameters of a function with their defaults, and its lines. */
export function functionOf(line: ScriptLine, tokens: ScriptToken[], arrow: number): PineFunction {
  const inside = tokens.slice(2, arrow - 1)
  const edges = [-1, ...topLevel(inside, ","), inside.length]
  const parameters = edges.slice(1).map((end, n) => {
    const words = inside.slice(edges[n] + 1, end)
    const [equals = words.length] = topLevel(words, "=")
    return { name: words[equals - 1]?.text ?? "", otherwise: words.slice(equals + 1) }
  })
  const behind = tokens.slice(arrow + 1)
  const body = behind.length === 0 ? line.block : [{ ...line, tokens: behind }]
  return { parameters: parameters.filter(({ name }) => name !== ""), body }
}
