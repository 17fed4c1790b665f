import type { AuditEntryTable } from "../store/relay-schema.ts"
import { entryHash, FIRST_HASH } from "./audit-entry.ts"

/** What is wrong with which entry. */
export type AuditFault = { seq: number; kind: "changed" | "missing" | "added" | "moved" | "stray"; sentence: string }

type Head = { seq: number; hash: string }

/** What is wrong with a chain of entries in the order of their numbers, which should end at `head`. */
export function auditFaults(rows: readonly AuditEntryTable[], head: Head): AuditFault[] {
  const faults = new Map<number, AuditFault>()
  const tell = (fault: AuditFault) => {
    if (!faults.has(fault.seq)) faults.set(fault.seq, fault)
  }
  // Of two entries that follow the same one the later is the log's own: an added one pushes it back.
  const next = new Map(rows.map((row) => [row.previous, row.hash]))
  const places = placesIn(next)
  let last: Head = { seq: 0, hash: FIRST_HASH }
  for (const row of rows) {
    for (let seq = last.seq + 1; seq < row.seq && faults.size < MOST_FAULTS; seq++) tell(missing(seq))
    if (row.seq > head.seq) tell(added(row.seq))
    else if (entryHash(row) !== row.hash) tell(spoilt(row, places))
    else if (next.get(row.previous) !== row.hash) tell(added(row.seq))
    // This entry is as it was written, so the one before it is not.
    else if (row.previous !== last.hash && last.seq === row.seq - 1) tell(replaced(last.seq, row.seq))
    last = row
  }
  for (let seq = last.seq + 1; seq <= head.seq && faults.size < MOST_FAULTS; seq++) tell(missing(seq))
  if (last.seq === head.seq && last.hash !== head.hash) tell(replaced(last.seq, undefined))
  return [...faults.values()].toSorted((a, b) => a.seq - b.seq).slice(0, MOST_FAULTS)
}

/** More than this tells nobody more. */
const MOST_FAULTS = 100

/** The place of each hash in the order in which the entries name each other. */
function placesIn(next: ReadonlyMap<string, string>): Map<string, number> {
  const places = new Map<string, number>()
  for (let hash = next.get(FIRST_HASH); hash !== undefined && !places.has(hash); hash = next.get(hash))
    places.set(hash, places.size + 1)
  return places
}

function spoilt(row: AuditEntryTable, places: Map<string, number>): AuditFault {
  const seq = places.get(row.hash)
  const isMoved = seq !== undefined && entryHash({ ...row, seq }) === row.hash
  return isMoved
    ? { seq: row.seq, kind: "moved", sentence: `In the place of entry ${row.seq} is entry ${seq}.` }
    : { seq: row.seq, kind: "changed", sentence: `Entry ${row.seq} was changed after it was written.` }
}

function missing(seq: number): AuditFault {
  return { seq, kind: "missing", sentence: `Entry ${seq} is missing.` }
}

function added(seq: number): AuditFault {
  return { seq, kind: "added", sentence: `Entry ${seq} was added from outside.` }
}

function replaced(seq: number, next: number | undefined): AuditFault {
  const who = next === undefined ? "the log's own note of its newest entry" : `entry ${next}`
  if (seq === 0) return { seq: 1, kind: "changed", sentence: `Entry 1 does not begin the log it is in.` }
  return {
    seq,
    kind: "changed",
    sentence: `Entry ${seq} was changed, hash and all: ${who} was written after another one.`,
  }
}
