// What a person has typed on the way to an order. Kept for this page only, in memory: it is personal.
export const draft = {
  slotId: '',
  address: { recipient: '', street: '', postcode: '', town: '', note: '' },
  email: '',
  method: '',
}
