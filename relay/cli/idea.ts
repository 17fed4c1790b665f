import { type Reply, readIdea } from "#engine/idea"
import { planInWords } from "#engine/strategy"
import { toldReply } from "../door/told-reply.ts"
import { printJson, printText } from "./answer.ts"
import { onePositional, readWords, type Command } from "./command.ts"
import { openStrategy } from "./strategy-input.ts"

const options = {
  given: { type: "string" },
  balance: { type: "string" },
  json: { type: "boolean" },
} as const

const help = `candlewright idea "SENTENCE"

Reads an idea in plain words as a strategy, without a network and without a model, and says what it understood, what it assumed and what it left out.
It asks one question where the answer decides the rules, and says why where an idea cannot or must not be traded. It never places an order.

  candlewright idea "buy bitcoin on 1h when RSI 14 falls under 30, sell above 70, stop 3 %"
  candlewright idea "make it safer" --given dip.json
  candlewright idea "buy the dip, but never lose more than $5 a day" --balance 100 --json

  --given FILE.json   the strategy that the sentence changes
  --balance AMOUNT    what the account holds, for limits in money
  --json              { "kind": "strategy" | "question" | "decline" | "answer", "text", "assumptions", "understood": [{ "text", "as", … }], "notUnderstood": [{ "text", … }], "document", "flags", … }`

/** `candlewright idea` */
export const ideaCommand: Command = { help, run }

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  const say = onePositional("sentence in quotes", positionals)
  const given = values.given === undefined ? undefined : (await openStrategy(values.given)).strategy
  const reply = readIdea(say, { given, balanceQuote: values.balance })
  await (values.json ? printJson(toldReply(reply)) : printText(wordsOf(reply)))
}

function wordsOf(reply: Reply): string {
  const understood = reply.understood.map(({ words, meaning }) => `${words} → ${meaning}`)
  const sections = [
    ["", [reply.text]],
    ["Understood:", understood],
    ["Its rules:", reply.kind === "strategy" ? planInWords(reply.document).map(({ text }) => text) : []],
    ["Changed:", reply.kind === "strategy" ? (reply.changes ?? []) : []],
    ["Assumed:", reply.assumptions],
    ["Not possible:", reply.notPossible],
    ["Not understood:", reply.notUnderstood.map(({ words }) => words)],
    ["You can answer:", reply.kind === "question" ? (reply.choices ?? []) : []],
  ] as const
  return sections.map(([title, lines]) => sectionText(title, lines)).join("")
}

function sectionText(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return ""
  return title === "" ? `${lines.join("\n")}\n` : `\n${title}\n${lines.map((line) => `  ${line}\n`).join("")}`
}
