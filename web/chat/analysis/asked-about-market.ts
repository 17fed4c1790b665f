/** What a question wants to hear about: a coin, by its letters. */
export type AskedMarket = { coin: string }

/** Longer than any such question. */
const MOST_LETTERS = 120

const coinNames: Record<string, string> = {
  bitcoin: "BTC",
  ethereum: "ETH",
  ether: "ETH",
  solana: "SOL",
  ripple: "XRP",
  cardano: "ADA",
  dogecoin: "DOGE",
  doge: "DOGE",
  litecoin: "LTC",
  polkadot: "DOT",
  chainlink: "LINK",
  avalanche: "AVAX",
  比特币: "BTC",
  以太坊: "ETH",
}

const coin = "(?:the )?\\$?([\\p{L}\\p{N}]{2,20})(?:[/-][a-z]{3,5})?"
const now = "(?: (?:now|today|right now|at the moment|jetzt|gerade|heute|ahora|hoy|maintenant|agora|hoje))?"
const ends = "[\\s?.!？。]*$"

/** The common ways to ask for an opinion; anything about rules, levels or a test is not among them. */
const questions = [
  `what (?:do you|d'you) think (?:of|about) ${coin}${now}`,
  `(?:analy[sz]e|assess|analysis of|opinion on|your (?:view|opinion|take) on) ${coin}${now}`,
  `what(?:'s| is) your (?:view|opinion|take) (?:on|of|about) ${coin}${now}`,
  `(?:should|shall|would) (?:i|you|we) (?:buy|sell|hold) ${coin}${now}`,
  `is ${coin} (?:a )?(?:buy|sell|hold|good buy)${now}`,
  `(?:buy|sell) or (?:sell|buy|hold) ${coin}${now}`,
  `how (?:does|is) ${coin} (?:look|looking|doing)${now}`,
  `was (?:hältst|haltst|denkst) du (?:von|über) ${coin}${now}`,
  `soll(?:te)? ich ${coin}${now} (?:kaufen|verkaufen)${now}`,
  `¿?qu[ée] (?:opinas|piensas) (?:de|sobre) ${coin}${now}`,
  `¿?(?:debo|debería) (?:comprar|vender) ${coin}${now}`,
  `(?:que|qu'est-ce que tu) pense[sz]?(?:-tu|-vous)? (?:de |du |d')${coin}${now}`,
  `o que (?:você |tu )?(?:acha|achas|pensa) (?:de |do |da )${coin}${now}`,
].map((pattern) => new RegExp(`^${pattern}${ends}`, "iu"))

const chinese = /^(?:你)?(?:怎么看|觉得|分析(?:一下)?)\s*([\p{L}\p{N}]{2,10}?)(?:现在)?(?:怎么样)?[\s?？。]*$/u

/** The coin that a sentence asks an opinion on; undefined where it asks for nothing of the kind. */
export function askedAboutMarket(sentence: string): AskedMarket | undefined {
  const text = sentence.trim().replaceAll("’", "'").replace(/\s+/g, " ")
  if (text.length > MOST_LETTERS) return undefined
  const word = [...questions, chinese].map((one) => one.exec(text)?.[1]).find((found) => found !== undefined)
  if (word === undefined || notCoins.has(word.toLowerCase())) return undefined
  return { coin: coinNames[word.toLowerCase()] ?? word.toUpperCase() }
}

const notCoins = new Set([
  "it",
  "this",
  "that",
  "them",
  "my",
  "me",
  "strategy",
  "test",
  "result",
  "bot",
  "us",
  "you",
  "rules",
])
