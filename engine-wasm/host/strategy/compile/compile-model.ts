import { ForecastKind } from "../../../assembly/forecast/forecast-word.ts"
import { Op } from "../../../assembly/operators/opcode.ts"
import { quotedCode } from "../../candles/foreign-text.ts"
import { timeframesMs } from "../../candles/timeframe.ts"
import { didYouMean } from "../formula/closest-name.ts"
import type { Formula } from "../formula/formula.ts"
import { FormulaRefused } from "../formula/formula-lexer.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { forecastOutputs, outputsOf } from "../formula/model-call.ts"
import { tickPartsOf } from "../formula/tick-parts.ts"
import { warmUpAfter } from "../formula/warm-up.ts"
import type { ForecastModel } from "../model/forecast-model.ts"
import { partWeights, weightCount } from "../model/part-weights.ts"
import { inputRegister, instructionRegister } from "./compile-draft.ts"
import { compileFormula, type Scope } from "./compile-expression.ts"
import { registerOf, type Value } from "./compile-operator.ts"

type Call = Extract<Formula, { kind: "call" }>

/** The value of `forecast("name")`, one of its outputs, or `regime("name")`. @throws {FormulaRefused} */
export function compileModelCall(call: Call, scope: Scope, asked?: { output: string; at: number }): Value {
  const outputs: readonly string[] = call.name === "forecast" ? forecastOutputs : []
  const output = asked === undefined ? 0 : outputs.indexOf(asked.output)
  if (output < 0)
    throw new FormulaRefused(
      asked!.at,
      outputs.length === 0
        ? "a regime has one value, its number; leave the dot out"
        : `a forecast has ${outputs.map((name) => `.${name}`).join(" ")}${didYouMean(asked!.output, outputs)}`,
    )
  const model = modelOf(call, scope)
  if (asked && !outputsOf(model).some((output) => output === asked.output))
    throw new FormulaRefused(asked.at, "a forecast of the direction has no band; ask its `.probability`")
  return { kind: "register", register: modelRegister(model, call, scope) + output, truth: false }
}

/** The document's model that a call names, on the clock it was trained for. @throws {FormulaRefused} */
function modelOf({ name, arguments: given, at }: Call, { models, clockMs }: Scope): ForecastModel {
  const [named] = given
  if (given.length !== 1 || named.kind !== "text")
    throw new FormulaRefused(at, `name the model in double quotes: \`${name}("my model")\``)
  const model = Object.hasOwn(models, named.text) ? models[named.text] : undefined
  const known = Object.keys(models)
  if (!model)
    throw new FormulaRefused(
      named.at,
      known.length === 0
        ? `there is no model ${quotedCode(named.text)}: a strategy carries the models that its formulas ask; train one under Signals and add it to a strategy`
        : `there is no model ${quotedCode(named.text)}${didYouMean(named.text, known)}`,
    )
  if ((model.kind === "regimes") !== (name === "regime"))
    throw new FormulaRefused(
      at,
      model.kind === "regimes"
        ? `${quotedCode(named.text)} knows regimes; write \`regime("${named.text}")\``
        : `${quotedCode(named.text)} makes forecasts; write \`forecast("${named.text}")\``,
    )
  if (timeframesMs[model.timeframe] !== clockMs)
    throw new FormulaRefused(
      at,
      `this model was trained on ${model.timeframe} candles; write \`${name}("${named.text}") @ ${model.timeframe}\``,
    )
  return model
}

function modelRegister(model: ForecastModel, call: Call, scope: Scope): number {
  const { draft, clockMs } = scope
  const features = model.features.map((text) => featureRegister(text, call, scope))
  const sources = [inputRegister(draft, clockMs, "time"), ...features]
  const window = { ready: model.windowCandles - 1, settled: model.windowCandles - 1 }
  return instructionRegister(draft, {
    instruction: {
      op: Op.forecast,
      clockMs,
      sources,
      numbers: modelNumbers(model),
      outputs: model.kind === "regimes" ? 1 : forecastOutputs.length,
    },
    warmUp: warmUpAfter(
      features.map((register) => draft.registers[register].warmUp),
      window,
    ),
    identity: model.hash,
  })
}

/** A feature knows candles only: neither the strategy's params and series nor its position. */
function featureRegister(text: string, { at }: Call, scope: Scope): number {
  const parsed = parseFormula(text)
  if (!parsed.ok) throw new FormulaRefused(at, `in the model's feature ${quotedCode(text)}: ${parsed.because}`)
  const own = {
    params: {},
    series: [],
    models: {},
    seriesInReach: 0,
    position: undefined,
    known: new Map<string, Value>(),
  }
  const parts = { tickParts: tickPartsOf([]), amountParts: tickPartsOf([]) }
  try {
    return registerOf(scope, compileFormula(parsed.formula, { ...scope, ...own, ...parts }))
  } catch (refusal) {
    if (!(refusal instanceof FormulaRefused)) throw refusal
    throw new FormulaRefused(at, `in the model's feature ${quotedCode(text)}: ${refusal.message}`)
  }
}

const kindNumbers = { lstm: ForecastKind.lstm, regimes: ForecastKind.regimes } as const

const numbersByHash = new WeakMap<ForecastModel, number[]>()

/** A model as the engine reads it; made once for each model, since a slider compiles many times a second. */
function modelNumbers(model: ForecastModel): number[] {
  const known = numbersByHash.get(model)
  if (known) return known
  const { kind, features, windowCandles, units, parts } = model
  const numbers = [
    kind in kindNumbers ? kindNumbers[kind as keyof typeof kindNumbers] : ForecastKind.linear,
    features.length,
    windowCandles,
    units,
    parts.length,
    weightCount(model),
    ...parts.map(({ readyFromMs }) => readyFromMs),
    ...parts.flatMap((part) => [...partWeights(part)]),
  ]
  numbersByHash.set(model, numbers)
  return numbers
}
