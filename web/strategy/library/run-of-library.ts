import { metricsFromJson, metricsToJson } from "#engine/result"
import { strategyFromJson } from "#engine/strategy"
import {
  MOST_CURVE_POINTS,
  MOST_NOTE_LETTERS,
  type RunDetail,
  type RunHashes,
  type RunOfLibrary,
  type SavedRun,
} from "../../db/saved-run.ts"
import { isMoment } from "./past-of-file.ts"

/** More than a browser keeps without a note; those with one come first. */
export const MOST_RUNS_IN_A_FILE = 1_000
const MOST_LETTERS = 2_000

/** The runs that go into a library's file: those with a note, then the newest. `runs`: the newest first. */
export function runsForFile(runs: readonly SavedRun[]): SavedRun[] {
  const noted = (run: SavedRun) => Number(Boolean(run.note))
  return runs.toSorted((a, b) => noted(b) - noted(a)).slice(0, MOST_RUNS_IN_A_FILE)
}

/** A run as the library's file has it. */
export function runForFile({ id: _id, strategyId: _of, detail, ...run }: SavedRun): Record<string, unknown> {
  return { ...run, detail: detail && { ...detail, metrics: metricsToJson(detail.metrics) } }
}

/** The run again; undefined where anything in it is none. */
export function runFromFile(value: unknown): RunOfLibrary | undefined {
  const run = partsOf(value)
  const { address, ranAtMs, market, strategy, totalReturnPercent, tradeCount, version, note, fromFile } = run
  const hashes = hashesOf(run.hashes)
  const detail = run.detail === undefined ? undefined : detailOf(partsOf(run.detail))
  const isWhole = isText(address) && isMoment(ranAtMs) && isText(market) && isText(strategy)
  const isCounted = isFigure(totalReturnPercent) && isFigure(tradeCount)
  if (!isWhole || !isCounted || !hashes || (run.detail !== undefined && !detail)) return undefined
  return {
    address,
    ranAtMs,
    market,
    strategy,
    totalReturnPercent,
    tradeCount,
    hashes,
    ...(Number.isSafeInteger(version) ? { version: version as number } : {}),
    ...(typeof note === "string" ? { note: note.slice(0, MOST_NOTE_LETTERS) } : {}),
    ...(isText(fromFile) ? { fromFile } : {}),
    ...(detail ? { detail } : {}),
  }
}

function detailOf(written: Record<string, unknown>): RunDetail | undefined {
  const { document, appEngine, resultHash, currency, cash, holdingFinal, isMadeUp, settings } = written
  const checked = strategyFromJson(document)
  const curve = curveOf(partsOf(written.curve))
  if (!checked.ok || !curve || !isHash(resultHash) || !isText(settings)) return undefined
  if (typeof cash !== "number" || typeof holdingFinal !== "number") return undefined
  return {
    document: checked.strategy,
    ...(isHash(appEngine) ? { appEngine } : {}),
    ...(typeof isMadeUp === "boolean" ? { isMadeUp } : {}),
    resultHash,
    cash,
    holdingFinal,
    settings,
    curve,
    ...(isText(currency) ? { currency } : {}),
    metrics: metricsFromJson(partsOf(written.metrics)),
  }
}

function curveOf({ openTimeMs, equity, holding }: Record<string, unknown>): RunDetail["curve"] | undefined {
  if (!areNumbers(openTimeMs) || !areNumbers(equity) || !areNumbers(holding)) return undefined
  const isEven = openTimeMs.length === equity.length && equity.length === holding.length
  return isEven && openTimeMs.every(isMoment) ? { openTimeMs, equity, holding } : undefined
}

function hashesOf(value: unknown): RunHashes | undefined {
  const { engine, strategy, data } = partsOf(value)
  return isHash(engine) && isHash(strategy) && isHash(data) ? { engine, strategy, data } : undefined
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= MOST_LETTERS
}

function isFigure(value: unknown): value is number | null {
  return value === null || typeof value === "number"
}

function areNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= MOST_CURVE_POINTS && value.every((one) => typeof one === "number")
}

function partsOf(value: unknown): Record<string, unknown> {
  return Object(value) as Record<string, unknown>
}
