import { changesBetween, type StrategyChange, withChanges, type WrittenStrategy } from "#engine/strategy"
import { changeDraft, type KeptStrategy } from "../../db/kept-strategy.ts"
import { unavailableBecause } from "../../db/unavailable.ts"
import type { SettingsChange } from "../../run/settings-change.ts"
import { changed, type DraftSteps, firstStep, redone, type Step, undone } from "../draft-steps.ts"
import { heldPress } from "../held-press.ts"
import { typedField } from "../typed-field.ts"
import { hasStashed, holdWindow, stashChanges } from "./stashed-changes.ts"

/** Whether what is on the desk is in the browser's database. */
export type Saving = { state: "saved" | "saving" } | { state: "failed"; because: string }

export type DeskView = { steps: DraftSteps; saving: Saving }

/** A moving slider is written down when it pauses. */
const SAVE_AFTER_MS = 250

/**
 * A strategy of the library while it is worked on in this window. Every change is on the desk at once and in the
 * database a moment later; what other windows change comes in between without either being lost.
 */
export class StrategyDesk {
  #synced: WrittenStrategy
  #revision: number
  #steps: DraftSteps
  #saving: Saving = { state: "saved" }
  #timer: ReturnType<typeof setTimeout> | undefined
  #writing: Promise<void> | undefined
  #heard: Pick<KeptStrategy, "draft" | "revision"> | undefined
  #view: DeskView
  readonly #listeners = new Set<() => void>()

  constructor(
    readonly id: string,
    { draft, revision }: Pick<KeptStrategy, "draft" | "revision">,
  ) {
    this.#synced = draft
    this.#steps = firstStep(draft)
    this.#revision = revision
    this.#view = this.#look()
    holdWindow()
  }

  /** What to show; the same object until something changes. */
  get view(): DeskView {
    return this.#view
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Puts the next document on the desk, and says in words what was done. */
  change = (document: WrittenStrategy, words: string, settings?: SettingsChange): void => {
    if (changesBetween(this.#document, document).length > 0) this.#add({ document, words, settings })
    else if (settings) this.changeSettings(settings, words)
  }

  /** Hears that it is tested otherwise: a step like any other, though nothing of it is written here. */
  changeSettings = (settings: SettingsChange, words: string): void =>
    this.#add({ document: this.#document, words, settings })

  undo = (): void => this.#put(undone(this.#steps))

  redo = (): void => this.#put(redone(this.#steps))

  /** Hears what the database holds by now; other windows write there too. */
  hear(kept: Pick<KeptStrategy, "draft" | "revision">): void {
    if (this.#writing) this.#heard = kept
    else if (kept.revision > this.#revision) {
      this.#take(kept)
      this.#publish()
    }
  }

  /** Writes down what is not written yet; resolves when it is. */
  save = async (): Promise<void> => {
    clearTimeout(this.#timer)
    await this.#writing
    const changes = this.#unwritten()
    if (changes.length === 0) return this.#setSaving({ state: "saved" })
    this.#writing = this.#write(changes)
    await this.#writing
  }

  /** The window goes: what is not written yet is put where a closing window still can, for the next one to write. */
  leave = (): void => {
    stashChanges(this.id, this.#unwritten())
    void this.save()
  }

  async #write(changes: StrategyChange[]): Promise<void> {
    const sent = this.#document
    try {
      const answer = await changeDraft(this.id, changes)
      if (answer && answer.revision > this.#revision) this.#take(answer, sent)
      // The window may be closing, with more to write than was sent.
      if (hasStashed(this.id)) stashChanges(this.id, answer ? this.#unwritten() : [])
      const isMore = this.#unwritten().length > 0
      this.#setSaving(answer ? { state: isMore ? "saving" : "saved" } : { state: "failed", because: GONE })
    } catch (error) {
      this.#setSaving({ state: "failed", because: unavailableBecause(error) })
    }
    this.#writing = undefined
    // While writing we could not know whether a change we saw is our own.
    const heard = this.#heard
    this.#heard = undefined
    if (heard) this.hear(heard)
  }

  /**
   * What others changed is put into every step, so that going back takes back nothing but what was done here.
   * `known`: the last write before the database answered.
   */
  #take({ draft, revision }: Pick<KeptStrategy, "draft" | "revision">, known = this.#synced) {
    const theirs = changesBetween(known, draft)
    const mine = changesBetween(known, this.#document)
    const withTheirs = <Step extends { document: WrittenStrategy }>(step: Step) => ({
      ...step,
      document: withChanges(step.document, theirs).strategy,
    })
    const { past, now, future, changedAtMs } = this.#steps
    const document = withChanges(draft, mine).strategy
    this.#steps = {
      past: past.map(withTheirs),
      now: { ...now, document },
      future: future.map(withTheirs),
      changedAtMs,
    }
    this.#synced = draft
    this.#revision = revision
  }

  #add(step: Omit<Step, "field" | "press">) {
    this.#put(changed(this.#steps, { ...step, field: typedField(), press: heldPress() }, performance.now()))
  }

  get #document(): WrittenStrategy {
    return this.#steps.now.document
  }

  #unwritten(): StrategyChange[] {
    return changesBetween(this.#synced, this.#document)
  }

  #put(steps: DraftSteps) {
    if (steps.now === this.#steps.now) return
    const isChanged = steps.now.document !== this.#document
    this.#steps = steps
    if (isChanged) this.#saveSoon()
    this.#publish()
  }

  #saveSoon() {
    this.#saving = { state: "saving" }
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.save(), SAVE_AFTER_MS)
  }

  #setSaving(saving: Saving) {
    this.#saving = saving
    this.#publish()
  }

  #publish() {
    this.#view = this.#look()
    for (const listener of this.#listeners) listener()
  }

  #look(): DeskView {
    return { steps: this.#steps, saving: this.#saving }
  }
}

const GONE =
  "This strategy was deleted in another window. What is on this screen is still here: export it, or keep it again."
