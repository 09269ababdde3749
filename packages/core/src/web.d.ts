// The few globals that exist in every JavaScript host. Anything else (disk, network, console) does not compile in core.
declare class URL {
  constructor(url: string, base?: string)
  readonly href: string
  readonly protocol: string
  readonly host: string
  readonly origin: string
  readonly searchParams: { keys(): IterableIterator<string> }
  readonly hostname: string
  readonly pathname: string
  hash: string
  search: string
  static canParse(url: string, base?: string): boolean
}
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean })
  decode(input?: Uint8Array): string
}
