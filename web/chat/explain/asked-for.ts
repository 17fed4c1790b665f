import { type Day, dayIn } from "./day-in-words.ts"

/** What a question wants to know: what the strategy does, the meaning of a term, how a test ended and why, why it traded so little, where its stop ended trades, what it paid, why a candle did (not) trade, or only "why?". */
export type AskedFor =
  | { kind: "strategy" }
  | { kind: "term"; words: string }
  | { kind: "result" }
  | { kind: "trades" }
  | { kind: "stops" }
  | { kind: "fees" }
  | { kind: "why" }
  | { kind: "candle"; day: Day | undefined; daysAgo?: number }

/** What a sentence asks to have explained; undefined where it asks for nothing of the kind. */
export function askedFor(sentence: string): AskedFor | undefined {
  const text = sentence.trim().toLowerCase().replaceAll("’", "'")
  if (text.length > MOST_QUESTION_LETTERS) return undefined
  if (strategyPatterns.some((pattern) => pattern.test(text))) return { kind: "strategy" }
  if (feePatterns.some((pattern) => pattern.test(text))) return { kind: "fees" }
  if (verdictPatterns.some((pattern) => pattern.test(text))) return { kind: "result" }
  const term = termPatterns.map((pattern) => pattern.exec(text)?.[1]).find((words) => words !== undefined)
  if (term !== undefined) return { kind: "term", words: term.replace(/[\s?.!]+$/, "") }
  if (!/^¿?(?:why|how come|warum|wieso|por ?qu[eé]|pourquoi)(?![a-z])|为什么/.test(text)) return undefined
  const day = dayIn(text)
  const ago = day ? -1 : daysBack.findIndex((pattern) => pattern.test(text))
  if (ago >= 0) return { kind: "candle", day: undefined, daysAgo: ago }
  if (day !== undefined || /\b(candle|this (trade|buy|sale|sell))\b/.test(text)) return { kind: "candle", day }
  if (onlyWhy.test(text)) return { kind: "why" }
  if (stopPattern.test(text) && !isWhyNotTraded(text)) return { kind: "stops" }
  if (isWhyNotTraded(text)) return { kind: "trades" }
  return resultPattern.test(text) ? { kind: "result" } : undefined
}

/** "Why did it not trade?", "why so few trades?": in the test as a whole. */
function isWhyNotTraded(text: string): boolean {
  const isLittle =
    /\b(?:not|never|no|none|few|fewer|little|rarely|seldom|only|nicht|nie|kein\w*|wenig\w*|selten|nunca|poc[oa]s?|pas|jamais|peu|não|nao|pouc[oa]s?)\b|n't\b|没|不|少/.test(
      text,
    )
  const isTrade =
    /\b(?:trad\w*|buy\w*|bought|enter\w*|sign?als?|handel\w*|gehandelt|kauf\w*|gekauft|oper[oóa]\w*|compr\w*|achet\w*|negoci\w*)|trad\w*é|交易|买/.test(
      text,
    )
  return isLittle && isTrade && !/\binstead\b/.test(text)
}

/** Longer than any such question. */
const MOST_QUESTION_LETTERS = 200

const strategyPatterns = [
  /^(?:what|how) (?:does|do|will|would|is)(?: it|(?: this| that| the| my| these)(?: strategy| bot| rules?| one)?) (?:actually |really )?(?:do|work|trade|doing|mean)(?: exactly| now)?\s*\??$/,
  /^(?:can you |could you |please )?(?:explain|describe|summari[sz]e|show|tell me)(?: to me| me)?(?: about)? (?:it|(?:this|that|the|my)(?: whole)? (?:strategy|bot|rules?))(?: to me)?(?: in (?:plain|simple) (?:words|english))?\s*[?.]?$/,
  /^what (?:is|are) (?:this|that|the|my) (?:strategy|bot|rules?)(?: doing)?\s*\??$/,
  /^when does (?:it|(?:this|the|my) (?:strategy|bot)) (?:buy|sell|trade)(?: and (?:buy|sell))?\s*\??$/,
  /^(?:was (?:macht|tut)|wie funktioniert) (?:es|sie|(?:diese|die|meine) (?:strategie|regeln))(?: genau)?\s*\??$/,
  /^¿?(?:qu[eé] hace|c[oó]mo funciona)(?: (?:esta|la|mi) estrategia)?\s*\??$/,
  /^(?:que fait|comment (?:fonctionne|marche)) (?:cette|la|ma) stratégie\s*\??$/,
  /^(?:o que faz|como funciona)(?: (?:esta|essa|a|minha) estratégia)?\s*\??$/,
]

/** Today, and so many days before it. */
const daysBack = [
  /\b(?:today|heute|hoy|aujourd'hui|hoje)\b|今天/,
  /\b(?:yesterday|gestern|ayer|hier|ontem)\b|昨天/,
  /\b(?:day before yesterday|vorgestern|anteayer|avant-hier|anteontem)\b|前天/,
]

const onlyWhy =
  /^¿?(?:why|how come|but why|warum|wieso|por ?qu[eé]|pourquoi)(?: (?:so|that|is that|das|eso|ça|isso))?\s*[?？.!]*$|^为什么[?？呢]*$/

const stopPattern = /\b(?:stopp?(?:ed|s)? (?:me )?out|stopp?ed|stop(?:-| )?loss(?:es)?|ausgestoppt|stops?)\b|止损/

const feePatterns = [
  /^(?:which|what|how (?:much|high)|how many)\b.*\b(?:fees?|commissions?|costs)\b.*\b(?:use|used|pay|paid|take|took|assume[ds]?|charge[ds]?|include[ds]?|test)\b/,
  /^(?:are|were|did you include|did you use|does it include|is there)\b.*\b(?:fees?|commissions?|slippage)\b/,
  /^(?:welche|wie (?:viel|hoch))\b.*\b(?:gebühr\w*|kosten)\b/,
  /^¿?(?:qu[eé]|cu[aá]ntas?|cu[aá]l)(?![a-z]).*\b(?:comisi[oó]n(?:es)?)(?![a-z])/,
  /^(?:quels?|combien)\b.*\b(?:frais|commissions?)\b/,
  /^(?:quais|qual|quanto)\b.*\b(?:taxas?|comiss(?:ão|ões))(?![a-z])/,
  /(?:多少|什么|哪种).{0,6}手续费|手续费.{0,4}(?:多少|是)/,
]

const verdictPatterns = [
  /^(?:is|was) (?:it|(?:this|that|the|my)(?: (?:strategy|bot|result|test))?) (?:any |really |even |a )?(?:good|worth it|profitable|useful|better|bad)(?: (?:strategy|one|result|at all|enough))?\s*\??$/,
  /^(?:should i|can i|would you) (?:use|trade|trust|keep|run) (?:it|(?:this|the|my)(?: (?:strategy|bot))?)\s*\??$/,
  /^(?:how good is (?:it|(?:this|the|my)(?: strategy)?)|how did it do|does it work)\s*\??$/,
  /^(?:ist|war) (?:sie|es|das|(?:die|diese|meine) strategie) (?:gut|etwas wert|brauchbar|rentabel)\s*\??$/,
  /^¿?(?:es|fue) (?:buena|rentable|bueno)(?: (?:esta|la|mi) estrategia)?\s*\??$|^¿?(?:esta|la|mi) estrategia es (?:buena|rentable)\s*\??$/,
  /^(?:est-ce que )?(?:c'est|elle est|(?:cette|la|ma) stratégie est)(?:-elle)? (?:bon|bonne|rentable) ?\??$/,
  /^(?:ela |(?:esta|essa|a|minha) estratégia )?é (?:boa|bom|rentável|lucrativa)\s*\??$/,
  /^(?:这个|我的|该)?(?:策略|结果)?(?:好不好|好吗|怎么样|行吗)[?？]?$/,
]

const termPatterns = [
  /^what(?:'s| is| are| does)(?: an?| the)? (.+?)(?: mean| stand for)?\??$/,
  /^(?:explain|define)(?: to me)?(?: what)?(?: an?| the)? (.+?)(?: is| are| means?)?\??$/,
  /^(?:was ist|was sind|was bedeutet)(?: ein| eine| der| die| das)? (.+?)\??$/,
  /^¿?qu[eé] (?:es|son|significa)(?: una?| el| la)? (.+?)\??$/,
  /^(?:qu'est-ce que|c'est quoi)(?: c'est que)?(?: une?| le| la)? (.+?) ?\??$/,
  /^o que (?:é|são|significa)(?: uma?| o| a)? (.+?)\??$/,
  /^什么是\s*(.+?)[?？]?$/,
]

const resultPattern =
  /\b(los[est]|lost|losing|loss(es)?|w[io]n|made|make|earn|end(ed)?|bad|good|result|money|drawdown|dip|fail(ed)?|work(ed)?|verlo\w+|perd\w+|gan[oóa]\w*)\b|亏|赚/
