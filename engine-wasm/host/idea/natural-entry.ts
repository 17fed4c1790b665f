import { compare, type Condition } from "./reading/condition.ts"
import { usualLimits } from "./reading/mirror.ts"
import { withUsualOutput } from "./reading/usual-output.ts"
import { isAverage, isPrice, type Operand } from "./reading/operand.ts"

/** How an indicator that was only named is usually traded. */
export type NaturalEntry = { enter: Condition; exit?: Condition }

/** The usual signal of an indicator; undefined where it has none. */
export function naturalEntry(subject: Operand, second?: Operand): NaturalEntry | undefined {
  if (second && isAverage(subject)) return turning(subject, second)
  const { name, numbers } = subject
  const part = (output: string): Operand => ({ ...subject, output })
  if (subject.limits) return saidLimits(subject, subject.limits)
  if (usualLimits[name])
    return betweenLimits(name === "stoch" || name === "stochf" || name === "stochRsi" ? part("k") : subject)
  if (name === "macd") return turning(part("line"), part("signal"))
  if (name === "supertrend")
    return { enter: compare(part("direction"), "crossover", 0), exit: compare(part("direction"), "crossunder", 0) }
  if (name === "bbands" || name === "keltner")
    return { enter: compare("close", "<", part("lower")), exit: compare("close", ">=", part("middle")) }
  if (name === "donchian")
    return {
      enter: compare("close", ">", { ...part("upper"), ago: 1 }),
      exit: compare("close", "<", { ...part("lower"), ago: 1 }),
    }
  if (name === "ichimoku") return turning(part("conversion"), part("base"))
  if (name === "aroon") return turning(part("up"), part("down"))
  if (name === "sar" || isAverage(subject))
    return { enter: compare("close", "crossover", subject), exit: compare("close", "crossunder", subject) }
  if (name === "highest") return { enter: compare("close", ">", subject) }
  if (name === "plusDi") return turning({ name, numbers }, { name: "minusDi", numbers })
  return isPrice(subject) ? undefined : ofZero(subject)
}

function turning(line: Operand, other: Operand): NaturalEntry {
  return { enter: compare(line, "crossover", other), exit: compare(line, "crossunder", other) }
}

/** Low to buy and high to sell, where both were said. */
function saidLimits(value: Operand, [low, high]: readonly [number, number]): NaturalEntry {
  const subject = withUsualOutput({ ...value, limits: undefined }, { way: undefined, style: undefined })
  return { enter: compare(subject, "<", low), exit: compare(subject, ">", high) }
}

function betweenLimits(subject: Operand): NaturalEntry {
  const [low, high] = usualLimits[subject.name]
  return { enter: compare(subject, "crossunder", low), exit: compare(subject, "crossover", high) }
}

const aroundZero = new Set([
  "ao",
  "mom",
  "roc",
  "trix",
  "tsi",
  "ppo",
  "apo",
  "cmf",
  "forceIndex",
  "adosc",
  "linregSlope",
  "bop",
])

function ofZero(subject: Operand): NaturalEntry | undefined {
  return aroundZero.has(subject.name)
    ? { enter: compare(subject, "crossover", 0), exit: compare(subject, "crossunder", 0) }
    : undefined
}
