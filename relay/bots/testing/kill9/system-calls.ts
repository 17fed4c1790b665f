/** A call of the system that is over, as strace tells it; `from` and `to` are the lines where it began and ended. */
export type SystemCall = { thread: string; name: string; about: string; from: number; to: number }

/** strace and its words, before those of the program that is watched; the program's process stays our own child. */
export function watchedBy(file: string): string[] {
  const calls = "trace=write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync"
  return ["strace", "-D", "-f", "-yy", "-s", "65536", "-e", calls, "-e", "signal=none", "-o", file]
}

/** The calls of a trace, in the order in which they ended. */
export function callsIn(trace: string): SystemCall[] {
  const begun = new Map<string, SystemCall>()
  return trace.split("\n").flatMap((line, at) => {
    const [, thread, rest] = /^(\d+) +(.*)$/.exec(line) ?? []
    if (thread === undefined) return []
    const earlier = begun.get(thread)
    if (rest.startsWith("<... ") && earlier) {
      begun.delete(thread)
      return [{ ...earlier, to: at }]
    }
    const [, name, about] = /^(\w+)\((.*)$/.exec(rest) ?? []
    if (name === undefined) return []
    const call = { thread, name, about, from: at, to: at }
    if (!rest.endsWith("<unfinished ...>")) return [call]
    begun.set(thread, call)
    return []
  })
}

/** What the calls say of one order: nothing when its record was on the disk before its first byte left. */
export function faultOf(calls: readonly SystemCall[], orderId: string, port: number): string | undefined {
  const isSync = ({ name, about }: SystemCall) => /^f(data)?sync$/.test(name) && isDatabase(about)
  const send = calls.find(({ about }) => about.includes(`:${port}]>`) && about.includes(orderId))
  if (send === undefined) return `${orderId} was never sent`
  const records = calls.filter((call) => isDatabase(call.about) && !isSync(call) && call.about.includes(orderId))
  const before = records.filter(({ to }) => to < send.from)
  if (before.length === 0) return `${orderId} was sent before it was written down`
  const isSynced = before.some((record) =>
    calls.some((call) => isSync(call) && call.thread === record.thread && call.from > record.to && call.to < send.from),
  )
  return isSynced ? undefined : `${orderId} was sent before its record was on the disk`
}

/** A descriptor comes first, with its path. */
function isDatabase(about: string): boolean {
  return /^\d+<[^>]*\/relay\.db(-wal)?>/.test(about)
}
