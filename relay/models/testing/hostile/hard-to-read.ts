import type { HostileCase } from "./hostile-case.ts"
import { says } from "../model-server.ts"
import { strategy, envelope, good } from "./said-by-models.ts"
import { dip, envelopeText } from "../talking.ts"

/** Cases of the hostile suite: see `hostile-models.ts`. */
export const readings: HostileCase[] = [
  {
    name: "JSON in a fence",
    script: [says(`Here you are:\n\`\`\`json\n${good}\n\`\`\`\nGood luck!`)],
    ends: "strategy",
  },
  { name: "JSON in a fence without its language", script: [says(`\`\`\`\n${good}\n\`\`\``)], ends: "strategy" },
  { name: "JSON in the middle of words", script: [says(`Sure! ${good} Anything else?`)], ends: "strategy" },
  {
    name: "several objects, of which the last counts",
    script: [says(`${envelopeText({ strategy: strategy({ name: "First" }) })}\n${good}`)],
    ends: "strategy",
    has: /"RSI dip"/,
  },
  { name: "an object in a list", script: [says(`[${good}]`)], ends: "strategy" },
  { name: "JSON with single quotes", script: [says(good.replaceAll('"', "'"))], ends: "strategy" },
  { name: "JSON with commas too many", script: [says(good.replace(/\}$/, ",}"))], ends: "strategy" },
  { name: "JSON with comments", script: [says(good.replace("{", "{ // my idea\n"))], ends: "strategy" },
  { name: "JSON that is cut off", script: [says(good.slice(0, -20)), says(good)], ends: "strategy" },
  { name: "JSON with a byte order mark", script: [says(`\uFEFF${good}`)], ends: "strategy" },
  { name: "Python's dictionary", script: [says(good.replaceAll('"none"', "None"))], ends: "strategy" },
  { name: "a strategy without its envelope", script: [says(JSON.stringify(dip))], ends: "strategy" },
  {
    name: "numbers in quotes with percent signs",
    script: [envelope({ stop: { kind: "percent", percent: "3 %" } })],
    ends: "strategy",
    has: /"value":3[,}]/,
  },
  {
    name: "null in every empty field",
    script: [envelope({ short: null, targets: null, trailing: null, size: null })],
    ends: "strategy",
  },
  {
    name: "a list where one is wanted",
    script: [envelope({ long: [{ enter: ["close > 1"] }] }), says(good)],
    ends: "strategy",
  },
  {
    name: "fields of its own invention",
    script: [envelope({ leverage: 50 }), says(good)],
    ends: "strategy",
    has: /^(?!.*leverage)/,
  },
  { name: "only words", script: [says("I think you should buy the dip.")], ends: "failed", says: /no JSON object/ },
  { name: "only an opening brace", script: [says("{")], ends: "failed", says: /cannot be used/ },
  {
    name: "a prototype to poison",
    script: [says(good.replace("{", '{"__proto__":{"isAdmin":true},'))],
    ends: "strategy",
  },
  {
    name: "a thousand levels of lists",
    script: [says(`{"kind":"strategy","strategy":${"[".repeat(1_000)}${"]".repeat(1_000)}}`)],
    ends: "failed",
    says: /cannot be used/,
  },
  {
    name: "a number beyond all numbers",
    script: [says(good.replace('"percent":3', '"percent":1e999'))],
    ends: "failed",
    says: /number/,
  },
  { name: "no words at all", script: [says("  \n ")], ends: "failed", says: /cannot be used|answered nothing/ },
  {
    name: "a question without a question",
    script: [says(envelopeText({ kind: "question", text: "" }))],
    ends: "failed",
    says: /cannot be used/,
  },
  { name: "a kind that does not exist", script: [says(envelopeText({ kind: "order" }))], ends: "failed", says: /kind/ },
]
