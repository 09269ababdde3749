export { compile, type Compilation } from './compile.ts'
