import { ask, isObject, shaped } from './ask.js'
import { keepBasketCount } from './basket-count.js'

// One function for each operation of the store that a screen calls. Each throws a `Failure`.

const segment = encodeURIComponent
const hasItems = (body) => Array.isArray(body.items)

export const listProducts = async ({ search, category, cursor }, signal) =>
  shaped(await ask('/store/products', { query: { search, category, cursor }, signal }), hasItems)

export const getProduct = async (productId, signal) =>
  shaped(
    await ask(`/store/products/${segment(productId)}`, { signal }),
    (body) => 'name' in body || 'price' in body,
  ).body

export const getBasket = (signal) => basket('', { signal })
export const addToBasket = (productId, quantity) =>
  basket('/items', { method: 'POST', json: { productId, quantity } })
export const changeBasketItem = (itemId, quantity) =>
  basket(`/items/${segment(itemId)}`, { method: 'PATCH', json: { quantity } })
export const removeBasketItem = (itemId) =>
  basket(`/items/${segment(itemId)}`, { method: 'DELETE' })
export const chooseDeliverySlot = (slotId, address) =>
  basket('/delivery', { method: 'PUT', json: { slotId, address } })

export const listDeliverySlots = async (signal) =>
  shaped(await ask('/store/delivery-slots', { signal }), hasItems).body
export const listPaymentMethods = async (signal) =>
  shaped(await ask('/store/payment-methods', { signal }), hasItems).body

export const createPayment = async (payment) =>
  shaped(
    await ask('/store/payments', { method: 'POST', json: payment }),
    (body) => typeof body.orderId === 'string',
  ).body

export const findOrder = async (number, email) =>
  shaped(
    await ask('/store/order-lookups', { method: 'POST', json: { number, email } }),
    (body) => typeof body.orderId === 'string',
  ).body

export const getOrder = async (orderId, signal) =>
  shaped(await ask(`/store/orders/${segment(orderId)}`, { signal }), isObject).body

export const changeOrderDelivery = async (orderId, slotId) =>
  shaped(
    await ask(`/store/orders/${segment(orderId)}/delivery`, { method: 'PUT', json: { slotId } }),
    isObject,
  ).body

async function basket(path, options) {
  const { body } = shaped(await ask(`/store/basket${path}`, options), hasItems)
  keepBasketCount(body.items)
  return body
}
