import type { RealVenueId } from "#venues"

const acts = "ask tell drop enter cancel protect adopt sell"
const faults =
  "F01 F02 F03 F04 F04b F04c F05 F06 F06b F07 F08 F08b F09 F09b F10 F10b F11 F12 F14 F15 F16 F17 F18 F22 F25 F85"
const refusals: Record<RealVenueId, string> = {
  binance: "-1013 -1021 -2010 -2011 -2013",
  bybit: "10002",
  coinbase: "-401",
}
const troubles =
  "answer sell-by-hand down expire fault fees fill-part kill owner restart rules scenario skew sockets stream wish"
const orders =
  "entry cancelled,entry filled,entry refused,stop cancelled,stop filled,stop refused,exit filled,exit refused,target filled,add filled"

const named = (what: string, names: string, between = " ") => names.split(between).map((name) => `${what} ${name}`)

/** Marks that a venue has no way to. */
const unknownAt: Record<RealVenueId, ReadonlySet<string>> = {
  binance: new Set(),
  bybit: new Set(["trouble fees", "fault F17"]),
  coinbase: new Set(["trouble fees", "fault F17"]),
}

/** What a hundred stories at a venue have to come past: a path that none of them takes is not tried at all. */
export function expectedMarks(venue: RealVenueId): readonly string[] {
  const all = [
    named("act", acts),
    named("fault", faults),
    named("refused", refusals[venue]),
    named("trouble", troubles),
    named("order", orders, ","),
    "another engine",
  ].flat()
  return all.filter((mark) => !unknownAt[venue].has(mark))
}
