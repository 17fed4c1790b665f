/** What nobody alive waits for any more. */
export function never<Value>(): Promise<Value> {
  return new Promise(() => {})
}
