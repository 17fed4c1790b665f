import type { CandleColumnName } from "../candles.ts"

/** A header cell in the form we compare: lower case and digits, without accents. */
export function plainName(text: string): string {
  return text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
}

// The first name found wins: of several time columns the exact one, of several volumes the one in base units. The
// foreign words are from Stooq, Investing.com and German banks.
export const columnNames: Record<Exclude<CandleColumnName, "openTimeMs" | "volume">, readonly string[]> = {
  open: [
    ..."open openprice priceopen o first".split(" "),
    ..."otwarcie eroffn eroffnung erster apertura ouv ouverture opening abertura откр открытие".split(" "),
  ],
  high: [
    ..."high highprice pricehigh max maximum h".split(" "),
    ..."najwyzszy hoch tageshoch maximo maxima massimo plushaut haut hoog макс максимум".split(" "),
  ],
  low: [
    ..."low lowprice pricelow min minimum l".split(" "),
    ..."najnizszy tief tagestief minimo minima plusbas bas laag мин минимум".split(" "),
  ],
  close: [
    // Exchanges of futures settle at another price than the last one.
    ..."close closeprice priceclose closelast settle settlement settleprice settlementprice last lastprice c".split(
      " ",
    ),
    ..."zamkniecie zuletzt schluss schlusskurs ultimo dernier cloture clot laatst slot закрытие".split(" "),
    // Investing.com calls the close so, beside open, high and low.
    ..."price цена".split(" "),
  ],
}

/** Columns with the open time of a candle. */
export const openTimeNames = [
  ..."opentimems timeopenms opentime timeopen opentimestamp timeperiodstart starttime startat starttimestamp periodstart barstart candlestart windowstart begin start opendate dateopen".split(
    " ",
  ),
  ..."timestampms timems timestamp unixtimestamp unix unixtime epoch epochtime ts datetime dateandtime datetimeutc".split(
    " ",
  ),
  ..."gmttime utctime timeutc timegmt localtime time date day dateutc tradedate tradingday dtyyyymmdd t".split(" "),
  ..."month week monat woche mois semaine mes semana".split(" "),
  ..."data datum fecha дата dataczas zeit uhrzeit czas hora ora heure".split(" "),
]

/** Columns that may hold the day alone, beside one with the time of day. */
export const dayNames = "date day dtyyyymmdd tradedate tradingday data datum fecha дата".split(" ")

/** Columns that may hold the time of day alone. */
export const timeOfDayNames =
  "time timestamp timeofday hour hours hr hourofday starthour hourstart stunde zeit uhrzeit czas hora ora heure время".split(
    " ",
  )

/** Times of day of one or two digits under these names are hours. */
export const hourNames = "hour hours hr hourofday starthour hourstart stunde".split(" ")

/** Columns with the zone of each row's time, or how far it is ahead of UTC. */
export const zoneNames = [
  ..."timezone timezonename tz tzname zoneid exchangetimezone exchangetimezonename zeitzone".split(" "),
  ..."utcoffset gmtoffset tzoffset timezoneoffset offsetutc".split(" "),
]

/** The same, where the cells are zones: other things go by these names too. */
export const perhapsZoneNames = ["zone", "offset"]

/** Columns with the end of a candle, or the time of its high and low: never its open time. */
export const otherTimeNames =
  /^(?:close|end|high|low)(?:ing)?(?:time|date|at)|(?:time|date)(?:close|end|high|low)|timeperiodend|^end$/

export const volumeNames = [
  ..."volume vol basevolume volumebase volumebaseccy volumecrypto volumefrom v".split(" "),
  ..."wolumen volumen stuecke stucke volumes volumi объем".split(" "),
]
export const tickVolumeNames = "tickvol tickvolume tickvolumes ticks".split(" ")

/** Columns whose text says which market a row belongs to. */
export const marketNames = [
  ..."symbol ticker market pair instrument asset coin currencypair tradingpair contract isin cusip figi permno ric".split(
    " ",
  ),
  ..."expiry expiration expirydate expirationdate maturity delivery deliverymonth contractmonth frontmonth".split(" "),
  ..."stock security code secid seccode symbolid assetid tickersymbol name".split(" "),
]

/** Columns whose number says which market a row belongs to, where it stays the same for many rows. */
export const marketIdNames = [
  ..."id token instrumentid instrumenttoken exchangetoken tokenid conid contractid securityid productid".split(" "),
  ..."marketid pairid coinid scrip scripcode scripid securitycode issueid companyid gvkey wkn figiid tickerid".split(
    " ",
  ),
]

/** Columns whose text says how long a row's candle is, or where it traded. */
export const kindNames = "per period interval timeframe resolution granularity bartype exchange venue".split(" ")

const money =
  "usd usdt usdc busd tusd fdusd dai eur gbp jpy krw try brl aud cad chf inr idr currency quote quoteccy money notional".split(
    " ",
  )
const notAmounts = ["ma", "sma", "ema", "avg", "average", "change", "chg", "weighted"]

/**
 * The unit in "Volume USDT", "Quote volume": the part after or before the word; undefined when it is not a candle's
 * volume.
 */
export function volumeUnit(plain: string): string | undefined {
  const unit = /^volume(.+)$/.exec(plain)?.[1] ?? /^(.+)volume$/.exec(plain)?.[1]
  const isTaken =
    unit === undefined || notAmounts.includes(unit) || /^taker|taker|tick|real|spread|^ask|^bid|^buy|^sell/.test(unit)
  return isTaken ? undefined : unit
}

/** Whether a volume's unit is money, and not the traded coin. */
export function isMoney(unit: string): boolean {
  return (
    money.some((each) => unit === each || unit === `${each}asset` || unit === `${each}s`) || unit.startsWith("quote")
  )
}
