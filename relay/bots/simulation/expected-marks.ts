const acts = "ask tell drop enter cancel protect adopt sell"
const faults =
  "F01 F02 F03 F04 F04b F04c F05 F06 F06b F07 F08 F08b F09 F09b F10 F10b F11 F12 F14 F15 F16 F17 F18 F22 F25 F85"
const refusals = "-1013 -1021 -2010 -2011 -2013"
const troubles =
  "answer sell-by-hand down expire fault fees fill-part kill owner restart rules scenario skew sockets stream wish"
const orders =
  "entry cancelled,entry filled,entry refused,stop cancelled,stop filled,stop refused,exit filled,exit refused,target filled,add filled"

const named = (what: string, names: string, between = " ") => names.split(between).map((name) => `${what} ${name}`)

/** What a hundred stories have to come past: a path that none of them takes is not tried at all. */
export const expectedMarks: readonly string[] = [
  named("act", acts),
  named("fault", faults),
  named("refused", refusals),
  named("trouble", troubles),
  named("order", orders, ","),
  "another engine",
].flat()
