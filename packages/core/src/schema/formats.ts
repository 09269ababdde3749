/**
 * What the values of a `format` must look like. A format that is not here says nothing about the value
 * (`password`, `binary`, `double`, and whatever a team invents).
 */
export const formats: ReadonlyMap<string, FormatCheck> = new Map<string, FormatCheck>([
  ['date-time', text(isDateTime)],
  ['date', text(isDate)],
  ['time', text(isTime)],
  ['duration', text((value) => duration.test(value))],
  ['email', text((value) => isEmail(value, ascii))],
  ['idn-email', text((value) => isEmail(value, anyLetter))],
  ['hostname', text(isHostname)],
  ['idn-hostname', text(isIdnHostname)],
  ['ipv4', text((value) => ipv4.test(value))],
  ['ipv6', text(isIpv6)],
  ['uri', text((value) => plainUrl.test(value) || (uri.test(value) && isAuthorityFine(value)))],
  ['uri-reference', text((value) => uriReference.test(value) && isAuthorityFine(value))],
  ['iri', text((value) => iri.test(value) && isAuthorityFine(value))],
  ['iri-reference', text((value) => iriReference.test(value) && isAuthorityFine(value))],
  ['uri-template', text((value) => uriTemplate.test(value))],
  ['uuid', text((value) => uuid.test(value))],
  ['json-pointer', text((value) => jsonPointer.test(value))],
  ['relative-json-pointer', text((value) => relativeJsonPointer.test(value))],
  ['regex', text(isRegex)],
  ['byte', text((value) => value.length % 4 === 0 && base64.test(value))],
  ['int32', number((value) => Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31)],
  ['int64', number((value) => Number.isInteger(value) && value >= -(2 ** 63) && value <= 2 ** 63)],
])

/** Says whether a value keeps the format. Values of another type are never wrong. */
export type FormatCheck = (value: unknown) => boolean

function text(check: (value: string) => boolean): FormatCheck {
  return (value) => typeof value !== 'string' || check(value)
}
function number(check: (value: number) => boolean): FormatCheck {
  return (value) => typeof value !== 'number' || check(value)
}

// RFC 3339. A leap second only at the end of a UTC day.
const dateTime = /^(\d{4}-\d\d-\d\d)[Tt](.*)$/s
const date = /^\d{4}-\d\d-\d\d$/
const time = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))$/

function isDateTime(value: string): boolean {
  const found = dateTime.exec(value)
  return found !== null && isDate(found[1]!) && isTime(found[2]!)
}

function isDate(value: string): boolean {
  if (value.length !== 10 || !date.test(value)) return false
  const digit = (at: number): number => value.charCodeAt(at) - 48
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
  const month = digit(5) * 10 + digit(6)
  const day = digit(8) * 10 + digit(9)
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days =
    month === 2
      ? leap
        ? 29
        : 28
      : month === 4 || month === 6 || month === 9 || month === 11
        ? 30
        : 31
  return month >= 1 && month <= 12 && day >= 1 && day <= days
}

function isTime(value: string): boolean {
  const found = time.exec(value)
  if (found === null) return false
  const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const [offsetHour, offsetMinute] = [Number(found[5] ?? 0), Number(found[6] ?? 0)]
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return false
  if (second < 60) return true
  const offset = (offsetHour * 60 + offsetMinute) * (found[4] === '-' ? -1 : 1)
  return (((hour * 60 + minute - offset) % 1440) + 1440) % 1440 === 1439
}

// RFC 3339, appendix A: units in order, weeks alone.
const duration =
  /^P(?:\d+W|(?=.)(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)?(?:T(?=\d)(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?)$/

const ascii = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const anyLetter =
  /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u
const quotedLocal = /^"(?:[^"\\\r\n]|\\[\x20-\x7e\t])*"$/

/** What nearly all addresses look like. */
const plainEmail = /^[a-z0-9]+(?:[._-][a-z0-9]+)*@(?:[a-z0-9]{1,63}\.){1,3}[a-z]{2,63}$/i

function isEmail(value: string, local: RegExp): boolean {
  if (value.length < 100 && plainEmail.test(value)) return true
  const at = value.lastIndexOf('@')
  if (at < 1 || at > 64 * 4) return false
  const name = value.slice(0, at)
  const domain = value.slice(at + 1)
  if (!local.test(name) && !quotedLocal.test(name)) return false
  const literal = /^\[(?:IPv6:(.*)|(.*))\]$/i.exec(domain)
  if (literal !== null)
    return literal[1] === undefined ? ipv4.test(literal[2]!) : isIpv6(literal[1])
  return local === ascii ? isHostname(domain) && !domain.endsWith('.') : isIdnHostname(domain)
}

const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i

function isHostname(value: string): boolean {
  if (value.length > 253) return false
  return value.split('.').every((one) => label.test(one) && isLabelFine(one))
}

/** RFC 5891, 4.2.3.1: only A-labels have hyphens third and fourth, and an A-label decodes to something that fits. */
function isLabelFine(one: string): boolean {
  if (one.slice(2, 4) !== '--') return true
  if (!/^xn--/i.test(one)) return false
  const decoded = fromPunycode(one.slice(4).toLowerCase())
  return decoded !== undefined && isUnicodeLabel(decoded)
}

function isIdnHostname(value: string): boolean {
  if (value.length > 253 || value === '') return false
  return value
    .split(/[.\u3002\uff0e\uff61]/)
    .every((one) =>
      /^\p{ASCII}*$/u.test(one) ? label.test(one) && isLabelFine(one) : isUnicodeLabel(one),
    )
}

/** RFC 5892's context rules and RFC 5893's first words; the full table of code points is left to registrars. */
function isUnicodeLabel(one: string): boolean {
  if (
    one === '' ||
    punycodeLength(one) > 59 ||
    one.startsWith('-') ||
    one.endsWith('-') ||
    one.slice(2, 4) === '--'
  )
    return false
  if (one.normalize('NFC') !== one || /^\p{M}/u.test(one)) return false
  if (
    !/^(?:[\p{L}\p{M}\p{N}\u00b7\u0375\u05f3\u05f4\u30fb\u06fd\u06fe\u0f0b\u3007-]|\u200c|\u200d)*$/u.test(
      one,
    ) ||
    /[\u302e\u302f\u0640\u07fa\u3031-\u3035\u303b]/.test(one)
  )
    return false
  if (/(?<!l)\u00b7|\u00b7(?!l)/.test(one)) return false
  if (/\u0375(?!\p{Script=Greek})/u.test(one)) return false
  if (/(?<!\p{Script=Hebrew})[\u05f3\u05f4]/u.test(one)) return false
  if (
    one.includes('\u30fb') &&
    !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(one.replaceAll('\u30fb', ''))
  )
    return false
  if (/[\u0660-\u0669]/.test(one) && /[\u06f0-\u06f9]/.test(one)) return false
  if (/(?<!\p{M})\u200d/u.test(one)) return false
  return true
}

/** RFC 3492, decoding only. */
function fromPunycode(encoded: string): string | undefined {
  const split = encoded.lastIndexOf('-')
  const points = Array.from(split > 0 ? encoded.slice(0, split) : '', (one) => one.codePointAt(0)!)
  let [n, i, bias] = [128, 0, 72]
  for (let at = split > 0 ? split + 1 : 0; at < encoded.length;) {
    const before = i
    for (let weight = 1, k = 36; ; k += 36) {
      const code = encoded.charCodeAt(at++)
      const digit =
        code >= 97 && code <= 122 ? code - 97 : code >= 48 && code <= 57 ? code - 22 : -1
      if (digit < 0 || i > 0x7fffffff) return undefined
      i += digit * weight
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
      if (digit < threshold) break
      weight *= 36 - threshold
    }
    const length = points.length + 1
    bias = adapted(i - before, length, before === 0)
    n += Math.floor(i / length)
    i %= length
    if (n > 0x10ffff) return undefined
    points.splice(i++, 0, n)
  }
  return points.length === 0 ? undefined : String.fromCodePoint(...points)
}

/** How long a label becomes as ASCII, without its `xn--`. */
function punycodeLength(one: string): number {
  const points = Array.from(one, (letter) => letter.codePointAt(0)!)
  const basic = points.filter((point) => point < 128).length
  let [n, delta, bias, handled, length] = [128, 0, 72, basic, basic === 0 ? 0 : basic + 1]
  while (handled < points.length && length < 64) {
    const next = Math.min(...points.filter((point) => point >= n))
    delta += (next - n) * (handled + 1)
    n = next
    for (const point of points) {
      if (point < n) delta++
      if (point !== n) continue
      let q = delta
      for (let k = 36; ; k += 36) {
        const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
        length++
        if (q < threshold) break
        q = Math.floor((q - threshold) / (36 - threshold))
      }
      bias = adapted(delta, handled + 1, handled === basic)
      delta = 0
      handled++
    }
    delta++
    n++
  }
  return length
}

/** RFC 3492, 6.1. */
function adapted(first: number, points: number, isFirst: boolean): number {
  let delta = isFirst ? Math.floor(first / 700) : Math.floor(first / 2)
  delta += Math.floor(delta / points)
  let k = 0
  for (; delta > 455; k += 36) delta = Math.floor(delta / 35)
  return k + Math.floor((36 * delta) / (delta + 38))
}

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`)

function isIpv6(value: string): boolean {
  const halves = value.split('::')
  if (halves.length > 2 || !/^[0-9a-f:.]+$/i.test(value)) return false
  let groups = 0
  for (const [index, half] of halves.entries()) {
    if (half === '') continue
    const pieces = half.split(':')
    for (const [place, piece] of pieces.entries()) {
      const last = index === halves.length - 1 && place === pieces.length - 1
      if (last && ipv4.test(piece)) groups += 2
      else if (/^[0-9a-f]{1,4}$/i.test(piece)) groups++
      else return false
    }
  }
  return halves.length === 2 ? groups <= 7 : groups === 8
}

// RFC 3986 and 3987. The authority's address in brackets is looked at separately.
const [pathChars, iriChars] = [
  "a-z0-9_.~!$&'()*+,;=:@-",
  "a-z0-9_.~!$&'()*+,;=:@\\u{a0}-\\u{d7ff}\\u{f900}-\\u{fdcf}\\u{fdf0}-\\u{ffef}\\u{10000}-\\u{efffd}-",
]
const uri = uriLike(pathChars, true)
/** Most of them, told without the whole grammar. */
const plainUrl = /^https?:\/\/[a-z0-9]+(?:[.-][a-z0-9]+)*(?:\/[a-z0-9._~-]*)*$/i
const uriReference = uriLike(pathChars, false)
const iri = uriLike(iriChars, true)
const iriReference = uriLike(iriChars, false)

function uriLike(chars: string, absolute: boolean): RegExp {
  const one = `(?:[${chars}]|%[0-9a-f]{2})`
  const userinfo = `(?:[${chars.replace('@', '')}]|%[0-9a-f]{2})*`
  const host = `(?:\\[[0-9a-fv:.\\w!$&'()*+,;=~-]+\\]|(?:[${chars.replace(':@', '')}]|%[0-9a-f]{2})*)`
  const authority = `//(?:${userinfo}@)?${host}(?::\\d*)?(?:/${one}*)*`
  const rooted = `/(?:${one}+(?:/${one}*)*)?`
  const scheme = '[a-z][a-z0-9+.-]*:'
  const tail = `(?:\\?(?:${one}|[/?]|[\\u{e000}-\\u{f8ff}])*)?(?:#(?:${one}|[/?])*)?`
  const rootless = `${one}+(?:/${one}*)*`
  const full = `${scheme}(?:${authority}|${rooted}|${rootless})?${tail}`
  const noColon = `(?:[${chars.replace(':', '')}]|%[0-9a-f]{2})+(?:/${one}*)*`
  return new RegExp(
    absolute ? `^${full}$` : `^(?:${full}|(?:${authority}|${rooted}|${noColon})?${tail})$`,
    'iu',
  )
}

function isAuthorityFine(value: string): boolean {
  const bracket = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/?#@]*@)?\[([^\]]*)\]/i.exec(value)
  if (bracket === null) return true
  return isIpv6(bracket[1]!) || /^v[0-9a-f]+\.[\w.~!$&'()*+,;=:-]+$/i.test(bracket[1]!)
}

// RFC 6570.
const uriTemplate =
  /^(?:[^\p{Cc} "'<>%\\^`{|}]|%[0-9a-f]{2}|\{[+#./;?&=,!@|]?(?:[\w.]|%[0-9a-f]{2})+(?::[1-9]\d{0,3}|\*)?(?:,(?:[\w.]|%[0-9a-f]{2})+(?::[1-9]\d{0,3}|\*)?)*\})*$/iu
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const jsonPointer = /^(?:\/(?:[^~/]|~[01])*)*$/
const relativeJsonPointer = /^(?:0|[1-9]\d*)(?:[+-][1-9]\d*)?(?:#|(?:\/(?:[^~/]|~[01])*)*)$/
const base64 = /^[A-Za-z0-9+/]*={0,2}$/

function isRegex(value: string): boolean {
  try {
    return new RegExp(value, 'u') instanceof RegExp
  } catch {
    return false
  }
}
