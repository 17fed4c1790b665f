import { DAY_MS } from "#engine/candles"
import {
  accountFacts,
  type AccountFacts,
  keySteps,
  labelOf,
  named,
  neverUsed,
  type RealVenueId,
  realVenues,
  usedInWords,
  venueOf,
  windowInWords,
} from "#venues"
import { dialects } from "../relay/exchange/ccxt/venue-dialect.ts"
import { budgetRules } from "../relay/exchange/ccxt/weight-budget.ts"

/** The real exchanges, in the order of the page. */
export const venueIds = realVenues.map(({ id }) => id as RealVenueId)

/** The parts of docs/exchanges.md that are written from the code, by the names of their marks. */
export function writtenParts(): Record<string, string> {
  const sections = venueIds.map((venue) => [venue, sectionOf(venue)] as const)
  return { abilities: abilityTable(), ...Object.fromEntries(sections) }
}

/** The page with those parts written anew, between their marks. */
export function pageWith(page: string, parts: Record<string, string>): string {
  return page.replace(
    /<!-- written: (\w+) -->[\s\S]*?<!-- \/written -->/g,
    (_, name: string) => `<!-- written: ${name} -->\n\n${parts[name]}\n\n<!-- /written -->`,
  )
}

function sectionOf(venue: RealVenueId): string {
  const facts = accountFacts[venue]
  const { can, rights, key } = facts
  const fields = (["apiKey", "secret"] as const).map((part) => `${labelOf(key[part])}: ${key[part].shape}`)
  return [
    facts.region,
    `**A key.** ${facts.expiry}`,
    keySteps(venue, { isTestnet: false })
      .map((step, at) => `${at + 1}. ${step}`)
      .join("\n"),
    listOf("What it looks like", fields),
    `**Where its rights are changed.** ${facts.where}: ${named(rights.needed)}, and never ${named(rights.never)}.`,
    `**Test network.** ${facts.testNetwork.words}`,
    listOf("What is used", usedInWords(can)),
    `**What is not.** ${neverUsed}`,
    listOf("What may surprise you", [...facts.traps, windowInWords(can)]),
    noesOf(facts),
  ].join("\n\n")
}

function listOf(title: string, lines: readonly string[]): string {
  return [`**${title}.**`, "", ...lines.map((line) => `- ${line}`)].join("\n")
}

function noesOf({ noes }: AccountFacts): string {
  const words = { "exchange-away": "not from here", "clock-differs": "the time is wrong" }
  const more = { "key-not-accepted": "the key is not accepted", minimum: "too small an order" }
  const all = Object.entries({ ...words, ...more }) as [keyof typeof noes, string][]
  const known = all.filter(([code]) => noes[code] !== undefined)
  return `**How it says no.** ${known.map(([code, meaning]) => `${noes[code]}: ${meaning}`).join(" · ")}.`
}

function abilityTable(): string {
  const names = venueIds.map((id) => venueOf(id).name)
  const rows = tableRows.map(({ what, of }) => line([what, ...venueIds.map(of)]))
  return [line(["", ...names]), line(["---", ...names.map(() => "---")]), ...rows].join("\n")
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`
}

const yesOrNo = (is: boolean) => (is ? "yes" : "no")
const can = (venue: RealVenueId) => accountFacts[venue].can

const tableRows: { what: string; of: (venue: RealVenueId) => string }[] = [
  { what: "Orders", of: (venue) => can(venue).orderKinds.join(", ") },
  { what: "A buy and its stop in one request", of: (venue) => protectCell(can(venue).protect) },
  { what: "A stop and a target of which one ends the other", of: (venue) => yesOrNo(can(venue).pair) },
  {
    what: "A stop moved in one request",
    of: (venue) => (can(venue).amend ? "yes, the same order" : yesOrNo(can(venue).replace)),
  },
  { what: "An order found by the name it was sent with", of: (venue) => yesOrNo(can(venue).knowsOurIds) },
  { what: "The answer to an order", of: (venue) => (can(venue).onlyAcknowledges ? "its number" : "all of it") },
  { what: "Fills are pushed", of: (venue) => yesOrNo(can(venue).pushesFills) },
  { what: "Fills are read in stretches of", of: (venue) => stretchCell(dialects[venue].fillPages.windowMs) },
  { what: "A lost request may still arrive for", of: (venue) => `${can(venue).windowS} s` },
  { what: "The fee of a buy is taken from", of: (venue) => can(venue).feeOfBuy },
  { what: "The smallest order", of: () => "as each market says" },
  { what: "Requests from one address", of: budgetCell },
  { what: "Test network", of: (venue) => yesOrNo(accountFacts[venue].testNetwork.isThere) },
]

function protectCell(protect: AccountFacts["can"]["protect"]): string {
  if (protect === undefined) return "no"
  return protect === "received" ? "yes, for what was received" : "yes, for a quantity of its own"
}

function stretchCell(windowMs: number): string {
  if (!Number.isFinite(windowMs)) return "any length"
  const days = windowMs / DAY_MS
  return days === 1 ? "a day" : `${days} days`
}

function budgetCell(venue: RealVenueId): string {
  const { mostWeight, windowMs } = budgetRules[venue]
  const unit = venue === "binance" ? " of weight" : ""
  return `${mostWeight.toLocaleString("en")}${unit} in ${windowMs / 1000} s`
}
