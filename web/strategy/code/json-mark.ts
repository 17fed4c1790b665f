import { type CodeDiagnostic, type StrategyProblem } from "#engine/strategy"

/** A document's problem at its place in the JSON text, in words. */
export function markOf(text: string, { path, because, character, line }: StrategyProblem): CodeDiagnostic {
  const isSyntax = line !== undefined && character !== undefined
  const place = isSyntax ? { start: character, end: character + 1 } : placeInJson(text, path)
  const words = because.replace(/^line \d+, character \d+: /, "")
  const before = text.slice(0, place.start)
  return {
    ...place,
    message: path === "" ? words : `${path}: ${words}`,
    isError: true,
    line: before.split("\n").length,
    column: place.start - before.lastIndexOf("\n"),
  }
}

const token = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** Where `long.enter.all[1]` is written in a sound JSON text: its name, or an entry of a list; or the part around it. */
function placeInJson(text: string, path: string): { start: number; end: number } {
  const wanted = path.match(/[^.[\]]+/g) ?? []
  let found = { start: 0, end: 1, depth: 0 }
  const here: (string | number)[] = []
  let isName = false
  for (const { 0: word, index } of text.matchAll(token)) {
    const last = here.length - 1
    if (word === "}" || word === "]") here.pop()
    else if (word === "," && typeof here[last] === "number") here[last]++
    else if (word === "," || word === ":") isName = word === "," && typeof here[last] === "string"
    else {
      if (isName) here[last] = JSON.parse(word) as string
      const isHere = here.length > found.depth && here.every((name, n) => String(name) === wanted[n])
      if (isHere) found = { start: index, end: index + word.length, depth: here.length }
      isName = word === "{"
      if (word === "{") here.push("")
      if (word === "[") here.push(0)
    }
  }
  return { start: found.start, end: found.end }
}
