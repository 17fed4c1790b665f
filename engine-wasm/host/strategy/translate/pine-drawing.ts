import { withBlock, type ScriptLine, type ScriptToken } from "./script-token.ts"
import type { TranslationNotes } from "./translation.ts"

/** Calls that draw, warn or colour: they trade nothing. */
const drawing =
  /^(plot|plotshape|plotchar|plotarrow|plotcandle|plotbar|hline|fill|bgcolor|barcolor|alert|alertcondition|label|line|box|table|linefill|polyline|log|runtime|indicator|study|color|max_bars_back)(\.|$)/
/** Words of a value that is a colour or a text for the eye. */
const forTheEye =
  /^(color|label|line|box|table|shape|location|size|style|str|xloc|yloc|extend|text|linefill|plot)\.|^array\.new_(label|line|box|table|linefill|color|string)$|^(tostring|red|green|lime|blue|orange|yellow|gray|black|white|purple|teal|aqua|maroon|navy|olive|silver|fuchsia)$/

const drawnKinds = new Set(["label", "line", "box", "table", "linefill", "color", "string"])
export const A_DRAWING = "a colour, a text or a drawing; it trades nothing"

/** Whether the words call something that draws, warns or colours. */
export function callsDrawing(tokens: ScriptToken[]): boolean {
  return tokens[1]?.text === "(" && drawing.test(tokens[0].text)
}

/** Whether the line only draws or warns. */
export function isDrawing({ tokens, block }: ScriptLine): boolean {
  return block.length === 0 && callsDrawing(tokens)
}

/** Whether a value that was not understood is a colour, a text or a drawing, or a list of such. */
export function isForTheEye(value: ScriptToken[]): boolean {
  if (value[0]?.text === "array.new" && value[1]?.text === "<") return drawnKinds.has(value[2]?.text)
  const words = value.filter(({ kind }) => kind !== "operator")
  return callsDrawing(value) || words.some(({ text }) => forTheEye.test(text) || /^#[0-9A-Fa-f]{6}/.test(text))
}

/** Names of colours, texts and drawings that were not understood, with their lines and the reasons. */
export class PineDrawings {
  readonly #drawn = new Map<string, { line: ScriptLine; why: string }>()

  add(name: string, line: ScriptLine, why: string) {
    this.#drawn.set(name, { line, why })
  }

  has(name: string) {
    return this.#drawn.has(name)
  }

  /** A line that looked like a drawing is not one where an order would have needed its value. */
  blame(script: ScriptLine[], notes: TranslationNotes) {
    const all = script.flatMap((line) => [...withBlock(line)])
    const wordsOf = (line: ScriptLine) => line.tokens.map(({ text }) => text)
    const needed = new Set(all.filter((one) => notes.isMissed(one)).flatMap(wordsOf))
    for (let before = -1; before < needed.size;) {
      before = needed.size
      for (const [name, { line, why }] of this.#drawn) {
        if (!needed.has(name) || notes.isMissed(line)) continue
        notes.missedAfterAll(line, why)
        for (const word of wordsOf(line)) needed.add(word)
      }
    }
  }
}
