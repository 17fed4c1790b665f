import type { WrittenStrategy } from "../document/strategy-document.ts"
import type { DraftStrategy, LeftLine } from "./draft-strategy.ts"
import { formulaText, type Formula } from "../formula/formula.ts"
import { NotOurs } from "./formula-making.ts"
import { NotAnExpression } from "./script-expression.ts"
import { SCRIPT_LIMITS } from "./script-limits.ts"
import { withBlock, type ScriptLine } from "./script-token.ts"
import { refusalOf } from "./draft-proof.ts"
import { lostStop } from "./lost-stop.ts"
import { type IdleValues, idleValues, type ScriptLanguage } from "./unused-value.ts"
import { missedUser } from "./used-by-missed.ts"

/**
 * The outcome for a foreign strategy. `notUnderstood`: lines that change its trades and are missing from the
 * document. `leftOut`: lines that draw or name things, or that act a little differently here.
 */
export type Translation =
  | {
      ok: true
      document: WrittenStrategy
      notUnderstood: LeftLine[]
      leftOut: LeftLine[]
      /** A sentence where the script had a stop and the document has none. */
      noStop?: string
    }
  | {
      ok: false
      because: string
      notUnderstood: LeftLine[]
      leftOut: LeftLine[]
    }

const MOST_LINES_TOLD = SCRIPT_LIMITS.lines
const LONGEST_TEXT = 200

/** Notes about lines while a script is read. */
export class TranslationNotes {
  readonly notUnderstood: LeftLine[] = []
  readonly leftOut: LeftLine[] = []

  /** Lines that a step has translated or noted; `answer` notes all others. */
  readonly #settled = new Set<ScriptLine>()

  /** Settings that stay at their default. */
  readonly #kept = new Set<ScriptLine>()

  missed(line: ScriptLine, why: string) {
    this.done(line)
    note(this.notUnderstood, line, why)
  }

  isMissed({ line }: ScriptLine): boolean {
    return this.notUnderstood.some((one) => one.line === line)
  }

  /** A line that was noted as left out decides trades after all. */
  missedAfterAll(line: ScriptLine, why: string) {
    this.#takeBack(line)
    this.missed(line, why)
  }

  left(line: ScriptLine, why: string) {
    this.done(line)
    note(this.leftOut, line, why)
  }

  /** A setting that no slider can move here: a text, a date, a source. */
  kept(line: ScriptLine, value: Formula) {
    this.#kept.add(line)
    this.left(line, keptAt(value))
  }

  /** The line is translated, or noted. */
  done(line: ScriptLine) {
    this.#settled.add(line)
  }

  /** The line and all below it: the one note covers them. */
  doneWhole(line: ScriptLine) {
    for (const one of withBlock(line)) this.#settled.add(one)
  }

  /** Runs a step of the translation; notes at the line what our rules cannot express. Returns whether it worked. */
  attempt(line: ScriptLine, step: () => void): boolean {
    try {
      step()
      this.done(line)
      return true
    } catch (error) {
      if (error instanceof NotOurs) this.missed(line, error.why)
      else if (error instanceof NotAnExpression) this.missed(line, error.message)
      else throw error
      return false
    }
  }

  /** The answer: the draft as a document, or why there is none. A line that no step has handled is not understood. */
  answer(draft: DraftStrategy, script: ScriptLine[], language: ScriptLanguage): Translation {
    const all = script.flatMap((one) => [...withBlock(one)])
    for (const line of all) {
      if (!this.#settled.has(line)) this.missed(line, "no step of the translation read this line")
    }
    const found = draft.hasEntry ? checked(draft) : noEntry
    if (typeof found !== "string") {
      this.#unusedSettings(draft, found, all)
      this.#idle(idleValues(all, language, this.#kept))
    }
    for (const lines of [this.notUnderstood, this.leftOut]) lines.sort((a, b) => a.line - b.line)
    const { notUnderstood, leftOut } = this
    return typeof found === "string"
      ? { ok: false, because: found, notUnderstood, leftOut }
      : {
          ok: true,
          document: found,
          notUnderstood,
          leftOut,
          noStop: lostStop(all, (line) => this.isMissed(line), found),
        }
  }

  /** Who changes a rule for a setting that no rule uses would look for it in vain. */
  #idle({ unused, drawn }: IdleValues) {
    const tell = (line: ScriptLine, why: string) => {
      if (this.#kept.has(line)) this.#takeBack(line)
      if (!this.#isNoted(line)) this.left(line, why)
    }
    for (const line of unused) tell(line, "nothing in the script uses it")
    for (const line of drawn) if (this.#kept.has(line)) tell(line, "only what is drawn uses it")
  }

  /** What was said of a line that was left out. */
  #takeBack({ line }: ScriptLine) {
    const others = this.leftOut.filter((one) => one.line !== line)
    this.leftOut.splice(0, Infinity, ...others)
  }

  #isNoted({ line }: ScriptLine): boolean {
    return [...this.notUnderstood, ...this.leftOut].some((one) => one.line === line)
  }

  /** A setting without a slider in the document would vanish without a word. */
  #unusedSettings({ settingLines }: DraftStrategy, { params = {} }: WrittenStrategy, all: ScriptLine[]) {
    for (const [name, line] of settingLines) {
      if (Object.hasOwn(params, name) || this.#isNoted(line)) continue
      const user = missedUser(line, all, (one) => this.isMissed(one))
      this.left(
        line,
        user ? `line ${user.line} uses this setting and was not taken over whole` : "no rule here uses this setting",
      )
    }
  }
}

function keptAt(value: Formula): string {
  return `kept at its default of ${defaultText(value)}; rules have no slider for it, so change the rule itself for another`
}

function defaultText(value: Formula): string {
  if (value.kind === "text") return value.text === "" ? "the chart's own" : JSON.stringify(value.text.slice(0, 60))
  if (value.kind === "number" && Math.abs(value.value) >= 1e11) return dateText(value.value)
  return formulaText(value).slice(0, 80)
}

/** A number this large in a setting is a time. */
function dateText(timeMs: number): string {
  const date = new Date(timeMs)
  return Number.isNaN(date.getTime()) ? String(timeMs) : date.toISOString().slice(0, 16).replace("T", " ")
}

/** A condition that is known already, as a setting is kept at its default. */
export function settled(holds: boolean): string {
  return `what it asks is fixed here: it ${holds ? "always" : "never"} holds`
}

/** An order that can never be placed. */
export const NEVER_PLACED = "what it waits for never holds here, so it trades nothing"

const noEntry = "No entry was understood, so there is no strategy to show. Nothing was lost: the script is as it was."

/** The draft as a document that runs, or why it is not one. */
function checked(draft: DraftStrategy): WrittenStrategy | string {
  const { document } = draft
  const refused = refusalOf(document)
  if (!refused) return document
  const { path, because } = refused
  return `The script was read, but its rules make no strategy here: ${path}: ${because}. The script is as it was.`
}

function note(lines: LeftLine[], { line, text }: ScriptLine, why: string) {
  if (lines.some((one) => one.line === line && one.why === why)) return
  if (lines.length < MOST_LINES_TOLD) lines.push({ line, text: text.slice(0, LONGEST_TEXT), why })
}
