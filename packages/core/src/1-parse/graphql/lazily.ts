/** An object whose values are made on first use. To everybody else it looks like any object with these properties. */
export function lazily<T>(
  names: Iterable<string>,
  make: (name: string, index: number) => T,
): Readonly<Record<string, T>> {
  const object: Record<string, T> = {}
  let count = 0
  for (const name of names) {
    const index = count++
    Object.defineProperty(object, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = make(name, index)
        Object.defineProperty(object, name, {
          enumerable: true,
          configurable: false,
          writable: false,
          value,
        })
        return value
      },
    })
  }
  return object
}
