import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { say, shop } from './fixtures/shop.ts'

const step = fc.oneof(
  fc.record({
    does: fc.constant('make' as const),
    customer: fc.string({ minLength: 1, maxLength: 12 }),
  }),
  fc.record({
    does: fc.constantFrom('change', 'replace', 'remove'),
    which: fc.nat(20),
    note: fc.string({ maxLength: 12 }),
  }),
)

// The law of the world: whatever was done, the pages of the list and the details tell one story.
test('keeps list and detail in agreement, whatever was made, changed and removed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const served = shop()
      const pages = async (): Promise<readonly { readonly id: number }[]> => {
        const all = []
        let total = 0
        for (let page = 1, last = 1; page <= last; page++) {
          const { body } = await say(served, `GET /orders?perPage=2&page=${page}`)
          all.push(...body['orders'])
          total = body['total']
          last = Math.ceil(total / 2)
        }
        expect(all).toHaveLength(total)
        return all
      }
      const model = new Map((await pages()).map((one) => [one.id, one]))
      const removed = new Set<number>()
      for (const one of steps) {
        if (one.does === 'make') {
          const { body } = await say(served, 'POST /orders', { customer: one.customer })
          expect(body['customer']).toBe(one.customer)
          expect(model.has(body['id']) || removed.has(body['id'])).toBe(false)
          model.set(body['id'], body as { id: number })
          continue
        }
        const ids = [...model.keys(), ...removed]
        const id = ids[one.which % ids.length]!
        if (one.does === 'remove') {
          const { status } = await say(served, `DELETE /orders/${id}`)
          expect(status).toBe(removed.has(id) ? 404 : 204)
          model.delete(id)
          removed.add(id)
        } else {
          const [method, body] =
            one.does === 'change'
              ? (['PATCH', { note: one.note }] as const)
              : (['PUT', { customer: 'Ines', note: one.note }] as const)
          const told = await say(served, `${method} /orders/${id}`, body)
          expect(told.status).toBe(removed.has(id) ? 404 : 200)
          if (!removed.has(id)) {
            expect(told.body['note']).toBe(one.note)
            model.set(id, told.body as { id: number })
          }
        }
      }
      const listed = await pages()
      expect(new Map(listed.map((one) => [one.id, one]))).toEqual(model)
      for (const one of listed)
        expect((await say(served, `GET /orders/${one.id}`)).body).toEqual(one)
      for (const id of removed) expect((await say(served, `GET /orders/${id}`)).status).toBe(404)
    }),
    { numRuns: 60, seed: 7 },
  )
})
