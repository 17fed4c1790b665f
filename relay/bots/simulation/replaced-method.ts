/** Replaces a method of all objects of a class; call what it returns to put it back. */
export function replaceMethod<Target extends object, Name extends keyof Target>(
  prototype: Target,
  name: Name,
  make: (own: Target[Name]) => Target[Name],
): () => void {
  const own = prototype[name]
  prototype[name] = make(own)
  return () => {
    prototype[name] = own
  }
}
