// The shop's screens as a team that uses React and TanStack Query would have written them: they read the same fields.
import { QueryClient, QueryClientProvider, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { addReview, productReviews } from '../../app/parts/reviews.js'
import { go, startRouter } from '../../app/parts/router.js'
import * as store from '../../app/parts/store.js'
import { count, day, hours, money } from '../../app/parts/words.js'

const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })

function Answer({ of, load, children }) {
  const { data, error } = useQuery({ queryKey: of, queryFn: ({ signal }) => load(signal) })
  if (error) return <p role="alert">{error.title}</p>
  return data === undefined ? <p data-state="loading">Loading</p> : children(data)
}

function Form({ button, send, onSent, children }) {
  const sent = useMutation({ mutationFn: send, onSuccess: onSent })
  const submit = (event) => {
    event.preventDefault()
    sent.mutate(Object.fromEntries(new FormData(event.target)))
  }
  return (
    <form onSubmit={submit} data-sending={sent.isPending ? '' : undefined}>
      {children}
      {sent.error && <p role="alert">{sent.error.title ?? sent.error.message}</p>}
      <button type="submit">{button}</button>
    </form>
  )
}

const Field = ({ name, label }) => (
  <label>
    {label} <input name={name} required />
  </label>
)

const Tags = ({ stock, labels }) => (
  <p>
    {stock === 'few' && 'Only a few left'} {stock === 'none' && 'Sold out'} {labels?.join(', ')}
  </p>
)

const Price = ({ price, previousPrice }) => (
  <p>
    <b>{money(price)}</b> <s>{money(previousPrice, '')}</s>
  </p>
)

function Catalogue() {
  return (
    <Answer of={['products']} load={(signal) => store.listProducts({}, signal)}>
      {({ body, headers }) => (
        <section>
          <h1>Good things from around the corner</h1>
          <p>{count(body.total, 'product', 'products')}</p>
          {body.items.map((one) => (
            <article key={one.id} data-picture={one.picture}>
              <a href={`/products/${one.id}`}>{one.name}</a> {one.unit}
              <Price price={one.price} previousPrice={one.previousPrice} />
              <Tags stock={one.stock} labels={one.labels} />
            </article>
          ))}
          {headers.get('link')?.includes('next') && <button type="button">More</button>}
        </section>
      )}
    </Answer>
  )
}

function Product({ productId }) {
  return (
    <>
      <Answer of={['product', productId]} load={(signal) => store.getProduct(productId, signal)}>
        {(one) => (
          <article data-picture={one.picture}>
            <h1>{one.name}</h1> {one.unit}
            <Price {...one} />
            <Tags stock={one.stock} labels={one.labels} />
            <Buying productId={productId} />
            <p>{one.description}</p>
            <p>{[one.producer?.name, one.producer?.town].filter(Boolean).join(', ')}</p>
            {Object.entries(one.nutrition ?? {}).map(([name, { amount, unit }]) => (
              <p key={name}>
                {name}: {amount} {unit}
              </p>
            ))}
          </article>
        )}
      </Answer>
      <Answer of={['reviews', productId]} load={(signal) => productReviews(productId, 5, signal)}>
        {(reviews) => (
          <section>
            <h2>What customers say</h2>
            {reviews.average?.toFixed(1)} of 5 · {count(reviews.total, 'review', 'reviews')}
            {reviews.nodes.map(({ rating, text, postedOn, author }) => (
              <p key={`${postedOn}${text}`}>
                {rating} of 5: {text} ({author.displayName}, {author.town}, {day(postedOn)})
              </p>
            ))}
          </section>
        )}
      </Answer>
    </>
  )
}

function Buying({ productId }) {
  const [pieces, setPieces] = useState()
  return (
    <>
      <Form
        button="Into the basket"
        send={() => store.addToBasket(productId, 1)}
        onSent={({ items }) => setPieces(items.reduce((sum, one) => sum + one.quantity, 0))}
      />
      {pieces !== undefined && <a href="/basket">Go to the basket</a>}
    </>
  )
}

function Basket() {
  const changed = useMutation({ mutationFn: (send) => send() })
  return (
    <Answer of={['basket']} load={store.getBasket}>
      {(basket) => (
        <section aria-busy={changed.isPending}>
          <h1>Your basket</h1>
          <Lines basket={changed.data ?? basket} change={changed.mutate} />
          {changed.isPending && <p data-state="loading">One moment</p>}
        </section>
      )}
    </Answer>
  )
}

function Lines({ basket: { items, delivery, total }, change }) {
  const missing = (delivery.freeFrom?.amount ?? 0) - total.amount
  return (
    <>
      {items.map((one) => (
        <article key={one.id} data-picture={one.picture}>
          <a href={`/products/${one.productId}`}>{one.name}</a> {one.unit}, {money(one.price)}
          {one.notice && <p>{one.notice}</p>}
          {one.quantity}
          <button
            type="button"
            disabled={one.quantity >= (one.maxQuantity ?? 99)}
            onClick={() => change(() => store.changeBasketItem(one.id, one.quantity + 1))}
          >
            One more: {one.name}
          </button>
          <button type="button" onClick={() => change(() => store.removeBasketItem(one.id))}>
            Remove {one.name}
          </button>
          {money(one.lineTotal)}
        </article>
      ))}
      <p>Delivery: {money(delivery.fee)}</p>
      <p>{day(delivery.arrival, 'We e-mail you the date')}</p>
      {missing > 0 && (
        <p>{money({ amount: missing, currency: delivery.freeFrom.currency })} more</p>
      )}
      <p>Total: {money(total)}</p>
      <a href="/delivery">Choose when and where</a>
    </>
  )
}

function Slots({ fees }) {
  return (
    <Answer of={['slots']} load={store.listDeliverySlots}>
      {({ items }) =>
        items.map((one) => (
          <label key={one.id}>
            <input type="radio" name="slotId" value={one.id} disabled={one.left === 0} />
            {day(one.starts)} {hours(one)} {one.left < 4 && `Only ${one.left} left`}
            {fees && (one.fee.amount === 0 ? 'Free' : money(one.fee))}
          </label>
        ))
      }
    </Answer>
  )
}

function Delivery() {
  return (
    <Form
      button="Continue to payment"
      send={({ slotId, ...address }) => store.chooseDeliverySlot(slotId, address)}
      onSent={() => go('/payment')}
    >
      <h1>When and where?</h1>
      <Slots fees />
      <Field name="recipient" label="Name on the door" />
      <Field name="street" label="Street and number" />
      <Field name="postcode" label="Postcode" />
      <Field name="town" label="Town" />
    </Form>
  )
}

function Payment() {
  return (
    <Form
      button="Pay and order"
      send={({ method, email }) =>
        store.createPayment({ method, email, total: queries.getQueryData(['basket']).total })
      }
      onSent={({ orderId, status }) =>
        go(`/orders/${orderId}/thanks${status === 'paid' ? '' : '?'}`)
      }
    >
      <h1>Pay</h1>
      <Answer of={['basket']} load={store.getBasket}>
        {(basket) => {
          const pieces = basket.items.reduce((sum, one) => sum + one.quantity, 0)
          return (
            <p>
              {count(pieces, 'thing', 'things')}, delivered {money(basket.total)}
            </p>
          )
        }}
      </Answer>
      <Answer of={['methods']} load={store.listPaymentMethods}>
        {({ items }) =>
          items.map(({ id, kind, label, hint }) => (
            <label key={id} className={kind}>
              <input type="radio" name="method" value={id} /> {label} {hint}
            </label>
          ))
        }
      </Answer>
      <Field name="email" label="E-mail" />
    </Form>
  )
}

function FindOrder() {
  return (
    <Form
      button="Find the order"
      send={({ number, email }) => store.findOrder(number.toUpperCase(), email)}
      onSent={({ orderId }) => go(`/orders/${orderId}`)}
    >
      <h1>Where is my order?</h1>
      <Field name="number" label="Order number" />
      <Field name="email" label="E-mail" />
    </Form>
  )
}

function Thanks({ orderId }) {
  return (
    <Answer of={['order', orderId]} load={(signal) => store.getOrder(orderId, signal)}>
      {({ id, status, slot, total }) => (
        <section>
          <h1>Thank you, it is ordered</h1>
          {id}: {status !== 'cancelled' && `${day(slot.starts)} ${hours(slot)}`} {money(total)}
        </section>
      )}
    </Answer>
  )
}

function Order({ orderId }) {
  return (
    <Answer of={['order', orderId]} load={(signal) => store.getOrder(orderId, signal)}>
      {({ status, slot, courier, items, placedAt, total }) => (
        <section>
          <h1>Order {orderId}</h1>
          {status}, {day(slot.starts)} {hours(slot)}
          {courier && <a href={`tel:${courier.phone}`}>{courier.name}</a>}
          <a href={`/orders/${orderId}/later`}>Have it at another time</a>
          {items.map((one) => (
            <a
              key={one.productId}
              data-picture={one.picture}
              href={`/orders/${orderId}/review/${one.productId}`}
            >
              Say how it was: {one.quantity} {one.name}
            </a>
          ))}
          {day(placedAt)} {money(total)}
        </section>
      )}
    </Answer>
  )
}

function Reschedule({ orderId }) {
  const [order, setOrder] = useState()
  return (
    <Form
      button="Come then"
      send={({ slotId }) => store.changeOrderDelivery(orderId, slotId)}
      onSent={setOrder}
    >
      <h1>When would be better?</h1>
      <Slots />
      {order && `Now we come on ${day(order.slot.starts)}, ${hours(order.slot)}`}
      <a href={`/orders/${orderId}`}>Back to the order</a>
    </Form>
  )
}

function Review({ orderId, productId }) {
  const [said, setSaid] = useState()
  const wrong = said?.problems ?? []
  return (
    <Form
      button="Send"
      send={({ text }) => addReview({ orderId, productId, rating: 5, text })}
      onSent={setSaid}
    >
      <h1>Say how it was</h1>
      <Field name="text" label="How was it?" />
      {wrong.map(({ field, message }) => (
        <p key={field} role="alert">
          {message}
        </p>
      ))}
      {said?.review?.id && <p>Thank you</p>}
    </Form>
  )
}

function screen(title, Shown) {
  return ({ params, signal }) => {
    const place = document.createElement('div')
    const root = createRoot(place)
    root.render(
      <QueryClientProvider client={queries}>
        <Shown {...params} />
      </QueryClientProvider>,
    )
    signal.addEventListener('abort', () => root.unmount())
    return { title, content: [place] }
  }
}

startRouter(document.getElementById('main'), {
  '/': screen('Corner Market', Catalogue),
  '/products/:productId': screen('Product', Product),
  '/basket': screen('Basket', Basket),
  '/delivery': screen('Delivery', Delivery),
  '/payment': screen('Payment', Payment),
  '/orders': screen('Find an order', FindOrder),
  '/orders/:orderId': screen('Order', Order),
  '/orders/:orderId/thanks': screen('Thank you', Thanks),
  '/orders/:orderId/later': screen('Another time', Reschedule),
  '/orders/:orderId/review/:productId': screen('Say how it was', Review),
})
