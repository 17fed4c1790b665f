import type { AnswerReply } from "#engine/idea"
import { DAY_MS } from "#engine/candles"
import { planInWords, type StrategyDocument } from "#engine/strategy"
import { metricDefinitions, metricText, resultWords } from "#engine/result"
import type { ChatThread } from "../../db/chat-thread.ts"
import type { ChatTurn } from "../../db/chat-turn.ts"
import { madeUpWords } from "../../run/made-up.ts"
import type { RunReport } from "../../run/run-report.ts"
import { formatDateTime, isoDay, type TimeZone } from "../../ui/date-format.ts"
import { askedFor, type AskedFor } from "./asked-for.ts"
import { dayWords, focusWords } from "./candle-words.ts"
import { type Day, dayIn } from "./day-in-words.ts"
import { explainedResult } from "./explained-result.ts"
import { reportOf, type TalkedAbout, talkedAbout } from "./ran-report.ts"
import { feeWords, stopOutWords } from "./trade-words.ts"
import { type Term, termOf } from "./terms.ts"
import { tradeCountWordsOf } from "./trade-count-words.ts"

type Where = {
  thread: ChatThread
  branch: readonly ChatTurn[]
  zone: TimeZone
  /** The strategy that is there. */
  given?: StrategyDocument
}

/** The answer to a question that our own words and the test itself answer; undefined where they do not. */
export async function explained(say: string, { thread, branch, zone, given }: Where): Promise<AnswerReply | undefined> {
  const asked = askedFor(say)
  if (!asked) return undefined
  if (asked.kind === "strategy") return answer(given ? planWords(given) : NO_STRATEGY, [])
  const about = await talkedAbout(thread, branch)
  if (asked.kind === "term") {
    const term = termOf(asked.words)
    return term && answer([term.text, ...(await valueHere(term, about, zone))].join("\n"), ["glossary"])
  }
  // "Why?" before any test is of what was just said.
  if (!about) return asked.kind === "why" ? undefined : answer(NOTHING_TESTED, [])
  try {
    return await answerAbout(await reportOf(about, zone), asked, about, zone)
  } catch (error) {
    return answer((error as Error).message, [])
  }
}

async function answerAbout(
  report: RunReport,
  asked: Exclude<AskedFor, { kind: "term" | "strategy" }>,
  { focus }: TalkedAbout,
  zone: TimeZone,
): Promise<AnswerReply> {
  const told = (words: string, tool: string) => answer([words, ...madeUpLines(report)].join("\n"), [tool])
  if (asked.kind === "trades") return told(await tradeCountWordsOf(report), "explain_result")
  if (asked.kind === "stops") return told(stopOutWords(report, zone), "explain_result")
  if (asked.kind === "fees") return told(feeWords(report), "explain_result")
  const day = asked.kind === "candle" ? (asked.day ?? dayAgo(asked.daysAgo, zone)) : undefined
  if (day) return told(await dayWords(report, day, zone), "explain_candle")
  const focused =
    (asked.kind === "candle" || asked.kind === "why") && focus ? await focusWords(report, focus, zone) : undefined
  if (focused !== undefined) return told(focused, "explain_candle")
  if (asked.kind === "candle") return answer(WHICH_CANDLE, [])
  return told(resultWords(explainedResult(report)), "explain_result")
}

/** The day so many days ago, by the person's clock. */
function dayAgo(daysAgo: number | undefined, zone: TimeZone): Day | undefined {
  return daysAgo === undefined ? undefined : dayIn(isoDay(Date.now() - daysAgo * DAY_MS, zone))
}

function planWords(document: StrategyDocument): string {
  return planInWords(document)
    .map(({ text }) => text)
    .join("\n")
}

function madeUpLines({ madeUp }: RunReport): string[] {
  const words = madeUpWords(madeUp)
  return words === undefined ? [] : [words]
}

/** What the term comes to in the test that is talked about. */
async function valueHere({ metric }: Term, about: TalkedAbout | undefined, zone: TimeZone): Promise<string[]> {
  const definition = metricDefinitions.find(({ key }) => key === metric)
  const report = definition && about && (await reportOf(about, zone).catch(() => undefined))
  if (!definition || !report) return []
  const timeWords = (timeMs: number) => formatDateTime(timeMs, zone)
  const value = metricText(definition, report.metrics[definition.key], { currency: report.market.currency, timeWords })
  return [`In this test: ${value}.`, ...madeUpLines(report)]
}

function answer(text: string, tools: readonly string[]): AnswerReply {
  return {
    kind: "answer",
    text,
    tools,
    language: "en",
    assumptions: [],
    notPossible: [],
    understood: [],
    notUnderstood: [],
  }
}

const NO_STRATEGY =
  "There is no strategy in this conversation yet. Say what your bot should do, such as “buy bitcoin on 1h when RSI 14 falls under 30, sell above 70, stop 3 %”."
const NOTHING_TESTED =
  "Nothing has been tested in this conversation yet, so there is no result to explain. Say what your bot should do, use the answer, and ask again."
const WHICH_CANDLE = "Which day do you mean? Ask for it by its date, such as “Why no trade on 12 March?”."
