import { useSyncExternalStore } from "react"
import { formatBytes, plainText } from "#engine/candles"
import type { NotTaken } from "#engine/result"
import { changesBetween, scriptLanguage } from "#engine/strategy"
import { purgeStrategy } from "../../db/deleted-strategy.ts"
import { keepStrategy, LibraryFull, listStrategies } from "../../db/kept-strategy.ts"
import { addRuns, forgetRun, type RunOfLibrary } from "../../db/saved-run.ts"
import { unavailableBecause } from "../../db/unavailable.ts"
import { toastWithUndo } from "../../ui/toast.tsx"
import { settingsHere } from "./run-of-file.ts"
import type { ReadStrategy } from "./read-strategy.ts"
import { MOST_FILE_BYTES, strategiesFrom } from "./strategy-file.ts"

/** What became of one file, paste or link; `refusedScript` as in `ReadFile`. */
export type ImportOutcome = {
  key: number
  source: string
  taken: Taken[]
  refused: string[]
  refusedScript?: string
  /** Of a library's file. */
  runCount?: number
}
/** `moved`: what became of a foreign script, in words; `notTaken`: its lines, where the script itself is not at hand. */
export type Taken = {
  id: string
  name: string
  isKnown: boolean
  moved?: string
  /** Of a library's file: what did not come back as it was, in sentences. */
  notes?: string[]
  notTaken?: NotTaken
  runCount?: number
  /** Of a run's file: how it was tested, and the markets for it that this browser lacks. */
  run?: TakenRun
}

/** `id`: of the run as it was kept; undefined where its figures were not. */
export type TakenRun = { settings: string; lacks: string[]; doubts: string[]; id?: string }

/** Older news is nobody's any more. */
const MOST_OUTCOMES = 8
/** A person drops a handful; a folder by mistake must not hang the page. */
const MOST_FILES = 50

let outcomes: ImportOutcome[] = []
let nextKey = 1
const listeners = new Set<() => void>()

/** Imports dropped or chosen files; `useImportOutcomes` reports each outcome. */
export async function importStrategyFiles(files: Iterable<File>): Promise<void> {
  for (const file of [...files].slice(0, MOST_FILES)) {
    const source = plainText(file.name, 60)
    if (file.size > MOST_FILE_BYTES)
      report({
        source,
        taken: [],
        refused: [`It is too large: ${formatBytes(file.size)}, at most ${formatBytes(MOST_FILE_BYTES)}.`],
      })
    else await importStrategyText(await file.text(), source)
  }
}

/** Takes in a text that was pasted, or is a file's. */
export async function importStrategyText(text: string, source: string): Promise<void> {
  const { strategies, refused, refusedScript, runs = [] } = await strategiesFrom(text)
  const taken: Taken[] = []
  for (const strategy of strategies) {
    try {
      taken.push(await take(strategy, source))
    } catch (error) {
      refused.push(error instanceof LibraryFull ? error.message : unavailableBecause(error))
      break
    }
  }
  const others = await addRuns(runs).then(
    () => runs.length,
    (error: unknown) => (refused.push(unavailableBecause(error)), 0),
  )
  const runCount = taken.reduce((sum, { runCount: own = 0 }) => sum + own, others)
  report({ source, taken, refused, refusedScript, runCount })
}

/** The newest outcome first. */
export function useImportOutcomes(): ImportOutcome[] {
  return useSyncExternalStore(subscribe, () => outcomes)
}

export function dismissOutcome(key: number): void {
  put(outcomes.filter((outcome) => outcome.key !== key))
}

/** What is in the library already, to the last number, is not put there twice. */
async function take(
  { document, tags, script, notTaken, past, notes, tested, ran, doubts = [], settings, runs = [] }: ReadStrategy,
  source: string,
): Promise<Taken> {
  const name = plainText(document.name)
  const here = tested && (await settingsHere(tested))
  const run: TakenRun | undefined = here && { settings: here.settings, lacks: here.lacks, doubts }
  const runOf = async (id: string, isKnown: boolean) =>
    ran && here ? { ...run!, id: await keepRun({ ...ran, address: here.address }, { id, isKnown, source }) } : run
  const moved = await movedWords(script, notTaken)
  const known = (await listStrategies()).find(({ draft }) => changesBetween(draft, document).length === 0)
  if (known) await addRuns(runs, known.id)
  if (known)
    return {
      id: known.id,
      name,
      isKnown: true,
      moved,
      notTaken,
      run: await runOf(known.id, true),
      runCount: runs.length,
    }
  const language = script === undefined ? undefined : scriptLanguage(script)
  const origin = language ? `moved over from ${language} (${source})` : `from ${source}`
  const { id } = await keepStrategy({ document, tags, origin, script, past, settings: run?.settings ?? settings })
  await addRuns(runs, id)
  return { id, name, isKnown: false, moved, notes, notTaken, run: await runOf(id, false), runCount: runs.length }
}

async function movedWords(script: string | undefined, notTaken: NotTaken | undefined): Promise<string | undefined> {
  if (script === undefined && notTaken === undefined) return undefined
  const words = await import("./translator.ts")
  return script === undefined ? words.translationWords(notTaken!) : words.movedWords(script)
}

/** Keeps the figures of a run's file among the runs of its strategy, and offers to take back what the file brought. */
async function keepRun(
  run: RunOfLibrary,
  { id: strategyId, isKnown, source }: { id: string; isKnown: boolean; source: string },
): Promise<string> {
  const [{ id, isNew }] = await addRuns([{ ...run, fromFile: source }], strategyId)
  const takeBack = async () => {
    if (isNew) await forgetRun(id)
    if (!isKnown) await purgeStrategy(strategyId)
    put(outcomes.filter(({ taken }) => !taken.some(({ run: own }) => own?.id === id)))
  }
  if (isNew || !isKnown)
    void toastWithUndo({
      text: `The run of ${source} is among your runs.`,
      onUndo: () => void takeBack(),
      onExpire: () => {},
    })
  return id
}

function report(outcome: Omit<ImportOutcome, "key">) {
  put([{ ...outcome, key: nextKey++ }, ...outcomes].slice(0, MOST_OUTCOMES))
}

function put(next: ImportOutcome[]) {
  outcomes = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
