/** A place's clock: how it is named, and how many hours it is ahead of UTC. */
export type TimeZone = { name: string; aheadHours: number }

/** Names of clocks, folded. Where summer and winter differ, the name says which; a city has its summer's, which is longer. */
const zones: readonly [names: string, zone: TimeZone][] = [
  ["est", { name: "EST", aheadHours: -5 }],
  ["edt et eastern|new york|nueva york|nova york|nova iorque|纽约", { name: "EDT", aheadHours: -4 }],
  ["cst", { name: "CST", aheadHours: -6 }],
  ["cdt", { name: "CDT", aheadHours: -5 }],
  ["mst", { name: "MST", aheadHours: -7 }],
  ["mdt", { name: "MDT", aheadHours: -6 }],
  ["pst", { name: "PST", aheadHours: -8 }],
  ["pdt pt pacific", { name: "PDT", aheadHours: -7 }],
  ["bst|london", { name: "BST", aheadHours: 1 }],
  ["cet mez", { name: "CET", aheadHours: 1 }],
  ["cest mesz|berlin|madrid|paris|deutsche|espana", { name: "CEST", aheadHours: 2 }],
  ["brt|brasilia", { name: "BRT", aheadHours: -3 }],
  ["msk|moscow", { name: "MSK", aheadHours: 3 }],
  ["ist", { name: "IST", aheadHours: 5.5 }],
  ["sgt hkt|北京|singapore", { name: "UTC+8", aheadHours: 8 }],
  ["jst kst|tokyo|tokio", { name: "JST", aheadHours: 9 }],
  ["aest|sydney", { name: "AEST", aheadHours: 10 }],
]

/** The clock that a text names. `isBare`: without "time", "Zeit" or the like beside it, a city is no clock. */
export function timeZoneOf(text: string, isBare: boolean): TimeZone | undefined {
  const own = text.replaceAll(" ", "")
  for (const [names, zone] of zones) {
    const [short, ...cities] = names.split("|")
    if (short.split(" ").includes(text)) return zone
    if (!isBare && cities.some((city) => city.replaceAll(" ", "") === own)) return zone
  }
  return undefined
}
