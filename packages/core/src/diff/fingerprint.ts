export { fingerprintOf } from '../schema/fingerprint.ts'
