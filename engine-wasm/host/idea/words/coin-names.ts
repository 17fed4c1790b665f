import type { PhraseBook } from "./phrase-book.ts"

/** Coins by what people call them; a ticker that is an ordinary word too needs to be written in capitals. */
const coinNames: Record<string, string> = {
  BTC: "btc, bitcoin*, xbt, btcs, 比特币, 比特幣, биткоин*, биток*, битк*, біткоїн*, 비트코인, 비트, ビットコイン, बिटकॉइन, बिटकॉइन, بيتكوين, البيتكوين, bitcoinem, بتكوين",
  ETH: "eth, ethereum*, ether, eths, 以太坊, 以太幣, 以太币, 以太, эфир*, эфириум*, этериум*, ефір*, ефіріум*, 이더리움, 이더, イーサリアム, イーサ, एथेरियम, इथेरियम, إيثريوم, ايثريوم, إيثيريوم",
  SOL: "sol, solana, 索拉纳, солан*, 솔라나, ソラナ, सोलाना, سولانا",
  XRP: "xrp, ripple, 瑞波, 瑞波币, рипл*, риппл*, 리플, リップル, रिपल, ريبل",
  BNB: "bnb, binance coin, 币安币, бнб",
  ADA: "ada, cardano, 艾达币, кардано, 카르다노, 에이다",
  DOGE: "doge, dogecoin*, 狗狗币, 狗狗幣, додж*, догикоин*, 도지코인, 도지, ドージコイン, डॉगकॉइन, دوجكوين, دوج",
  DOT: "polkadot",
  AVAX: "avax, avalanche, 雪崩币",
  LINK: "chainlink",
  LTC: "ltc, litecoin*, 莱特币, лайткоин*, 라이트코인, ライトコイン",
  MATIC: "matic, polygon",
  POL: "pol",
  SHIB: "shib, shiba, shiba inu",
  PEPE: "pepe, pepecoin",
  UNI: "uniswap",
  ATOM: "cosmos",
  XLM: "xlm, stellar",
  TRX: "trx, tron",
  BCH: "bch, bitcoin cash",
  ETC: "ethereum classic",
  FIL: "filecoin",
  APT: "aptos",
  ARB: "arbitrum",
  OP: "optimism",
  SUI: "sui",
  NEAR: "near protocol",
  INJ: "inj, injective",
  TON: "toncoin",
  WIF: "wif, dogwifhat",
  BONK: "bonk",
  FLOKI: "floki",
  AAVE: "aave",
  MKR: "mkr",
  ALGO: "algorand",
  VET: "vechain",
  ICP: "icp, internet computer",
  HBAR: "hbar, hedera",
  XMR: "xmr, monero",
  EOS: "eos",
  XTZ: "xtz, tezos",
  SAND: "sandbox",
  MANA: "decentraland",
  AXS: "axs, axie",
  FTM: "ftm, fantom",
  RUNE: "thorchain",
  CRV: "crv",
  LDO: "ldo, lido",
  DYDX: "dydx",
  GRT: "grt",
  SEI: "sei",
  TIA: "tia, celestia",
  JUP: "jupiter",
  RNDR: "rndr",
  FET: "fet",
  KAS: "kaspa",
  PAXG: "paxg, gold",
}

/** Adds every coin to a phrase book. */
export function addCoinNames(book: PhraseBook) {
  for (const [detail, phrases] of Object.entries(coinNames))
    for (const phrase of phrases.split(", ")) book.add(phrase, { concept: "coin", detail })
}

/** Tickers we know: in capitals they are coins wherever they stand. */
export const knownTickers: ReadonlySet<string> = new Set(Object.keys(coinNames))

/** Currencies that prices are written in, the usual one first. */
export const quoteCurrencies = [
  "USDT",
  "USDC",
  "USD",
  "EUR",
  "BUSD",
  "FDUSD",
  "GBP",
  "TRY",
  "BRL",
  "BTC",
  "ETH",
] as const
