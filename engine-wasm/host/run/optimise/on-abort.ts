const waiting = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Acts when the signal is aborted, unless the returned function is called before. However many wait for one signal, it
 * has one listener: Node warns of many.
 */
export function onAbort(signal: AbortSignal | undefined, act: () => void): () => void {
  if (!signal) return () => {}
  const acts = waiting.get(signal) ?? actsOf(signal)
  acts.add(act)
  return () => void acts.delete(act)
}

function actsOf(signal: AbortSignal): Set<() => void> {
  const acts = new Set<() => void>()
  waiting.set(signal, acts)
  signal.addEventListener("abort", () => [...acts].forEach((act) => act()), { once: true })
  return acts
}
