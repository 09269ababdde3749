/** What a page did with one field of an answer. A container counts too; which of them matter, the contract says. */
export interface FieldUse {
  /** Looked at by itself: the page shows it or decides on it. */
  read: number
  /** Taken along by a spread, a clone, a store or JSON.stringify: whether anybody looks at the copy is unknown. */
  copied: number
  /** Asked for, and the answer did not have it. */
  missed: number
}

/** Where an answer's fields are used, as a tree; all items of a list share one place. */
export interface Place extends FieldUse {
  readonly inner: Map<string, Place>
}

export function newPlace(): Place {
  return { read: 0, copied: 0, missed: 0, inner: new Map() }
}

/** Objects followed for one answer: what lies beyond is not seen, and costs nothing. */
const mostFollowed = 3_000
/** Items of a list that are followed: the rest are read in the same way. */
const sampledItems = 20
/** Different fields of one object that are counted: more than that is a map. */
const mostFields = 2_000

interface Answer {
  left: number
}

const followers = new WeakMap<object, object>()
const originals = new WeakMap<object, object>()
const lists = new WeakSet()

/**
 * The same value, with reads of its fields counted at `place`. Lists stay real arrays, whose first object items are replaced
 * in place; objects become proxies that behave as they did. The value must be fresh: nobody else may hold it.
 */
export function followed<Value>(value: Value, place: Place): Value {
  return inside(value, place, { left: mostFollowed }) as Value
}

/** The object behind a followed one; anything else as it is. */
export function original<Value>(value: Value): Value {
  return typeof value === 'object' && value !== null
    ? ((originals.get(value) ?? value) as Value)
    : value
}

function inside(value: unknown, place: Place, answer: Answer): unknown {
  if (typeof value !== 'object' || value === null || originals.has(value)) return value
  if (Array.isArray(value)) {
    if (lists.has(value) || Object.isFrozen(value)) return value
    lists.add(value)
    const items = placeIn(place, '[]')
    const end = Math.min(value.length, sampledItems)
    for (let index = 0; index < end; index++) {
      const item: unknown = value[index]
      if (typeof item === 'object' && item !== null) value[index] = inside(item, items, answer)
    }
    return value
  }
  const known = followers.get(value)
  if (known !== undefined) return known
  const prototype: unknown = Object.getPrototypeOf(value)
  if ((prototype !== Object.prototype && prototype !== null) || answer.left <= 0) return value
  answer.left--
  const follower = new Proxy(value, new Following(place, answer))
  followers.set(value, follower)
  originals.set(follower, value)
  return follower
}

function placeIn(place: Place, key: string): Place {
  let inner = place.inner.get(key)
  if (inner === undefined) {
    inner = newPlace()
    if (place.inner.size < mostFields) place.inner.set(key, inner)
  }
  return inner
}

/** Scans that began in this turn of the page: a turn later, a read of the first key is a read. */
let open: Following[] = []

/**
 * Traps of one object. Gets that follow `ownKeys` in the order of the keys, to the last one, are a copy; likewise one whose
 * descriptor was asked for just before, which is how rest and Object.assign go about it. A scan that is left was reading.
 */
class Following implements ProxyHandler<object> {
  readonly #place: Place
  readonly #answer: Answer
  #keys: readonly (string | symbol)[] | undefined
  #next = 0
  #described: string | symbol | undefined
  /** Descriptors asked for since the last value. */
  #descriptions = 0
  readonly #passed: Place[] = []
  /** Keys the page gave values of its own. */
  #own: Set<string | symbol> | undefined

  constructor(place: Place, answer: Answer) {
    this.#place = place
    this.#answer = answer
  }

  get(target: object, key: string | symbol, receiver: unknown): unknown {
    if (typeof key === 'symbol') return Reflect.get(target, key, receiver)
    if (!Object.hasOwn(target, key)) {
      if (!(key in target) && !notAsked.test(key)) placeIn(this.#place, key).missed++
      return Reflect.get(target, key, receiver)
    }
    const place = placeIn(this.#place, key)
    this.#count(key, place)
    const value: unknown = Reflect.get(target, key, receiver)
    return typeof value === 'object' && value !== null ? this.#inPlace(target, key, value) : value
  }

  ownKeys(target: object): (string | symbol)[] {
    this.#endScan(false)
    const keys = Reflect.ownKeys(target)
    this.#keys = keys
    this.#next = 0
    this.#described = undefined
    this.#descriptions = 0
    if (open.length === 0)
      queueMicrotask(() => {
        for (const one of open) one.#endScan(false)
        open = []
      })
    open.push(this)
    return keys
  }

  getOwnPropertyDescriptor(target: object, key: string | symbol): PropertyDescriptor | undefined {
    if (this.#keys !== undefined) {
      // One descriptor after another is JSON.stringify or a look at all of them; a spread gets each value in between.
      this.#descriptions++
      this.#described = key
    }
    const found = Reflect.getOwnPropertyDescriptor(target, key)
    if (typeof key === 'symbol' || typeof found?.value !== 'object' || found.value === null)
      return found
    this.#inPlace(target, key, found.value as object)
    return Reflect.getOwnPropertyDescriptor(target, key)
  }

  defineProperty(target: object, key: string | symbol, attributes: PropertyDescriptor): boolean {
    const value: unknown = attributes.value
    const before = Reflect.getOwnPropertyDescriptor(target, key)
    if ('value' in attributes && before?.value !== value) (this.#own ??= new Set()).add(key)
    return Reflect.defineProperty(target, key, attributes)
  }

  preventExtensions(target: object): boolean {
    // After this nothing can be replaced any more, and what is frozen must be given as it is.
    for (const [key, value] of Object.entries(target))
      if (typeof value === 'object' && value !== null) this.#inPlace(target, key, value as object)
    return Reflect.preventExtensions(target)
  }

  #count(key: string, place: Place): void {
    const keys = this.#keys
    if (keys === undefined) {
      place.read++
    } else if (keys[this.#next] === key) {
      this.#passed.push(place)
      this.#next++
      if (this.#next === keys.length) this.#endScan(true)
    } else if (this.#described === key && this.#descriptions === 1) {
      place.copied++
      this.#next = keys.indexOf(key) + 1
    } else {
      this.#endScan(false)
      place.read++
    }
    this.#descriptions = 0
  }

  /** What was passed in a scan to its end was copied; in one that was left, it was read. */
  #endScan(complete: boolean): void {
    if (this.#keys === undefined) return
    this.#keys = undefined
    for (const one of this.#passed.splice(0)) {
      if (complete) one.copied++
      else one.read++
    }
  }

  /** The follower of a value of the answer, put into its place; the page's own values stay as they are. */
  #inPlace(target: object, key: string, value: object): unknown {
    if (this.#own?.has(key) === true || originals.has(value)) return value
    const next = inside(value, placeIn(this.#place, key), this.#answer)
    if (next === value) return value
    const descriptor = Reflect.getOwnPropertyDescriptor(target, key)
    if (descriptor === undefined || descriptor.writable !== true) return value
    Reflect.defineProperty(target, key, { ...descriptor, value: next })
    return next
  }
}

/** Asked of any object by promises, frameworks and serialisers. */
const notAsked =
  /^(then|toJSON|constructor|nodeType|tagName|length|size|asymmetricMatch|hasAttribute|inspect|prototype|subscribe|lift|call|apply|next|return|default|ref|key|props|type)$|^[_$@]/
