import { dangersOf } from "../strategy/document/strategy-dangers.ts"
import { strategyFromJson } from "../strategy/document/strategy-document-from-json.ts"
import type { WrittenStrategy } from "../strategy/document/strategy-document.ts"
import { scriptLanguage } from "../strategy/translate/script-language.ts"
import { translateStrategy } from "../strategy/translate/translate-strategy.ts"
import type { Translation } from "../strategy/translate/translation.ts"
import { translationWords } from "../strategy/translate/translation-words.ts"
import { usualStopPercent } from "./complete-draft.ts"
import { freqtradeStart, isFreqtradeFragment, type Row, withClass } from "./freqtrade-fragment.ts"
import { heard } from "./heard.ts"
import { IdeaDraft } from "./idea-draft.ts"
import { readMarkets } from "./parts/market-reader.ts"
import { readTimeframe } from "./parts/timeframe-reader.ts"
import type { QuestionReply, Said, StrategyReply } from "./reply.ts"
import { assumptionInWords } from "./reply-words.ts"
import { spokenLanguages } from "./words/spoken-language.ts"

/** A script in a message: the words before it, its text, and where each of its lines begins in the message. */
type Pasted = { prose: string; script: string; lines: { from: number; text: string; line: number }[] }

/**
 * A TradingView or freqtrade strategy in a message, or a piece of one, by the translator; undefined where the message
 * holds none. What its comments tell the reader to do is not done.
 */
export function pastedScript(say: string): StrategyReply | QuestionReply | undefined {
  const pasted = scriptIn(say)
  if (!pasted) return undefined
  const translation = translateStrategy(pasted.script)
  const said = saidOf(say, pasted, translation)
  if (!translation.ok) {
    const { says } = spokenLanguages(pasted.prose)[0]
    return { ...said, kind: "question", topic: "code", questions: 1, text: `${says.ask.code} ${translation.because}` }
  }
  return asReply(translation, pasted, said)
}

function asReply(
  translation: Translation & { ok: true },
  { prose, lines }: Pasted,
  said: Omit<Said, "text">,
): StrategyReply | undefined {
  const draft = new IdeaDraft()
  const sentence = heard(prose)
  readMarkets(sentence.chunks, draft)
  readTimeframe(sentence.chunks, draft)
  const checked = strategyFromJson(withStop(placed(translation.document, draft), draft))
  if (!checked.ok) return undefined
  const { strategy } = checked
  const assumptions = draft.assumptions.map((each) => assumptionInWords(each, sentence.language, strategy.timeframe))
  return {
    ...said,
    kind: "strategy",
    text: `${sentence.language.says.rules} ${translationWords(translation)}`,
    document: strategy,
    flags: dangersOf(strategy).map(({ kind }) => kind),
    assumptions,
    notPossible: linesLeft(translation, lines).map(({ line, why }) => `Line ${line}: ${why}.`),
  }
}

/** Every line that is left out or means something else, as the person's own text counts its lines. */
function linesLeft({ notUnderstood, leftOut }: Translation & { ok: true }, lines: Pasted["lines"]) {
  const own = new Map(lines.map(({ line }, n) => [line, n + 1]))
  const missed = new Set(notUnderstood.map(({ line }) => line))
  return [...notUnderstood, ...leftOut.filter(({ line }) => !missed.has(line))].map(({ line, why }) => ({
    line: own.get(line) ?? line,
    why,
  }))
}

/** On the market and the candles that the words before the script name. */
function placed(document: WrittenStrategy, { markets, timeframe }: IdeaDraft): WrittenStrategy {
  return { ...document, ...(markets.length > 0 && { markets }), ...(timeframe && { timeframe }) }
}

/** A script without a stop gets one, and that is said: nobody refused it. */
function withStop(document: WrittenStrategy, draft: IdeaDraft): WrittenStrategy {
  if (document.protect?.stopLoss?.kind !== "none") return document
  const percent = usualStopPercent(document.timeframe)
  draft.assume("stop", `${percent} %`)
  return { ...document, protect: { ...document.protect, stopLoss: { kind: "percent", percent } } }
}

const codeStart =
  /^[ \t]*(\/\/|strategy[.(]|indicator\(|study\(|if\b.*(ta\.|close|open|high|low|\()|var\b|plot|class\b.*:|from\b.*import|import\b|def\b|[\w[\], ]+[:]?=[^=])/
const ofPine = /\bta\.\w+\(|\bstrategy\.(entry|close|exit|long|short)\b|\bcrossover\(|\bcrossunder\(|\binput(\.\w+)?\(/

/** The script in a message; a piece of Pine gets the head it lacks, and orders where it only names its conditions. */
function scriptIn(say: string): Pasted | undefined {
  const isWhole = scriptLanguage(say) !== undefined
  if (!isWhole && isFreqtradeFragment(say)) return freqtradeIn(say)
  if (!isWhole && !ofPine.test(say)) return undefined
  const rows = rowsOf(say)
  const first = rows.findIndex(({ text }) => codeStart.test(text))
  if (first < 0) return undefined
  const code = rows.slice(first)
  const prose = say.slice(0, code[0].from)
  if (isWhole) return { prose, script: code.map(({ text }) => text).join("\n"), lines: numbered(code, 0) }
  const head = /^[ \t]*strategy\(/m.test(say) ? [] : ["//@version=5", 'strategy("Pasted")']
  const body = [...head, ...code.map(({ text }) => text)]
  return {
    prose,
    script: [...body, ...ordersFor(code.map(({ text }) => text))].join("\n"),
    lines: numbered(code, head.length),
  }
}

/** A piece of freqtrade gets the class it lacks. */
function freqtradeIn(say: string): Pasted | undefined {
  const rows = rowsOf(say)
  const first = rows.findIndex(({ text }) => freqtradeStart.test(text))
  if (first < 0) return undefined
  const script = withClass(rows.slice(first))
  return {
    prose: say.slice(0, rows[first].from),
    script: script.map(({ text }) => text).join("\n"),
    lines: script.flatMap(({ row }, n) => (row ? [{ ...row, line: n + 1 }] : [])),
  }
}

/** The message in lines; words before code on the same line are a line of their own: "Convert this: a = …". */
function rowsOf(say: string): Row[] {
  let from = 0
  return say.split("\n").flatMap((text): Row[] => {
    const row = { from, text }
    from += text.length + 1
    const lead =
      /^([^"'()=]*?[:：])[ \t]*(?=(\/\/|if\b|strategy[.(]|dataframe\b|\w+[ \t]*:?=[^=]))/.exec(text)?.[0].length ?? 0
    if (lead === 0) return [row]
    return [
      { from: row.from, text: text.slice(0, lead) },
      { from: row.from + lead, text: text.slice(lead) },
    ]
  })
}

function numbered(code: readonly Row[], before: number): Pasted["lines"] {
  return code.map((row, n) => ({ ...row, line: n + 1 + before }))
}

/** Conditions that only have names of orders: "longCond = …" without an entry. */
function ordersFor(code: readonly string[]): string[] {
  const text = code.join("\n")
  if (/strategy\.entry/.test(text)) return []
  const names = [...text.matchAll(/^[ \t]*(?:bool[ \t]+)?(\w+)[ \t]*:?=[^=]/gm)].map(([, name]) => name)
  const named = (pattern: RegExp) => names.find((name) => pattern.test(name))
  const long = named(/^(long|buy|enter|go_?long|bull)/i)
  const short = named(/^(short|sell_?short|go_?short|bear)/i)
  const exit = named(/^(exit|close_?long|sell(?!_?short))/i)
  return [
    ...(long ? [`if ${long}`, '    strategy.entry("L", strategy.long)'] : []),
    ...(short ? [`if ${short}`, '    strategy.entry("S", strategy.short)'] : []),
    ...(exit ? [`if ${exit}`, '    strategy.close("L")'] : []),
  ]
}

/** Lines that are in the rules, and those that are not: what was left out or not translated, and comments. */
function saidOf(say: string, { prose, lines }: Pasted, { notUnderstood }: Translation): Omit<Said, "text"> {
  const missed = new Set(notUnderstood.map(({ line }) => line))
  const places = lines
    .filter(({ text }) => text.trim() !== "")
    .map(({ from, text, line }) => ({ from, to: from + text.length, words: text, line }))
  const isLeft = ({ words, line }: (typeof places)[number]) => missed.has(line) || /^\s*(\/\/|#)/.test(words)
  return {
    language: spokenLanguages(prose === "" ? say : prose)[0].code,
    assumptions: [],
    notPossible: [],
    understood: places
      .filter((place) => !isLeft(place))
      .map(({ from, to, words }) => ({ from, to, words, meaning: words.trim(), part: "enter" })),
    notUnderstood: places.filter(isLeft).map(({ from, to, words }) => ({ from, to, words })),
  }
}
