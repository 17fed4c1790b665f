/**
 * A handler of an event emitter that never throws: an exception there would end the whole process, since nobody
 * stands above it. What goes wrong is given to `onError`, with what the handler was called with.
 */
export function guarded<Given extends unknown[]>(
  handle: (...given: Given) => void,
  onError: (error: unknown, ...given: Given) => void,
): (...given: Given) => void {
  return (...given) => {
    try {
      handle(...given)
    } catch (error) {
      onError(error, ...given)
    }
  }
}
