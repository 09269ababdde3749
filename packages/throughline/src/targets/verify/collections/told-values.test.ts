import { expect, test } from 'vitest'
import { toldValues } from './told-values.ts'

test('takes what a script keeps of an answer by a plain path', () => {
  const script = `
    const order = pm.response.json();
    pm.test('is made', () => pm.response.to.have.status(201));
    pm.environment.set('orderId', order.id);
    pm.collectionVariables.set("line", order.lines[0]["sku"]);
    postman.setEnvironmentVariable('step', 'paid');
  `
  expect(Object.fromEntries(toldValues(script, { id: 7, lines: [{ sku: 'tea' }] }))).toEqual({
    orderId: '7',
    line: 'tea',
    step: 'paid',
  })
})

test('understands nothing that would have to be run', () => {
  const script =
    "pm.environment.set('token', btoa(pm.response.json().id)); pm.globals.set('a', secret())"
  expect(toldValues(script, { id: 7 }).size).toBe(0)
})
