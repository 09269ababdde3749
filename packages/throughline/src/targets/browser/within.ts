/** What a promise resolves to, or `undefined` where it takes longer than so many milliseconds. */
export async function within<Value>(
  promise: Promise<Value>,
  most: number,
): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), most)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

export function pause(wait: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, wait)
  })
}
