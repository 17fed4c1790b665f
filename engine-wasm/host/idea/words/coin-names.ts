import type { PhraseBook } from "./phrase-book.ts"

/** Coins by what people call them; a ticker that is an ordinary word too needs to be written in capitals. */
const coinNames: Record<string, string> = {
  BTC: "btc, bitcoin*, xbt, btcs",
  ETH: "eth, ethereum*, ether, eths",
  SOL: "sol, solana",
  XRP: "xrp, ripple",
  BNB: "bnb, binance coin",
  ADA: "ada, cardano",
  DOGE: "doge, dogecoin*",
  DOT: "polkadot",
  AVAX: "avax, avalanche",
  LINK: "chainlink",
  LTC: "ltc, litecoin*",
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
export const quoteCurrencies = ["USDT", "USDC", "USD", "EUR", "BUSD", "FDUSD", "GBP", "TRY", "BRL", "BTC", "ETH"] as const
