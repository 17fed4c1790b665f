/**
 * An event handler that never throws: nothing above it would catch the exception, and the process would end. Errors
 * go to `onError`, with the handler's arguments.
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
