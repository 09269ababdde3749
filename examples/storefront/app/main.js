import { showBasketCount } from './parts/basket-count.js'
import { followMock } from './parts/follow-mock.js'
import { startRouter } from './parts/router.js'
import { watched } from './parts/watch.js'
import { basketScreen } from './screens/basket.js'
import { catalogueScreen } from './screens/catalogue.js'
import { deliveryScreen } from './screens/delivery.js'
import { findOrderScreen } from './screens/find-order.js'
import { notFoundScreen } from './screens/not-found.js'
import { orderScreen } from './screens/order.js'
import { paymentScreen } from './screens/payment.js'
import { productScreen } from './screens/product.js'
import { rescheduleScreen } from './screens/reschedule.js'
import { reviewScreen } from './screens/review.js'
import { thanksScreen } from './screens/thanks.js'

// It would miss the first calls otherwise.
await watched()
// The patterns are the `screen`s of the journeys.
startRouter(document.getElementById('main'), {
  '/': catalogueScreen,
  '/products/:productId': productScreen,
  '/basket': basketScreen,
  '/delivery': deliveryScreen,
  '/payment': paymentScreen,
  '/orders': findOrderScreen,
  '/orders/:orderId': orderScreen,
  '/orders/:orderId/thanks': thanksScreen,
  '/orders/:orderId/later': rescheduleScreen,
  '/orders/:orderId/review/:productId': reviewScreen,
  '*': notFoundScreen,
})
showBasketCount()
void followMock()
