// `throughline/client`: for any test runner.
export { mockClient } from './mock-client.ts'
export { startMock } from './start-mock.ts'
export type * from './client-types.ts'
