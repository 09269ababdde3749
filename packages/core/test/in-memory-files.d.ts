import type { Files } from '../src/text/source.ts'
/** A workspace written inside a test: `filesOf({ 'throughline.yaml': '...' })`. */
export declare function filesOf(texts: Readonly<Record<string, string>>): Files
/** The same workspace with some files written anew; all others stay the same objects, as an editor's save leaves them. */
export declare function edited(files: Files, texts: Readonly<Record<string, string>>): Files
