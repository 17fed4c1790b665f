import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import type { DocumentPath } from "../../strategy/edit/document-path.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Amount } from "../reading/amount.ts"
import type { Chunk } from "../reading/chunk.ts"
import type { QuestionTopic } from "../reply.ts"
import { chunksIn, type Clause, clausesOf } from "./clause.ts"
import { type RuleLevel, levelsOf, withLevel } from "./rule-level.ts"
import { lengthsOf, withLengths } from "./rule-changes.ts"
import { sized } from "./safer.ts"
import { numberAt, withNumberAt } from "./set-number.ts"

/** A change of one number, or what must be asked first. */
export type MovedNumber =
  | { change: (document: WrittenStrategy) => WrittenStrategy }
  | { ask: QuestionTopic; choices?: string[] }

const up =
  /\b(?:rais|increas|widen|bump|lift|erhoh|heb|vergrosser|sub[aei]|aument|elev|ampli|augment|mont|elarg)\w*|提高|增加|加大|上调|放宽|扩大|调高/
const down =
  /\b(?:lower|reduc|decreas|tighten|cut|drop|shrink|senk|verringer|reduzier|verkleiner|baj|redu[zc]|dismin|diminu|baiss|redui|resserr|abaix)\w*|降低|减少|下调|收紧|缩小|调低/
const sets = /\b(?:set|change|move|put|make|setz|stell|ander|pon|cambia|mets|mud[ea]|coloque|altere)\w*|改|设/
const factors: [RegExp, number][] = [
  [/\b(?:doubl\w*|twice|verdopp?e?l\w*|doppelt\w*|dobl[ae]\w*|duplic\w*|dobr[aeo]\w*)\b|加倍|翻倍|两倍/, 2],
  [/\b(?:tripl\w*|verdreifach\w*|dreifach\w*)\b|三倍/, 3],
  [/\b(?:half|halv\w*|halbier\w*|halb\w*|halfte|mitad|moitie|metade)\b|减半|一半/, 0.5],
]
const nouns: [Noun, RegExp][] = [
  ["trailing", /\btrail|nachzieh|movil|suiveur|movel|移动止损|追踪止损/],
  ["stop", /\bstopp?s?\b|\bsl\b|止损/],
  ["target", /\btargets?\b|take ?profit|\btp\b|\bziel|gewinnziel|objeti?vo|objectif|\balvo|止盈|目标/],
  ["risk", /\brisk|risiko|riesgo|risque|risco|风险/],
  [
    "size",
    /\bsizes?\b|\bposition|\bstakes?\b|einsatz|grosse|\bamount|betrag|cantidad|importe|montant|quantia|金额|tamano|taille|tamanho|posicion|posicao|仓位/,
  ],
]
export type Noun = "trailing" | "stop" | "target" | "risk" | "size"
const ofExit = /\b(?:exit|sell|out at|ausstieg|verkauf|salida|venta|sortie|vente|saida|venda|overbought)|卖出|出场/
const ofEntry = /\b(?:entry|buy|enter|einstieg|kauf|entrada|compra|entree|achat|oversold)|买入|入场/
const ofLevel = /\b(?:threshold|level|limit|line|schwelle|grenze|umbral|nivel|seuil|niveau|limite|limiar)|阈值|界限/
const ofRule =
  /\b(?:when|if|above|below|cross|over|under|wenn|uber|unter|cuando|si|quand|quando|se|sur|sobre)\b|当|如果|高于|低于/
const ofDeed =
  /\b(?:sell|close|take profit at|verkauf|schliess|vend|cierr|ferm|fech|loss|lose|losing|verlust|verlier|perd)/
const byWords = /(?:\bby|\bum|\ben|\bun|\bde|\bd'|\bem|\bpor|一?[低少高加大小])\s*$/

/** "Double the position size", "lower the stop by 1 %", "raise the RSI exit to 80": numbers moved from where they are. */
export function takeMoved(
  say: string,
  chunks: readonly Chunk[],
  draft: IdeaDraft,
  given: WrittenStrategy,
): MovedNumber[] {
  return clausesOf(say).flatMap((clause) => {
    const said = chunksIn(clause, chunks)
    if (said.length === 0 || ofRule.test(clause.text)) return []
    const moved = movedIn(clause, said, draft, given)
    if (moved) draft.understand(said, "change" in moved && !scaleOf(clause.text) ? "exit" : "size", clause.text)
    return moved ? [moved] : []
  })
}

/** Whether a sentence only asks for a size times a factor: nothing that grows after a loss. */
export function scalesSize(say: string): boolean {
  return clausesOf(say).every(({ text }) => scaleOf(text) !== undefined && !ofRule.test(text) && !/\d/.test(text))
}

function scaleOf(text: string): { factor: number; noun: Noun } | undefined {
  const factor = factors.find(([pattern]) => pattern.test(text))?.[1]
  const noun = nounOf(text)
  return factor === undefined || !noun || ofDeed.test(text) || /\d/.test(text) ? undefined : { factor, noun }
}

/** The part of the protection or the size that a clause names. */
export function nounOf(text: string): Noun | undefined {
  return nouns.find(([, pattern]) => pattern.test(text))?.[0]
}

function movedIn(
  clause: Clause,
  said: readonly Chunk[],
  draft: IdeaDraft,
  given: WrittenStrategy,
): MovedNumber | undefined {
  const ofOther = timesOther(clause.text, said)
  if (ofOther) return scaledByOther(given, ofOther, draft)
  const scale = scaleOf(clause.text)
  if (scale) return scaled(given, scale)
  const level = movedLevel(clause, said, given)
  if (level) return level
  const length = movedLength(clause, said, given)
  if (length) return length
  const amounts = said.filter((chunk): chunk is Chunk & Amount => chunk.kind === "amount")
  const noun = nounOf(clause.text)
  const sign = up.test(clause.text) ? 1 : down.test(clause.text) ? -1 : 0
  const [amount] = amounts
  if (!noun || sign === 0 || amounts.length !== 1 || !isBy(clause, amount)) return undefined
  return movedBy(given, { noun, sign, amount }, draft)
}

const ofLength = /\b(?:length|period|lookback|window|lange|periode|longitud|periodo|longueur|periode)\b|长度|周期/

/** "Increase the RSI length by 7". */
function movedLength(
  { text, from, to }: Clause,
  said: readonly Chunk[],
  given: WrittenStrategy,
): MovedNumber | undefined {
  const way = up.test(text) ? 1 : down.test(text) ? -1 : 0
  const names = said.flatMap((chunk) => (chunk.kind === "operand" ? chunk.operands.map(({ name }) => name) : []))
  const amount = said.find((chunk): chunk is Chunk & Amount => chunk.kind === "amount")
  if (way === 0 || names.length !== 1 || !amount || !ofLength.test(text) || !isBy({ text, from, to }, amount)) return
  const lengths = lengthsOf(given, names[0])
  const next = (length: number) => length + way * amount.value
  if (lengths.length === 0 || lengths.some((length) => !(next(length) >= 1))) return { ask: "length" }
  if (lengths.length > 1)
    return { ask: "length", choices: lengths.map((each) => `${names[0]} ${each} → ${next(each)}`) }
  const subject = { name: names[0], numbers: [next(lengths[0])], hasLength: true }
  return { change: (document) => withLengths(document, [{ subject, chunks: [] }]) }
}

/** How far a number moves, up or down, where a clause says so: "by 1 %". */
export function byDistance(clause: Clause, amount: Chunk & Amount): number | undefined {
  const sign = up.test(clause.text) ? 1 : down.test(clause.text) ? -1 : 0
  return sign !== 0 && isBy(clause, amount) ? sign * amount.value : undefined
}

/** "By 1 %", "um 1 %", "en 1 %": how far, not where to. */
function isBy({ text }: Clause, amount: Chunk): boolean {
  const at = text.indexOf(amount.text.split(" ")[0])
  return byWords.test(text.slice(0, Math.max(0, at)))
}

function pathOf({ protect, size }: WrittenStrategy, noun: Noun): DocumentPath | undefined {
  if (noun === "trailing") return protect?.trailing ? ["protect", "trailing", "percent"] : undefined
  if (noun === "stop") return ["protect", "stopLoss", protect?.stopLoss?.kind === "atr" ? "multiple" : "percent"]
  if (noun === "target") return protect?.takeProfit?.length === 1 ? ["protect", "takeProfit", 0, "percent"] : undefined
  return noun === "risk" && size?.kind === "risk" ? ["size", "percent"] : undefined
}

function scaled(given: WrittenStrategy, { factor, noun }: { factor: number; noun: Noun }): MovedNumber | undefined {
  if (noun === "size" || noun === "risk") {
    const percent = given.size?.kind === "equity" ? numberAt(given, ["size", "percent"]) : undefined
    if (percent !== undefined && percent * factor > 100) return { ask: "size" }
    return { change: (document) => sized(factor, Infinity)(document).document }
  }
  const path = pathOf(given, noun)
  const before = path && numberAt(given, path)
  if (!path || before === undefined) return undefined
  return { change: (document) => withNumberAt(document, path, rounded(before * factor)) }
}

type TimesOther = { factor: number; noun: "stop" | "target"; other: "stop" | "target" }

/** "Target twice the stop": the stop stays, and the target is set by it. */
function timesOther(text: string, said: readonly Chunk[]): TimesOther | undefined {
  const places = (["stop", "target"] as const).map((noun) => placeOf(text, noun))
  if (places.some((place) => place < 0) || ofDeed.test(text)) return undefined
  const found = factors.flatMap(([pattern, factor]) => {
    const at = pattern.exec(text)?.index
    return at === undefined ? [] : [{ at, factor }]
  })
  const [amount, ...more] = said.filter(
    (chunk): chunk is Chunk & Amount => chunk.kind === "amount" && (found.length === 0 || /\d/.test(chunk.text)),
  )
  const isTimes = amount?.unit === "times" || (amount?.unit === "plain" && found.length > 0)
  if (more.length > 0 || (amount && !isTimes) || (!amount && found.length === 0)) return undefined
  const factor = found[0]?.factor ?? amount.value
  const at = found[0]?.at ?? text.indexOf(amount.text.split(" ")[0])
  const [stop, target] = places
  const isStopAfter = stop > at && (target < at || stop < target)
  const isTargetAfter = target > at && !isStopAfter
  const isOtherStop = isStopAfter || (!isTargetAfter && stop > target)
  return { factor, noun: isOtherStop ? "target" : "stop", other: isOtherStop ? "stop" : "target" }
}

function placeOf(text: string, noun: Noun): number {
  return text.search(nouns.find(([name]) => name === noun)![1])
}

function scaledByOther(
  given: WrittenStrategy,
  { factor, noun, other }: TimesOther,
  draft: IdeaDraft,
): MovedNumber | undefined {
  const [path, ofOther] = [pathOf(given, noun), pathOf(given, other)]
  const value = ofOther && numberAt(given, ofOther)
  const isPercent = ofOther?.at(-1) === "percent"
  if (value !== undefined && isPercent && path?.at(-1) === "percent") {
    const after = rounded(value * factor)
    if (!(after > 0) || after >= 100) return { ask: noun === "stop" ? "stop" : "exit" }
    return { change: (document) => withNumberAt(document, path, after) }
  }
  if (noun === "stop") return { ask: "stop" }
  draft.targets.push({ reward: factor })
  return { change: (document) => document }
}

type By = { noun: Noun; sign: number; amount: Amount }

function movedBy(given: WrittenStrategy, { noun, sign, amount }: By, draft: IdeaDraft): MovedNumber | undefined {
  if (noun === "size" && amount.unit === "percent") {
    const factor = 1 + (sign * amount.value) / 100
    return factor > 0 ? scaled(given, { factor, noun }) : { ask: "size" }
  }
  const path = pathOf(given, noun)
  const before = path && numberAt(given, path)
  if (!path || before === undefined) return noun === "stop" ? { ask: "stop" } : undefined
  const isRange = path.at(-1) === "multiple"
  if (isRange && amount.unit === "percent") return { ask: "stop" }
  const points = before + sign * amount.value
  // "Lower the stop by 50 %" of 3 % can only mean half of it.
  const after = rounded(points > 0 ? points : before * (1 - amount.value / 100))
  if (!(after > 0) || after >= 100) return { ask: noun === "risk" ? "size" : "stop" }
  if (amount.unit === "percent") draft.assume("sign", `${before} → ${after} %`)
  return { change: (document) => withNumberAt(document, path, after) }
}

function rounded(value: number): number {
  return Number(value.toPrecision(6))
}

/** "Raise the RSI exit to 80", "change the oversold level to 20", "rsi 30 → 35". */
function movedLevel({ text }: Clause, said: readonly Chunk[], given: WrittenStrategy): MovedNumber | undefined {
  const way = up.test(text) ? 1 : down.test(text) ? -1 : 0
  const isExit = ofExit.test(text)
  const isEntry = !isExit && ofEntry.test(text)
  const isArrow = /[-=]>/.test(text)
  const isMoved = way !== 0 || isArrow || sets.test(text)
  if (!isMoved || (!isExit && !isEntry && !isArrow && !ofLevel.test(text))) return undefined
  if (nounOf(text) || given.code) return undefined
  const operands = said.flatMap((chunk) => (chunk.kind === "operand" ? chunk.operands : []))
  const numbers = [
    ...operands.flatMap((operand) => (operand.hasLength || operand.numbers.length === 1 ? operand.numbers : [])),
    ...said.flatMap((chunk) => (chunk.kind === "amount" && chunk.unit === "plain" ? [chunk.value] : [])),
  ]
  const names = operands.map(({ name }) => name).filter((name) => name !== "close")
  const wanted = numbers.at(-1)
  if (wanted === undefined || numbers.length > 2 || names.length > 1) return undefined
  if (isArrow && numbers.length !== 2) return undefined
  const parts = isExit ? ["exit"] : isEntry ? ["enter"] : ["enter", "exit"]
  const own = levelsOf(given).filter(
    ({ place, name }) =>
      parts.includes(place.split(".")[1]) &&
      (names.length === 0 ? !["open", "high", "low", "close", "volume"].includes(name) : names[0] === name),
  )
  const meant = numbers.length === 2 ? own.filter(({ value }) => value === numbers[0]) : onSide(own, text)
  if (meant.length === 0) return undefined
  const amountIn = said.find((chunk) => chunk.kind === "amount" && chunk.value === wanted)
  const isFar = amountIn !== undefined && way !== 0 && isBy({ text, from: 0, to: 0 }, amountIn)
  const next = (level: RuleLevel) => (isFar ? rounded(level.value + way * wanted) : wanted)
  if (meant.length > 1)
    return { ask: "length", choices: meant.map((each) => `${each.name} ${each.value} → ${next(each)}`) }
  return { change: (document) => withLevel(document, meant[0], next(meant[0])) }
}

/** Where both sides have one, that of the side that was said: the purchase, unless a short was. */
function onSide(levels: readonly RuleLevel[], text: string): RuleLevel[] {
  const side = /\b(?:short|cover)/.test(text) ? "short." : "long."
  const own = levels.filter(({ place }) => place.startsWith(side))
  return own.length > 0 ? own : [...levels]
}
