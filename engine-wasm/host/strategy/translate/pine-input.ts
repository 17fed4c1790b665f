import type { Formula } from "../formula/formula.ts"
import type { DraftStrategy } from "./draft-strategy.ts"
import { isNumber, named, NotOurs } from "./formula-making.ts"
import type { PineScope } from "./pine-scope.ts"
import { formulaOf } from "./pine-value.ts"
import type { ScriptExpression } from "./script-expression.ts"

type Call = Extract<ScriptExpression, { kind: "call" }>

/** Whether the expression asks the person for a setting. */
export function isInput(expression: ScriptExpression): expression is Call {
  return expression.kind === "call" && expression.callee.kind === "name" && /^input(\.|$)/.test(expression.callee.name)
}

/** A setting becomes a param with Pine's bounds (a slider), or its default where it is not a number. */
export function inputValue(input: Call, name: string, draft: DraftStrategy, scope: PineScope): Formula {
  const kind = (input.callee as { name: string }).name.replace(/^input\.?/, "")
  const argument = (place: number, word: string) => input.named.get(word) ?? input.positional[place]
  const written = argument(0, "defval")
  if (!written) throw new NotOurs("the setting has no value to begin with")
  if (
    kind === "time" ||
    (written.kind === "call" && written.callee.kind === "name" && written.callee.name === "timestamp")
  )
    return formulaOf(written, scope)
  const isBool = kind === "bool" || (written.kind === "name" && ["true", "false"].includes(written.name))
  const value = formulaOf(written, scope)
  const title = argument(1, "title")
  const label = title?.kind === "text" && title.text.trim() ? title.text.trim().slice(0, 80) : name
  if (isBool && isNumber(value))
    return param(draft, name, {
      type: "bool",
      label,
      value: value.value !== 0,
    })
  if (!isNumber(value)) return value
  const bound = (word: string) => {
    const given = input.named.get(word)
    const limit = given && formulaOf(given, scope)
    return limit && isNumber(limit) ? limit.value : undefined
  }
  const type = input.named.get("type")
  const typeName = type?.kind === "name" ? type.name.replace("input.", "") : ""
  const isInt =
    kind === "int" ||
    typeName === "integer" ||
    (kind === "" &&
      typeName !== "float" &&
      scope.version < 6 &&
      written.kind === "number" &&
      Number.isInteger(value.value))
  const listed = listedNumbers(input.named.get("options"), scope)
  const bounds = {
    min: bound("minval") ?? endOf(listed, Math.min),
    max: bound("maxval") ?? endOf(listed, Math.max),
    step: bound("step"),
  }
  const made = param(draft, name, numberParam(isInt ? "int" : "number", label, value.value, bounds))
  if (made.kind === "name")
    draft.openEnds.set(made.name, { min: bounds.min === undefined, max: bounds.max === undefined })
  return made
}

/** The numbers a person may choose from. */
function listedNumbers(options: ScriptExpression | undefined, scope: PineScope): number[] {
  const items = options?.kind === "list" ? options.items : []
  return items.map((item) => formulaOf(item, scope)).flatMap((item) => (isNumber(item) ? [item.value] : []))
}

function endOf(numbers: number[], of: (...numbers: number[]) => number): number | undefined {
  return numbers.length > 0 ? of(...numbers) : undefined
}

function param(draft: DraftStrategy, name: string, written: Parameters<DraftStrategy["params"]["set"]>[1]): Formula {
  const free = draft.freeName(name)
  draft.params.set(free, written)
  return named(free)
}

type Bounds = { min?: number; max?: number; step?: number }

/** A number with bounds around it where the script has none: from a fifth to five times its value. */
export function numberParam(type: "int" | "number", label: string, value: number, { min, max, step }: Bounds) {
  const round = type === "int" ? Math.round : (x: number) => Number(x.toPrecision(12))
  const [least, most] = value === 0 ? [0, 100] : [Math.min(value / 5, value * 5), Math.max(value / 5, value * 5)]
  const lowest = round(Math.min(min ?? (value > 0 ? Math.max(type === "int" ? 1 : 0, least) : least), value))
  const highest = round(Math.max(max ?? most, value))
  const fitting =
    step ?? (type === "int" ? 1 : Number((10 ** Math.floor(Math.log10(Math.abs(value) || 1)) / 10).toPrecision(3)))
  const stepped = type === "int" ? Math.max(1, Math.round(fitting)) : fitting
  return {
    type,
    label,
    value,
    min: lowest,
    max: highest > lowest ? highest : lowest + stepped,
    step: stepped,
  }
}
