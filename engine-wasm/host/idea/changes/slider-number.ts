import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { textAt, withValueAt } from "../../strategy/edit/document-path.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Amount } from "../reading/amount.ts"
import type { Chunk } from "../reading/chunk.ts"
import { folded } from "../words/folded-text.ts"
import { chunksIn, type Clause, clausesOf } from "./clause.ts"
import type { MovedNumber } from "./moved-number.ts"
import { withParamAt } from "./set-number.ts"

/** A number of the strategy with the words it is known by: a slider, or the one number of a series. */
type NamedNumber = { words: string[]; change: (document: WrittenStrategy, value: number) => WrittenStrategy }

type AmountChunk = Chunk & Amount
const units = ["plain", "length", "candles", "times"]
const ofOthers =
  /\b(?:when|if|above|below|cross\w*|over|under|by|between|stop\w*|target|profit|trail\w*|risk\w*|size|position\w*|wenn|cuando|si|quand|quando|se)\b|[-=]>|止|仓/

/** "Fast 10, slow 50", "raise the long average to 300", "2.5 deviations": numbers by the names the sliders have. */
export function takeSliderNumbers(
  say: string,
  chunks: readonly Chunk[],
  draft: IdeaDraft,
  given: WrittenStrategy,
): MovedNumber[] {
  const named = given.code ? [] : namedNumbers(given)
  return clausesOf(say).flatMap((clause) => {
    if (ofOthers.test(clause.text)) return []
    const said = chunksIn(clause, chunks)
    const found = numbersIn(clause, said, named)
    if (!found) return []
    draft.understand(said, "enter", clause.text)
    return found.map(({ number, value }): MovedNumber => ({ change: (document) => number.change(document, value) }))
  })
}

/** Each number of the clause with what it is named; undefined where one of them is not named by anything. */
function numbersIn(clause: Clause, said: readonly Chunk[], named: readonly NamedNumber[]) {
  const amounts = said.filter((chunk): chunk is AmountChunk => chunk.kind === "amount")
  const lengths = said.flatMap((chunk) => (chunk.kind === "operand" ? chunk.operands[0].numbers : []))
  if (amounts.length + lengths.length === 0 || amounts.some((amount) => !units.includes(amount.unit) || amount.list))
    return
  const values = [...clause.text.matchAll(/\d+(?:[.,]\d+)?/g)]
  const found = values.map(({ 0: written, index }, n) => {
    const before = clause.text.slice(n === 0 ? 0 : values[n - 1].index + values[n - 1][0].length, index)
    const after = clause.text.slice(index + written.length, values[n + 1]?.index)
    const number = bestOf(before, named) ?? bestOf(after, named)
    return number && { number, value: Number(written.replace(",", ".")) }
  })
  return found.every((each) => each !== undefined) ? found : undefined
}

/** The number whose name has the most of these words; undefined where two have as many. */
function bestOf(text: string, named: readonly NamedNumber[]): NamedNumber | undefined {
  const words = wordsOf(text)
  const scored = named.map((number) => ({ number, score: words.filter((word) => isOneOf(word, number.words)).length }))
  const most = Math.max(0, ...scored.map(({ score }) => score))
  const best = scored.filter(({ score }) => score === most)
  return most > 0 && best.length === 1 ? best[0].number : undefined
}

/** "Multiplier" is "multiple": words that begin alike are one. */
function isOneOf(word: string, names: readonly string[]): boolean {
  return names.some(
    (name) => name === word || (Math.min(name.length, word.length) >= 5 && name.slice(0, 5) === word.slice(0, 5)),
  )
}

const common = new Set(
  "the and for set use make change raise lower increase reduce one than with limit only new number".split(" "),
)

function wordsOf(text: string): string[] {
  return (folded(text).match(/[a-z]{3,}/g) ?? []).filter((word) => !common.has(word))
}

function namedNumbers(given: WrittenStrategy): NamedNumber[] {
  const sliders = Object.entries(given.params ?? {}).flatMap(([name, param]): NamedNumber[] =>
    param.type === "bool"
      ? []
      : [
          {
            words: wordsOf(`${name} ${param.label ?? ""}`),
            change: (document, value) => withParamAt(document, name, value),
          },
        ],
  )
  const series = Object.entries(given.series ?? {}).flatMap(([name, text]): NamedNumber[] => {
    const numbers = [...text.matchAll(/(?<![\w.@[])\d+(?:\.\d+)?(?!\w)/g)]
    if (numbers.length !== 1) return []
    const change = (document: WrittenStrategy, value: number) =>
      withValueAt(document, ["series", name], textAt(document, ["series", name]).replace(numbers[0][0], String(value)))
    return [{ words: wordsOf(`${name} ${/\b[se]ma\(/.test(text) ? "average" : ""}`), change }]
  })
  return [...sliders, ...series]
}
