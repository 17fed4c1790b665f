import { plainText, quoted } from "#engine/candles"
import type { SweepVary } from "#engine/run"
import type { ParamValues, StrategyDocument } from "#engine/strategy"
import { MOST_VALUES, ownStep, valueCount, valuesBetween } from "../jobs/varied-values.ts"
import { numberOption, WrongUsage } from "./command.ts"
import { valueFrom } from "./strategy-input.ts"

/** Each param once: two lists for one name would be ambiguous. */
export function variedParams(texts: readonly string[], strategy: StrategyDocument): SweepVary {
  const varied = texts.map((text) => variedParam(text, strategy))
  const twice = varied.find(([name], at) => varied.findIndex((other) => other[0] === name) < at)
  if (twice !== undefined)
    throw new WrongUsage(`--vary ${plainText(twice[0])} appears twice; name all its values in one list`)
  return Object.fromEntries(varied)
}

/** `fast=5:30:1`, `fast=5:30` (in the param's own steps) or `fast=5,8,13` as the values to try. */
function variedParam(text: string, strategy: StrategyDocument): [string, SweepVary[string]] {
  const [, name, values] = /^([^=]+)=(.+)$/.exec(text) ?? []
  if (values === undefined) throw new WrongUsage(`--vary takes NAME=FROM:TO:STEP or NAME=A,B,C, not ${quoted(text)}`)
  return [name, values.includes(":") ? rangeOf(text, values, ownStep(strategy, name)) : listOf(name, values)]
}

function listOf(name: string, values: string): (number | boolean)[] {
  return values.split(",").map((written) => {
    const value = valueFrom(written)
    if (value === undefined)
      throw new WrongUsage(`--vary ${plainText(name, 200)} takes numbers, or true and false, not ${quoted(written)}`)
    return value
  })
}

function rangeOf(text: string, values: string, ownStep: number): number[] {
  const [from, to, step = ownStep, ...more] = values.split(":").map((part) => numberOption("vary", part))
  const count = valueCount({ from, to, step })
  if (more.length > 0 || !(count >= 1))
    throw new WrongUsage(
      `--vary takes NAME=FROM:TO:STEP with a step above 0 and TO not below FROM, not ${quoted(text)}`,
    )
  if (count > MOST_VALUES)
    throw new WrongUsage(`${quoted(text)} are ${count.toLocaleString("en")} values; make the step larger`)
  return valuesBetween({ from, to, step })
}

/** A param that is varied has no one value. */
export function refuseVariedParams(params: ParamValues, vary: SweepVary): void {
  const both = Object.keys(params).find((name) => Object.hasOwn(vary, name))
  if (both !== undefined)
    throw new WrongUsage(`${plainText(both)} is in --vary and in --param; leave it out of one of them`)
}

/** The text of --threads as their number. */
export function threadsFrom(text: string): number {
  const threads = numberOption("threads", text)
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new WrongUsage(`--threads takes a whole number from 1 to 256, not ${quoted(text)}`)
  return threads
}
