/** What stands in place of a text that claims what no model can do. */
export const CLAIMED =
  "The model says it did something it cannot do; nothing was ordered. Nothing was started, saved or changed either: only you can do that, and not from what a model says."

const done = "placed|sent|filled|executed|submitted|completed|confirmed|processed"
const acted = [
  "bought|sold|purchased|shorted|placed|executed|submitted|activated|deployed|deposited|withdrawn|withdrew|transferred",
  "(?:started|saved|applied)(?: (?!with)\\p{L}+){0,3} (?:strategy|bots?|changes?|it|that|this|trading|everything)",
  "(?:opened|closed|entered|exited) (?:a|the|your|my)(?: \\p{L}+){0,2} (?:position|trade)",
  "(?:changed|updated|rotated|replaced|deleted|removed|added|stored|set|created|revoked|raised|lowered)(?: \\p{L}+){0,4} (?:keys?|passwords?|secrets?|credentials|accounts?|balance|leverage)",
].join("|")
const between = "(?:just|already|now|also|then|successfully|automatically|hereby|gone ahead and)"

/** Somebody else's own act, told as done; in the languages of the interpreter. */
const ownAct = new RegExp(
  [
    `(?<!\\p{L})(?:i|we)(?:['’]ve| have|)(?: ${between}){0,2} (?:${acted})(?!\\p{L})`,
    `(?:^|[.!?:]\\s+)(?:${between} |done[,!:]? )?(?:bought|sold|purchased|shorted|deposited|withdrew|transferred) \\$?\\d`,
    "ich habe(?: [^.!?]{0,60})? (?:gekauft|verkauft|eingezahlt|ausgeführt|platziert|geändert|abgehoben)",
    "(?<!\\p{L})(?:he (?:comprado|vendido|ejecutado|depositado)|compré|vendí|deposité)(?!\\p{L})",
    "j['’]ai (?:\\p{L}+ )?(?:acheté|vendu|passé|exécuté|déposé)",
    "(?<!\\p{L})(?:comprei|vendi|executei|depositei|ho (?:comprato|venduto|eseguito|depositato))(?!\\p{L})",
    "(?<!\\p{L})я (?:купил|продал|разместил|исполнил|внёс|внес|изменил)",
    "已(?:经)?(?:下单|买入|卖出|成交|充值|存入|为您买)|(?:買い|売り|購入し|注文し|入金し)ました",
  ].join("|"),
  "iu",
)

/** A thing of the person's that is said to have happened. */
const happened = new RegExp(
  [
    `(?<!\\p{L})(?:orders?|trades?|purchase|sale|deposit|withdrawal|transfer|payment) (?:(?:was|were|has been|have been|is now|are now) )?(?:successfully |already )?(?:${done}|received|credited|done)(?!\\p{L})`,
    "(?<!\\p{L})(?:strategy|bot|changes?|rules|settings?|keys?|password|limits?) (?:has been|have been|was|were|is now|are now) (?:successfully |already )?(?:applied|confirmed|activated|deployed|saved|changed|updated|rotated|replaced|deleted|stored|added|removed)(?!\\p{L})",
    "(?<!\\p{L})(?:is|are) now (?:live|running|active|trading)(?!\\p{L})",
    "(?<!\\p{L})(?:funds|money|coins|dollars|usdt?|btc|eth) (?:(?:was|were|has been|have been) )?(?:deposited|withdrawn|transferred|credited|received)(?!\\p{L})",
    "orden (?:ejecutada|colocada|enviada)|order (?:ausgeführt|platziert|aufgegeben)|ordre (?:exécuté|passé)|ordem (?:executada|enviada)|ordine (?:eseguito|inviato)|(?:ордер|заказ|сделка) (?:исполнен|размещ|выполнен)|订单已",
  ].join("|"),
  "iu",
)

/** How rules and tests are explained: what happens whenever, or happened in a test. */
const told = /(?<!\p{L})(?:would|will|when|whenever|if|once|until|each time|every time|backtest|test|candle)(?!\p{L})/iu

/** Whether a text claims an order, a key, a deposit or a start that no model can have made. */
export function claimsAct(text: string): boolean {
  if (ownAct.test(text)) return true
  return text.split(/(?<=[.!?。！？])\s+|\n+/).some((sentence) => happened.test(sentence) && !told.test(sentence))
}
