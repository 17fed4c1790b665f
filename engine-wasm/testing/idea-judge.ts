import type { Reply } from "../host/idea/reply.ts"
import type { StrategyDocument, WrittenStrategy } from "../host/strategy/document/strategy-document.ts"
import { makeFixed } from "../host/strategy/edit/adjustable.ts"
import { ruleAt, type RulePlace } from "../host/strategy/edit/rule-edit.ts"
import { parseFormula } from "../host/strategy/formula/formula-parser.ts"
import { withParts } from "../host/strategy/formula/formula-walk.ts"
import { type Formula, formulaText } from "../host/strategy/formula/formula.ts"
import { binary } from "../host/strategy/translate/formula-making.ts"

/** An idea of `fixtures/ideas.json`: a sentence and what a right answer has. Fields that are not here are not looked at. */
export type IdeaFixture = { id: string; language: string; tags: string[]; say: string; expect: IdeaExpectation }

type Range = [number, number]
type IdeaExpectation = {
  outcome: Reply["kind"][]
  questionTopic?: string[]
  declineReason?: string[]
  side?: "long" | "short" | "both"
  timeframe?: string[]
  markets?: string[]
  numbers?: number[]
  entryEquals?: string
  exitEquals?: string
  shortEntryEquals?: string
  stopPercent?: Range
  stop?: { kind: string; multiple?: number }
  takeProfitPercent?: Range
  takeProfits?: Range[]
  trailing?: { percent: number; armAtPercent: number }
  timeStopCandles?: Range
  limits?: {
    maxOpenPositions?: number
    dailyLossPercentMax?: number
    maxDrawdownPercentMax?: number
    cooldownMin?: number
  }
  flags?: string[]
  assumptionsMin?: number
  notPossibleMin?: number
  confirmNoStop?: boolean
  stopRequired?: boolean
  template?: string[]
}

/** What is wrong with a reply to an idea; empty where it is right. */
export function wrongsOf({ expect: wanted, language }: IdeaFixture, reply: Reply): string[] {
  const wrongs = [
    ...wrong(`kind ${reply.kind}`, wanted.outcome.includes(reply.kind)),
    ...wrong(
      `language ${reply.language}`,
      language === "en" || reply.language === language || wanted.outcome.includes("answer"),
    ),
    ...(reply.kind === "question"
      ? wrong(`topic ${reply.topic}`, wanted.questionTopic?.includes(reply.topic) ?? true)
      : []),
    ...(reply.kind === "decline"
      ? wrong(`reason ${reply.reason}`, wanted.declineReason?.includes(reply.reason) ?? true)
      : []),
  ]
  if (reply.kind !== "strategy") return wrongs
  const atLeast = (list: readonly unknown[], least = 0) => list.length >= least
  return [
    ...wrongs,
    ...wrong("assumptions", atLeast(reply.assumptions, wanted.assumptionsMin)),
    ...wrong("what is not possible", atLeast(reply.notPossible, wanted.notPossibleMin)),
    ...wrong(
      `flags ${reply.flags.join()}`,
      (wanted.flags ?? []).every((flag) => (reply.flags as readonly string[]).includes(flag)),
    ),
    ...(wanted.template && reply.document.code ? [] : documentWrongs(wanted, reply.document)),
  ]
}

function wrong(what: string, isRight: boolean): string[] {
  return isRight ? [] : [what]
}

function documentWrongs(wanted: IdeaExpectation, document: StrategyDocument): string[] {
  const plain = Object.keys(document.params).reduce<WrittenStrategy>(makeFixed, document)
  return [...ruleWrongs(wanted, plain), ...partWrongs(wanted, plain)]
}

function ruleWrongs(wanted: IdeaExpectation, plain: WrittenStrategy): string[] {
  const side = plain.long && plain.short ? "both" : plain.short ? "short" : "long"
  const rules: [string | undefined, RulePlace][] = [
    [wanted.entryEquals, "long.enter"],
    [wanted.exitEquals, "long.exit"],
    [wanted.shortEntryEquals, "short.enter"],
  ]
  return [
    ...wrong(`side ${side}`, wanted.side === undefined || wanted.side === side),
    ...wrong(`timeframe ${plain.timeframe}`, wanted.timeframe?.includes(plain.timeframe) ?? true),
    ...wrong(
      `markets ${plain.markets?.join()}`,
      (wanted.markets ?? []).every((market) => plain.markets!.some((each) => each.startsWith(market))),
    ),
    ...rules.flatMap(([formulas, place]) => {
      const written = ruleText(plain, place)
      return wrong(
        `${place} ${written}`,
        formulas === undefined || formulas.split("|").some((each) => normal(each) === written),
      )
    }),
  ]
}

/** A rule as one formula, with its series written out, as the formula language writes it. */
function ruleText(plain: WrittenStrategy, place: RulePlace): string {
  const { join, formulas } = ruleAt(plain, place)
  return formulas.length === 0
    ? ""
    : normal(formulas.map((each) => `(${each})`).join(join === "all" ? " and " : " or "), plain.series)
}

function normal(text: string, series: Record<string, string> = {}): string {
  const parsed = parseFormula(text.trim().replace(/\b(hour|weekday)\(\)/g, "$1"))
  return parsed.ok ? formulaText(plainFormula(parsed.formula, series)) : text
}

/** One spelling of formulas that are equal: series written out, numbers worked out, crossings from below. */
function plainFormula(formula: Formula, series: Record<string, string>): Formula {
  if (formula.kind === "name" && Object.hasOwn(series, formula.name)) {
    const parsed = parseFormula(series[formula.name])
    return parsed.ok ? plainFormula(parsed.formula, series) : formula
  }
  const plain = withParts(formula, (part) => plainFormula(part, series))
  if (plain.kind === "call" && plain.name === "crossunder")
    return { ...plain, name: "crossover", arguments: plain.arguments.toReversed() }
  return plain.kind === "binary" ? binary(plain.operator, plain.left, plain.right) : plain
}

function partWrongs(wanted: IdeaExpectation, { protect = {}, limits = {} }: WrittenStrategy): string[] {
  const { stopLoss: stop = { kind: "percent", percent: 2 }, takeProfit: targets = [], trailing, timeStop } = protect
  const within = (value: unknown, range: Range | undefined) =>
    range === undefined || (Number(value) >= range[0] - 1e-9 && Number(value) <= range[1] + 1e-9)
  const bound = (value: unknown, most: number | undefined) =>
    most === undefined || (value != null && Number(value) <= most)
  return [
    ...wrong(
      `stop ${JSON.stringify(stop)}`,
      wanted.stopPercent === undefined || (stop.kind === "percent" && within(stop.percent, wanted.stopPercent)),
    ),
    ...wrong(
      `stop ${JSON.stringify(stop)}`,
      wanted.stop === undefined ||
        (stop.kind === wanted.stop.kind &&
          within(
            "multiple" in stop ? stop.multiple : 0,
            wanted.stop.multiple === undefined ? undefined : [wanted.stop.multiple, wanted.stop.multiple],
          )),
    ),
    ...wrong("no stop", !wanted.stopRequired || stop.kind !== "none"),
    ...wrong(
      `targets ${JSON.stringify(targets)}`,
      wanted.takeProfitPercent === undefined ||
        [...targets, ...(protect.roi ?? [])].some(
          (each) => "percent" in each && within(each.percent, wanted.takeProfitPercent),
        ),
    ),
    ...wrong(
      `targets ${JSON.stringify(targets)}`,
      (wanted.takeProfits ?? []).every(
        ([percent, share], n) =>
          "percent" in (targets[n] ?? {}) &&
          within((targets[n] as { percent: number }).percent, [percent, percent]) &&
          Math.abs(Number(targets[n].share ?? 1) - share) <= 0.02,
      ),
    ),
    ...wrong(
      `trailing ${JSON.stringify(trailing)}`,
      wanted.trailing === undefined ||
        (trailing?.percent === wanted.trailing.percent &&
          (trailing.armAtPercent ?? 0) === wanted.trailing.armAtPercent),
    ),
    ...wrong(
      `time stop ${JSON.stringify(timeStop)}`,
      wanted.timeStopCandles === undefined || within(timeStop?.candles, wanted.timeStopCandles),
    ),
    ...wrong(
      `positions ${limits.maxOpenPositions}`,
      wanted.limits?.maxOpenPositions === undefined || limits.maxOpenPositions === wanted.limits.maxOpenPositions,
    ),
    ...wrong(
      `daily loss ${limits.dailyLossPercent}`,
      bound(limits.dailyLossPercent, wanted.limits?.dailyLossPercentMax),
    ),
    ...wrong(
      `drawdown ${limits.maxDrawdownPercent}`,
      bound(limits.maxDrawdownPercent, wanted.limits?.maxDrawdownPercentMax),
    ),
    ...wrong(
      `cooldown ${limits.cooldownCandles}`,
      Number(limits.cooldownCandles ?? 0) >= (wanted.limits?.cooldownMin ?? 0),
    ),
  ]
}
